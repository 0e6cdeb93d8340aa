"""The kill switch: a file that an administrator puts in place, with no deploy and no restart."""

from __future__ import annotations

from pathlib import Path

from bot.content.contacts import Contacts
from bot.content.phrases import KillSwitchPhrases
from bot.errors import Refusal
from bot.messages import TextMessage

WHOM = ("childrens_social_care", "emergency_duty_team", "safeguarding_lead")


class KillSwitch:
    def __init__(self, file: Path, contacts: Contacts, phrases: KillSwitchPhrases) -> None:
        self._file = file
        self._contacts = contacts
        self._phrases = phrases

    @property
    def reason(self) -> str | None:
        """Why the assistant is off, in the words of the file; None while it is on."""
        no_reason = self._phrases.no_reason
        try:
            # A switch that is there and cannot be read is a switch all the same; a pipe hangs.
            if not self._file.is_file():
                return no_reason if self._file.exists() else None
            return self._file.read_text("utf-8", "replace").strip() or no_reason
        except FileNotFoundError:
            return None
        except OSError:
            return no_reason

    def message(self, reason: str) -> TextMessage:
        people = "\n".join(f"{each.label}: {each.detail}" for each in self._contacts.of(*WHOM))
        return TextMessage(text=self._phrases.message.format(reason=reason, contacts=people))

    def check(self) -> None:
        """Raises a Refusal while the assistant is off."""
        if reason := self.reason:
            people = [each.model_dump(mode="json") for each in self._contacts.of(*WHOM)]
            raise Refusal("switched-off", members={"contacts": people}, reason=reason)
