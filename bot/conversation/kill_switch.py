"""The off switch: a file that an administrator puts in place, with no deploy and no restart."""

from __future__ import annotations

from pathlib import Path

from bot.api.problems import Problem
from bot.content.contacts import Contacts
from bot.messages import TextMessage

NO_REASON = "The people who run this assistant have switched it off for now."
IF_IN_DANGER = "If a child is in danger, call 999. Do not wait for this chat."
WHOM = ("childrens_social_care", "emergency_duty_team", "safeguarding_lead")


class KillSwitch:
    def __init__(self, file: Path, contacts: Contacts) -> None:
        self._file = file
        self._contacts = contacts

    @property
    def reason(self) -> str | None:
        """Why the assistant is off, in the words of the file; None while it is on."""
        try:
            # A switch that is there and cannot be read is a switch all the same; a pipe hangs.
            if not self._file.is_file():
                return NO_REASON if self._file.exists() else None
            return self._file.read_text("utf-8", "replace").strip() or NO_REASON
        except FileNotFoundError:
            return None
        except OSError:
            return NO_REASON

    def message(self, reason: str) -> TextMessage:
        people = "\n".join(f"{each.label}: {each.detail}" for each in self._contacts.of(*WHOM))
        return TextMessage(text=f"{IF_IN_DANGER}\n\n{reason}\n\nWhom to ask:\n{people}")

    def check(self) -> None:
        """Raises a 503 Problem while the assistant is off."""
        if reason := self.reason:
            people = self._contacts.of(*WHOM)
            raise Problem(
                503,
                "switched-off",
                "The assistant is switched off",
                f"{reason} {IF_IN_DANGER}",
                contacts=[each.model_dump(mode="json") for each in people],
            )
