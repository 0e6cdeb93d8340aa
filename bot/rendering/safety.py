"""The messages that come before anything else. Their wording is data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

from bot.content.contacts import Contacts
from bot.flows.match import folded, number
from bot.messages import Contact, Option, PrivacyMessage, SafetyMessage, SafetyReason
from bot.settings import HOME
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.classifier import Alert
from knowledge.errors import ContentError, Location
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

WORDING = HOME / "data" / "safety"
CARRY_ON = "safety:continue"


class SafetyWording(Strict):
    lead: str
    contacts: tuple[str, ...]
    after: str
    carry_on: str | None
    possible: str


class PrivacyWording(Strict):
    lead: str
    redacted: str
    rephrase: str
    delete_own_message: str
    kinds: dict[str, str]


@cache
def safety_wording(folder: Path = WORDING) -> dict[SafetyReason, SafetyWording]:
    """Raises ContentError when the file cannot be read or a reason has no wording."""
    source = YamlSource.read(folder / "messages.yaml")
    wording = validated(source, dict[SafetyReason, SafetyWording])
    if missing := set(get_args(SafetyReason)) - set(wording):
        raise source.error(f"add the wording of: {', '.join(sorted(missing))}")
    return wording


@cache
def privacy_wording(folder: Path = WORDING) -> PrivacyWording:
    """Raises ContentError when the file cannot be read or a kind has no words."""
    source = YamlSource.read(folder / "privacy.yaml")
    wording = validated(source, PrivacyWording)
    if missing := set(PLACEHOLDERS) - set(wording.kinds):
        place = source.place_of(("kinds",))
        raise ContentError.at(place, f"add under `kinds`: {', '.join(sorted(missing))}")
    return wording


def check_wording(contacts: Contacts, folder: Path = WORDING) -> None:
    """Everything that may have to be said first, found and put together before anybody asks.

    Raises ContentError.
    """
    for reason, wording in safety_wording(folder).items():
        try:
            contacts.of(*wording.contacts)
        except KeyError as unknown:
            place = Location.of(folder / "messages.yaml")
            problem = f"{reason}: there is no contact {unknown} in data/contacts.yaml"
            raise ContentError.at(place, problem) from None
    privacy = privacy_wording(folder)
    try:
        privacy.lead.format(kinds="a name")
        privacy.redacted.format(text="[name]")
    except (KeyError, IndexError, ValueError):
        place = Location.of(folder / "privacy.yaml")
        problem = "only {kinds} may stand in `lead`, and only {text} in `redacted`"
        raise ContentError.at(place, problem) from None


def safety_message(reason: SafetyReason, contacts: Contacts) -> SafetyMessage:
    """For danger that is certain: it stands in place of everything else."""
    wording = safety_wording()[reason]
    people = contacts.of(*wording.contacts)
    return SafetyMessage(
        text="\n\n".join((wording.lead, "\n".join(map(_line, people)), wording.after)),
        reason=reason,
        lead=wording.lead,
        contacts=people,
        after=wording.after,
        options=[Option(id=CARRY_ON, label=wording.carry_on)] if wording.carry_on else [],
    )


def first_message(alert: Alert, contacts: Contacts) -> SafetyMessage:
    """Where danger is only possible, a short one, with the rest of the reply to follow."""
    wording = safety_wording()[alert.reason]
    if alert.certain:
        return safety_message(alert.reason, contacts)
    people = contacts.of(*wording.contacts)
    return SafetyMessage(
        text="\n\n".join((wording.possible, "\n".join(map(_line, people)))),
        reason=alert.reason,
        interrupts=False,
        lead=wording.possible,
        contacts=people,
    )


def carries_on(text: str, *, numbered: bool = False) -> bool:
    """Whether the words typed are the option below a safety message, or its number."""
    labels = {folded(each.carry_on) for each in safety_wording().values() if each.carry_on}
    return folded(text) in labels or (numbered and number(text) == 1)


def privacy_message(redaction: Redaction, *, channel_keeps_a_copy: bool = False) -> PrivacyMessage:
    """`channel_keeps_a_copy`: the person must delete their own message, as in Teams."""
    wording = privacy_wording()
    kinds = [wording.kinds[kind] for kind in redaction.found]
    parts = [
        wording.lead.format(kinds=_listed(kinds)),
        wording.redacted.format(text=redaction.text),
        wording.rephrase,
    ]
    if channel_keeps_a_copy:
        parts.insert(1, wording.delete_own_message)
    return PrivacyMessage(
        text="\n\n".join(parts), redacted_text=redaction.text, found=list(redaction.found)
    )


def _line(contact: Contact) -> str:
    return f"{contact.label}: {contact.detail}" + (f" ({contact.note})" if contact.note else "")


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
