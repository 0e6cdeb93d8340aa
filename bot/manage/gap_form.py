"""The fields of a form that says what a known gap replies, and whom to ask."""

from __future__ import annotations

from pydantic import BaseModel

from bot.container import Container
from bot.content.contacts import Contacts, read_contacts
from bot.content.data_files import DataFiles
from bot.manage.editing import Editing
from bot.manage.typed_fields import lines, one_line
from knowledge.errors import ContentError, Location, Violation
from knowledge.known_gaps import GapReply

FORM = Location("the form")


class ReplyForm(BaseModel):
    """`ask`: the keys of contacts. `by_name`: others, one a line."""

    topic: str = ""
    says: str = ""
    ask: list[str] = []
    by_name: str = ""

    def reply(self, contacts: Contacts) -> GapReply:
        """Raises ContentError for a key that is no contact."""
        if slips := [Violation(FORM, each) for each in contacts.lacking(self.ask)]:
            raise ContentError(*slips)
        topic, says = map(one_line, (self.topic, self.says))
        return GapReply(topic, says, tuple(self.ask), tuple(lines(self.by_name)))


def contacts_now(container: Container, editing: Editing) -> Contacts:
    """As the draft has them, with which whatever names them is published. Raises ContentError."""
    files = DataFiles(container.settings.data_dir, editing.now().folder)
    return read_contacts(files.contacts, container.phrases.contacts)
