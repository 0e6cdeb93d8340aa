"""The messages that come before anything else. Their wording is data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from bot.contacts import Contacts
from bot.flows.match import number, plain
from bot.messages import Contact, Option, PrivacyMessage, SafetyMessage, SafetyReason
from bot.safety.personal_data import Redaction
from bot.settings import HOME

WORDING = HOME / "data" / "safety"
CARRY_ON = "safety:continue"


class SafetyWording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    lead: str
    contacts: tuple[str, ...]
    after: str
    carry_on: str | None


class PrivacyWording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    lead: str
    redacted: str
    rephrase: str
    delete_own_message: str
    kinds: dict[str, str]


@cache
def safety_wording(folder: Path = WORDING) -> dict[SafetyReason, SafetyWording]:
    """Raises ValidationError when a reason has no wording."""
    file = TypeAdapter(dict[SafetyReason, SafetyWording])
    return file.validate_python(yaml.safe_load((folder / "messages.yaml").read_text("utf-8")))


@cache
def privacy_wording(folder: Path = WORDING) -> PrivacyWording:
    return PrivacyWording.model_validate(
        yaml.safe_load((folder / "privacy.yaml").read_text("utf-8"))
    )


def safety_message(reason: SafetyReason, contacts: Contacts) -> SafetyMessage:
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


def carries_on(text: str, *, numbered: bool = False) -> bool:
    """Whether the words typed are the option below a safety message, or its number."""
    labels = {plain(each.carry_on) for each in safety_wording().values() if each.carry_on}
    return plain(text) in labels or (numbered and number(text) == 1)


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
