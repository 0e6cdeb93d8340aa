"""The draft as its page shows it, as far as it can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.container import Container
from bot.content.contacts import read_contacts
from bot.manage.editing import EditedContent, Editing
from bot.operations.clashes import ToldClash, told_clashes
from bot.operations.contact_edits import contacts_file
from bot.operations.difference import ContentDifference
from bot.operations.differences import differences
from bot.operations.draft_documents import DraftDocument, draft_documents
from bot.operations.edition_changes import titles_of
from bot.operations.signing import lacking_signatures
from knowledge.editions import WaitingDraft
from knowledge.errors import ContentError, Violation

T = TypeVar("T")


@dataclass
class DraftReading:
    """`differs`: in what from the edition that it was made from. `clashes`: what a later edition
    changed, too. `lacking`: the ids of documents that may not be published before two people have
    signed them. `broken`: slips for which the rest of these is not whole."""

    differs: list[ContentDifference] = field(default_factory=list)
    documents: list[DraftDocument] = field(default_factory=list)
    clashes: tuple[ToldClash, ...] = ()
    lacking: set[str] = field(default_factory=set)
    broken: tuple[Violation, ...] = ()

    @classmethod
    def of(cls, editing: Editing, container: Container, content: EditedContent) -> DraftReading:
        """Of no draft, nothing. Each part is read whatever is wrong with the others."""
        found = cls()
        if draft := content.draft:
            found._read(editing, container, content, draft)
        return found

    def _read(
        self, editing: Editing, container: Container, content: EditedContent, draft: WaitingDraft
    ) -> None:
        editions, folder = editing.editions, content.folder
        live = editions.folder(draft.made_from.id)
        titles = dict(titles_of(container.knowledge.library))
        data = container.settings.data_dir
        self.clashes = self._part(lambda: told_clashes(editing.drafts, titles), ())
        self.differs = self._part(lambda: differences(live, folder, titles), [])
        self.documents = self._part(lambda: draft_documents(editions, draft, folder, data), [])
        self.lacking = self._part(
            lambda: {each.id for each in lacking_signatures(editions, draft, folder).documents},
            set(),
        )
        self._part(lambda: read_contacts(contacts_file(folder), container.phrases.contacts), None)

    def _part(self, read: Callable[[], T], nothing: T) -> T:
        try:
            return read()
        except ContentError as unreadable:
            new = (each for each in unreadable.violations if each not in self.broken)
            self.broken = (*self.broken, *new)
            return nothing
