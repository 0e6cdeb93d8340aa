"""The messages that come before anything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.content.contacts import Contacts
from bot.content.safety_wording import PrivacyWording, SafetyWording
from bot.content.translations import Translation
from bot.messages import (
    ENGLISH,
    Contact,
    Option,
    PrivacyMessage,
    SafetyMessage,
    SafetyReason,
)
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.carry_on import CARRY_ON
from bot.understanding.safety.classifier import Alert


class SafetyRenderer:
    """All of it is in memory, so that 999 waits for no file.

    It speaks each `language` that there are words in, and the contacts are the same in all.
    """

    def __init__(
        self,
        wordings: Mapping[SafetyReason, SafetyWording],
        privacy: PrivacyWording,
        contacts: Contacts,
        translations: Mapping[str, Translation],
    ) -> None:
        self._wordings = {
            ENGLISH: wordings,
            **{code: each.safety for code, each in translations.items()},
        }
        self._privacy = privacy
        self._contacts = contacts

    @property
    def carry_on_labels(self) -> Iterator[str]:
        """In every language: it may be typed."""
        wordings = (each for said in self._wordings.values() for each in said.values())
        return (each.carry_on for each in wordings if each.carry_on)

    def speaks(self, language: str) -> bool:
        return language in self._wordings

    @property
    def languages(self) -> list[str]:
        return list(self._wordings)

    def first(self, alert: Alert, language: str = ENGLISH) -> SafetyMessage:
        """For certain danger its whole message; where it is only possible a short one, with the
        rest of the reply to follow."""
        say = self.certain if alert.certain else self._possible
        return say(alert.reason, language)

    def certain(self, reason: SafetyReason, language: str = ENGLISH) -> SafetyMessage:
        """It stands in place of everything else."""
        language, wording = self._said(reason, language)
        people = self._contacts.of(*wording.contacts)
        return SafetyMessage(
            text="\n\n".join((wording.lead, "\n".join(map(_line, people)), wording.after)),
            reason=reason,
            lead=wording.lead,
            contacts=people,
            after=wording.after,
            language=language,
            options=[Option(id=CARRY_ON, label=wording.carry_on)] if wording.carry_on else [],
        )

    def _possible(self, reason: SafetyReason, language: str) -> SafetyMessage:
        language, wording = self._said(reason, language)
        people = self._contacts.of(*wording.contacts)
        return SafetyMessage(
            text="\n\n".join((wording.possible, "\n".join(map(_line, people)))),
            reason=reason,
            interrupts=False,
            lead=wording.possible,
            contacts=people,
            language=language,
        )

    def _said(self, reason: SafetyReason, language: str) -> tuple[str, SafetyWording]:
        """In English where the language is not known: 999 is never refused."""
        spoken = language if self.speaks(language) else ENGLISH
        return spoken, self._wordings[spoken][reason]

    def privacy(
        self,
        redaction: Redaction,
        *,
        channel_keeps_a_copy: bool = False,
        names_a_document: bool = False,
        names_a_place: bool = False,
    ) -> PrivacyMessage:
        """`channel_keeps_a_copy`: the person must delete their own message, as in Teams.
        `names_a_document`: what was taken for a person's name may be that of a document's place;
        `names_a_place`: of a place whose source is asked for, and is not held."""
        wording = self._privacy
        advice = wording.names_a_document if names_a_document else wording
        kinds = [wording.kinds[kind] for kind in redaction.found]
        parts = [
            advice.lead.format(kinds=_listed(kinds)),
            wording.redacted.format(text=redaction.text),
            advice.rephrase,
        ]
        if names_a_place:
            parts.append(wording.names_a_place)
        if channel_keeps_a_copy:
            parts.insert(1, advice.delete_own_message)
        return PrivacyMessage(
            text="\n\n".join(parts), redacted_text=redaction.text, found=list(redaction.found)
        )


def _line(contact: Contact) -> str:
    return f"{contact.label}: {contact.detail}" + (f" ({contact.note})" if contact.note else "")


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
