"""What a person may do at `/manage`. Each role includes the ones before it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    READER = "reader"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"

    def includes(self, other: Role) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(other)

    @property
    def may(self) -> str:
        return MAY[self]


MAY = {
    Role.READER: "read the documents, the history and what is due",
    Role.EDITOR: "also change drafts",
    Role.APPROVER: "also publish, and go back to an earlier edition",
    Role.ADMINISTRATOR: "also give roles, and see what was done by whom",
}
