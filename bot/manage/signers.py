"""How many people have to sign a document or a notice, and who decides that."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from bot.manage.access import RoleNeeded
from bot.manage.people import Person
from bot.manage.roles import Role
from bot.manage.typed_fields import one_line
from bot.manage.workbench import Workbench
from knowledge.errors import ContentError, Location

MAY_LIFT = Role.ADMINISTRATOR
"""Approvers are those who sign: neither of the two spares the other."""
WITHOUT_WHY = "write why one person is enough, for whoever reads the history later"


class SignersForm(BaseModel):
    """`two`: two people have to sign it. `why` is needed where one is to be enough."""

    two: bool = False
    why: str = ""


@dataclass(frozen=True)
class SignersChange:
    """`what` is said in the list of changes, and so in the history; `done` on the page."""

    two: bool
    what: str
    done: str

    def note(self, workbench: Workbench, person: Person) -> None:
        workbench.audit.note(person.name, "two_signers" if self.two else "one_signer", self.what)


def signers_change(person: Person, called: str, given: SignersForm) -> SignersChange:
    """Raises RoleNeeded for somebody who may not let one person sign, and ContentError where no
    reason is given for it."""
    if given.two:
        return SignersChange(True, f"Two people have to sign {called}", "two")
    if not person.role.includes(MAY_LIFT):
        raise RoleNeeded(MAY_LIFT, person)
    why = one_line(given.why)
    if not why:
        raise ContentError.at(Location(called), WITHOUT_WHY)
    return SignersChange(False, f"One person is enough to sign {called}, because: {why}", "one")
