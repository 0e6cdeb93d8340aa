"""What is said when somebody may be in danger, and when a message held personal data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, get_args

from pydantic import Field

from bot.content.contacts import Contacts
from bot.content.phrase import Phrase, PhraseGroup, blanks
from bot.messages import SafetyReason
from knowledge.errors import ContentError
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource


class SafetyWording(Strict):
    """Of one reason. `carry_on` is the label of the way back; None where the chat stops here."""

    lead: str = Field(min_length=1)
    contacts: tuple[str, ...]
    after: str = Field(min_length=1)
    carry_on: str | None
    possible: str = Field(min_length=1)


SafetyWordings = dict[SafetyReason, SafetyWording]


class PrivacyAdvice(PhraseGroup):
    """What was done, and what the person had better do."""

    lead: Annotated[str, blanks("kinds")]
    rephrase: Phrase
    delete_own_message: Phrase


class PrivacyWording(PrivacyAdvice):
    """`kinds` has words for every kind of personal data. `names_a_document` is the advice where
    what was taken out also names a document; `names_a_place` is said where it may be a place whose
    source was asked for, and there is none."""

    redacted: Annotated[str, blanks("text")]
    names_a_document: PrivacyAdvice
    names_a_place: Phrase
    kinds: dict[str, Phrase]


def read_safety_wording(folder: Path, contacts: Contacts) -> Mapping[SafetyReason, SafetyWording]:
    """Of every reason. Raises ContentError, also where a wording names a contact that there is not:
    nothing that must be said first may be found wanting when it is needed."""
    source = YamlSource.read(folder / "messages.yaml")
    wordings = validated(source, SafetyWordings)
    if missing := set(get_args(SafetyReason)) - set(wordings):
        raise source.error(f"add the wording of: {', '.join(sorted(missing))}")
    for reason, wording in wordings.items():
        try:
            contacts.of(*wording.contacts)
        except KeyError as unknown:
            place = source.place_of((reason, "contacts"))
            problem = f"{reason}: there is no contact {unknown} in data/contacts.yaml"
            raise ContentError.at(place, problem) from None
    return wordings


def read_privacy_wording(folder: Path, kinds: Iterable[str]) -> PrivacyWording:
    """Raises ContentError, also where one of the `kinds` of personal data has no words."""
    source = YamlSource.read(folder / "privacy.yaml")
    wording = validated(source, PrivacyWording)
    if missing := sorted(set(kinds) - wording.kinds.keys()):
        place = source.place_of(("kinds",))
        raise ContentError.at(place, f"add under `kinds`: {', '.join(missing)}")
    return wording
