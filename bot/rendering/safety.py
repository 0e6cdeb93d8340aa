"""The messages that come before anything else. Their wording is data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from bot.content.contacts import Contacts
from bot.errors import UserFacingError
from bot.flows.match import folded, number
from bot.messages import Contact, Option, PrivacyMessage, SafetyMessage, SafetyReason
from bot.settings import HOME
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.classifier import Alert

WORDING = HOME / "data" / "safety"
CARRY_ON = "safety:continue"


T = TypeVar("T")


class WordingError(UserFacingError):
    """A file of wordings cannot be used; the text says what to change."""


class SafetyWording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    lead: str
    contacts: tuple[str, ...]
    after: str
    carry_on: str | None
    possible: str


class PrivacyWording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    lead: str
    redacted: str
    rephrase: str
    delete_own_message: str
    kinds: dict[str, str]


@cache
def safety_wording(folder: Path = WORDING) -> dict[SafetyReason, SafetyWording]:
    """Raises WordingError when the file cannot be read or a reason has no wording."""
    path = folder / "messages.yaml"
    wording = _read(path, TypeAdapter(dict[SafetyReason, SafetyWording]))
    if missing := set(get_args(SafetyReason)) - set(wording):
        raise WordingError(f"{path}: add the wording of: {', '.join(sorted(missing))}.")
    return wording


@cache
def privacy_wording(folder: Path = WORDING) -> PrivacyWording:
    """Raises WordingError when the file cannot be read or a kind has no words."""
    path = folder / "privacy.yaml"
    wording = _read(path, TypeAdapter(PrivacyWording))
    if missing := set(PLACEHOLDERS) - set(wording.kinds):
        raise WordingError(f"{path}: add under `kinds`: {', '.join(sorted(missing))}.")
    return wording


def _read(path: Path, form: TypeAdapter[T]) -> T:
    try:
        return form.validate_python(yaml.safe_load(path.read_text("utf-8")))
    except FileNotFoundError:
        raise WordingError(
            f"{path}: there is no such file. Copy the one that was shipped."
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise WordingError(f"{path}: this is not YAML. Compare it with the one shipped.") from None
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise WordingError(f"{path}: {wrong}") from None


def check_wording(contacts: Contacts, folder: Path = WORDING) -> None:
    """Everything that may have to be said first, found and put together before anybody asks.

    Raises WordingError.
    """
    for reason, wording in safety_wording(folder).items():
        try:
            contacts.of(*wording.contacts)
        except KeyError as unknown:
            raise WordingError(
                f"{folder / 'messages.yaml'}: {reason}: there is no contact {unknown} in "
                "data/contacts.yaml."
            ) from None
    privacy = privacy_wording(folder)
    try:
        privacy.lead.format(kinds="a name")
        privacy.redacted.format(text="[name]")
    except (KeyError, IndexError, ValueError):
        raise WordingError(
            f"{folder / 'privacy.yaml'}: only {{kinds}} may stand in `lead`, and only {{text}} "
            "in `redacted`."
        ) from None


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
