"""The messages that come before anything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.content.contacts import Contacts
from bot.content.safety_wording import PrivacyWording, SafetyWording
from bot.messages import Contact, Option, PrivacyMessage, SafetyMessage, SafetyReason
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.carry_on import CARRY_ON
from bot.understanding.safety.classifier import Alert


class SafetyRenderer:
    """All of it is in memory, so that 999 waits for no file."""

    def __init__(
        self,
        wordings: Mapping[SafetyReason, SafetyWording],
        privacy: PrivacyWording,
        contacts: Contacts,
    ) -> None:
        self._wordings = wordings
        self._privacy = privacy
        self._contacts = contacts

    @property
    def carry_on_labels(self) -> Iterator[str]:
        return (each.carry_on for each in self._wordings.values() if each.carry_on)

    def first(self, alert: Alert) -> SafetyMessage:
        """For certain danger its whole message; where it is only possible a short one, with the
        rest of the reply to follow."""
        return self.certain(alert.reason) if alert.certain else self._possible(alert.reason)

    def certain(self, reason: SafetyReason) -> SafetyMessage:
        """It stands in place of everything else."""
        wording = self._wordings[reason]
        people = self._contacts.of(*wording.contacts)
        return SafetyMessage(
            text="\n\n".join((wording.lead, "\n".join(map(_line, people)), wording.after)),
            reason=reason,
            lead=wording.lead,
            contacts=people,
            after=wording.after,
            options=[Option(id=CARRY_ON, label=wording.carry_on)] if wording.carry_on else [],
        )

    def _possible(self, reason: SafetyReason) -> SafetyMessage:
        wording = self._wordings[reason]
        people = self._contacts.of(*wording.contacts)
        return SafetyMessage(
            text="\n\n".join((wording.possible, "\n".join(map(_line, people)))),
            reason=reason,
            interrupts=False,
            lead=wording.possible,
            contacts=people,
        )

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
