"""What is said when somebody may be in danger, and when a message held personal data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from bot.content.contacts import Contacts
from bot.content.errors import ContentError, Location
from bot.content.models import read_model
from bot.content.phrases import Phrase, PhraseGroup, blanks, complete
from bot.messages import SafetyReason

MESSAGES = "messages.yaml"
PRIVACY = "privacy.yaml"


class SafetyWording(BaseModel):
    """Of one reason. `carry_on` is the label of the way back; empty where the chat stops here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lead: str = Field(min_length=1)
    contacts: tuple[str, ...]
    after: str = Field(min_length=1)
    carry_on: str
    possible: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _null_is_nothing(cls, value: object) -> object:
        if isinstance(value, dict) and value.get("carry_on") == "null":
            return {**value, "carry_on": ""}
        return value


class SafetyFile(
    RootModel[Annotated[Mapping[SafetyReason, SafetyWording], complete(SafetyReason)]]
):
    """`messages.yaml`: a wording for every reason."""


class PrivacyWording(PhraseGroup):
    """`privacy.yaml`. `kinds` has words for every kind of personal data."""

    lead: Annotated[str, blanks("kinds")]
    redacted: Annotated[str, blanks("text")]
    rephrase: Phrase
    delete_own_message: Phrase
    kinds: dict[str, Phrase]


def read_safety_wording(folder: Path, contacts: Contacts) -> Mapping[SafetyReason, SafetyWording]:
    """Raises ContentError, also where a wording names a contact that there is not: nothing that
    must be said first may be found wanting when it is needed."""
    path = folder / MESSAGES
    wordings = read_model(path, SafetyFile).root
    for reason, wording in wordings.items():
        try:
            contacts.of(*wording.contacts)
        except KeyError as unknown:
            raise ContentError(
                Location(f"{folder.name}/{MESSAGES}", 1),
                f"{reason}: there is no contact {unknown} in data/contacts.yaml",
            ) from None
    return wordings


def read_privacy_wording(folder: Path, kinds: Iterable[str]) -> PrivacyWording:
    """Raises ContentError, also where one of the `kinds` of personal data has no words."""
    wording = read_model(folder / PRIVACY, PrivacyWording)
    if missing := sorted(set(kinds) - wording.kinds.keys()):
        place = Location(f"{folder.name}/{PRIVACY}", 1)
        raise ContentError(place, f"add under `kinds`: {', '.join(missing)}")
    return wording
