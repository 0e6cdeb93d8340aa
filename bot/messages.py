"""The messages of the HTTP contract. Every channel renders from these and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, computed_field

from bot.flows.model import OutcomeKind
from knowledge.checks import Check, checks_of
from knowledge.findings import Confidence
from knowledge.quotes import Quote

SafetyReason = Literal["immediate_danger", "self_harm", "child_user", "allegation", "public_user"]
FeedbackReason = Literal[
    "helped", "not_what_i_asked", "missing", "out_of_date", "hard_to_understand", "other"
]

ENGLISH = "en-GB"
"""What the sources are written in, and what is said where no other language is asked for."""


class Option(BaseModel):
    """A reply on offer. `id` is what a client sends back as `choice` (see `bot.choices`)."""

    model_config = ConfigDict(frozen=True)

    id: str
    label: str
    group: str | None = Field(
        default=None, description="The heading it stands under, where a list has several."
    )


class Contact(BaseModel):
    """Somebody to turn to. `local` comes from the partnership's configuration."""

    model_config = ConfigDict(frozen=True)

    label: str
    detail: str
    source: Literal["local", "fixed"]
    checked_on: date | None = None
    note: str | None = None


class FlowRef(BaseModel):
    id: str
    title: str


class FlowPosition(FlowRef):
    """Where a question stands: `steps_done` counts the questions answered before it on the path."""

    step: str
    steps_done: int = 0
    steps_left: int | None = Field(
        default=None,
        description="About how many questions come after this one, unless its answer ends the "
        "walk. None where the walk has ended.",
    )


class Card(BaseModel):
    """Advice that goes with an outcome. A `fixed` card is not from the sources."""

    id: str
    text: str
    quotes: list[Quote] = []
    fixed: bool = False


class GivenAnswer(BaseModel):
    """One question of a finished walk, in words and by ids, with the choice that changes it."""

    question: str
    answer: str
    step: str
    change: str | None = None


class BaseMessage(BaseModel):
    text: str
    options: list[Option] = []


class ReadingMessage(BaseMessage):
    """A reply to one reading of what was typed, which may have others."""

    did_you_mean: list[Option] = Field(
        default=[],
        description="What the message may have meant instead. Each stands in `options` as well.",
    )


class LookupMessage(ReadingMessage):
    """What came of a question to the sources."""

    asked: str | None = Field(
        default=None,
        description="A line that says which words are answered, where these are a part of the "
        "message, or the message and the one before it. `text` begins with it.",
    )
    where_to_ask: list[Contact] = []
    related_flows: list[FlowRef] = []


EditionId = Annotated[
    str | None,
    Field(description="The content edition that it was made from (`GET /editions`)."),
]


class TextMessage(ReadingMessage):
    """`lead`, where there is one, is `text` without its numbered options."""

    type: Literal["text"] = "text"
    lead: str = ""


class AnswerMessage(LookupMessage):
    """Where `confidence` is "closest", `lead` begins by saying so, and `where_to_ask` says whom.

    `lead` is `opening`, `provenance` and `difference` in words one after the other.
    """

    type: Literal["answer"] = "answer"
    lead: str
    opening: str = Field(
        default="", description="What has to be read before the quotations, if anything."
    )
    provenance: str = Field(default="", description="Whose words they are, and how old.")
    difference: str = Field(default="", description="How the sources differ on it, if they do.")
    quotes: list[Quote]
    confidence: Confidence = Field(
        default="answers",
        description='"answers" is a claim. "closest": the sources may not answer, and these are '
        "the passages nearest to the question.",
    )
    elsewhere: str | None = Field(
        default=None,
        description="What stands below the quotations of one area's text: that the sources do not "
        "answer this outside it. Then `where_to_ask` says whom to ask there.",
    )
    edition: EditionId = None

    @computed_field  # type: ignore[prop-decorator] # as Pydantic documents it
    @property
    def checks(self) -> list[Check]:
        """What to check before relying on it: the notices of all its quotations, each once."""
        return checks_of(self.quotes)


class NotCoveredMessage(LookupMessage):
    """`lead` says what is not covered and why; `text` repeats it with all that follows."""

    type: Literal["not_covered"] = "not_covered"
    lead: str = ""
    reason: Literal["not_in_sources", "out_of_scope"]
    related: list[Quote] = []
    edition: EditionId = None

    @computed_field  # type: ignore[prop-decorator] # as Pydantic documents it
    @property
    def checks(self) -> list[Check]:
        """What to check about what is related: the notices of all its quotations, each once."""
        return checks_of(self.related)


class QuestionMessage(BaseMessage):
    """`lead` is the question alone; `text` repeats it with its numbered options."""

    type: Literal["question"] = "question"
    lead: str
    flow: FlowPosition
    why: str | None = None
    chosen: str | None = Field(
        default=None, description="The option that was answered before, where it is asked again."
    )
    answers: list[GivenAnswer] = []
    controls: list[Option] = Field(
        default=[], description="Back, why, stop: always on offer, never an answer."
    )


class OutcomeMessage(BaseMessage):
    """`lead` is `verdict`, what the sources support, and `decides`, who decides; `text` repeats it
    with the quotes.

    `path` holds the choices that led here, and `version` that of each flow on the way.
    """

    type: Literal["outcome"] = "outcome"
    lead: str
    verdict: str = ""
    decides: str = ""
    flow: FlowPosition
    kind: OutcomeKind
    quotes: list[Quote] = []
    cards: list[Card] = []
    answers: list[GivenAnswer] = []
    fixed: str | None = Field(
        default=None, description="Words that are not from the sources, shown apart from them."
    )
    final: bool = True
    version: str = ""
    path: list[str] = []
    edition: EditionId = None

    @computed_field  # type: ignore[prop-decorator] # as Pydantic documents it
    @property
    def checks(self) -> list[Check]:
        """What to check before relying on it: first the cards that are not from the sources, then
        the notices of all its quotations, each once."""
        fixed = [Check(text=card.text) for card in self.cards if card.fixed]
        behind = (quote for card in self.cards for quote in card.quotes)
        return [*fixed, *checks_of([*self.quotes, *behind])]


class SafetyMessage(BaseMessage):
    type: Literal["safety"] = "safety"
    reason: SafetyReason
    interrupts: bool = Field(
        default=True,
        description="Whether it stands in place of all else. Where danger is only possible, it "
        "comes first and the rest of the reply follows.",
    )
    lead: str = Field(default="", description="The words above the contacts, 999 first.")
    contacts: list[Contact] = []
    after: str = Field(default="", description="The words below the contacts.")
    language: str = Field(
        default=ENGLISH,
        description="Of its own words (BCP 47). All other messages are in English, and the "
        "contacts of every message.",
    )


class PrivacyMessage(BaseMessage):
    type: Literal["privacy"] = "privacy"
    redacted_text: str
    found: list[str]


Message = Annotated[
    TextMessage
    | AnswerMessage
    | NotCoveredMessage
    | QuestionMessage
    | OutcomeMessage
    | SafetyMessage
    | PrivacyMessage,
    Field(discriminator="type"),
]

MESSAGES: TypeAdapter[list[Message]] = TypeAdapter(list[Message])


def says_danger(message: Message) -> bool:
    """Whether it names 999 before anything else."""
    if isinstance(message, OutcomeMessage):
        return message.kind == "safety"
    return isinstance(message, SafetyMessage)
