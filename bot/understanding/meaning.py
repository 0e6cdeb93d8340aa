"""What a message may mean, each a value. `actions.effects` does what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.choices import Choice
from bot.content.notices import SpokenNotice
from bot.flows import Move
from bot.induction.course import CourseCommand, QuizAnswer
from bot.understanding.documents import DocumentFacts
from knowledge import Answer

Subject = Literal["greet", "goodbye", "thanks", "about"]
SUBJECTS: tuple[Subject, ...] = ("greet", "goodbye", "thanks", "about")


@dataclass(frozen=True)
class FlowMove:
    """A step is answered or corrected, a flow started, left or offered.

    `other`: what the words may have meant instead. `asked`: whether they count among the last
    questions.
    """

    move: Move
    other: tuple[Choice, ...] = ()
    asked: bool = False


@dataclass(frozen=True)
class LearnerCode:
    """A learner's code was typed; `learner` is its id."""

    learner: str


@dataclass(frozen=True)
class LearnerWords:
    """What a learner in the middle of a module answered, or asked for in a word or two."""

    reading: CourseCommand | QuizAnswer


@dataclass(frozen=True)
class CourseChoice:
    """A click on something of the induction."""

    choice: Choice


@dataclass(frozen=True)
class QuizRequest:
    """The quiz of the module that the words name."""

    words: str


@dataclass(frozen=True)
class SmallTalk:
    subject: Subject


@dataclass(frozen=True)
class Lookup:
    """A question to the sources, with what they say and the flows that go with it.

    `asked`: the words that were looked up, where they are not the message: a part of it, or the
    message with the one before it. `other`: what the words may have meant instead. `documents`: the
    ids of those that were named in place of others.
    """

    found: Answer
    flows: tuple[str, ...] = ()
    asked: str | None = None
    other: tuple[Choice, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lookups:
    """A message that asks more than one thing, each with what the sources say."""

    lookups: tuple[Lookup, ...]


@dataclass(frozen=True)
class Remark:
    """A word on what was asked for: `phrase` names it in `data/phrases.yaml`. `whom`: with whom to
    ask."""

    phrase: Literal[
        "misunderstood", "reword", "nothing_further", "go_on", "nothing_shown", "not_in_document"
    ]
    whom: bool = False


@dataclass(frozen=True)
class FollowUp:
    """Said of the reply before it. `leaves`: the walk that is open is set aside."""

    parts: tuple[Remark | Lookup, ...]
    leaves: bool = False


@dataclass(frozen=True)
class FirstOffer:
    """A yes to several offers takes the first, and says so by its `label`."""

    label: str
    then: Meaning


@dataclass(frozen=True)
class DocumentQuestion:
    """A question about the documents themselves, with what their data say to it."""

    facts: DocumentFacts


@dataclass(frozen=True)
class AboutAssistant:
    """A question about the assistant; `key` is that of its reply."""

    key: str


@dataclass(frozen=True)
class ContactQuestion:
    """Whom to ring. `roles` are those that the message names, in its order; it may name none.

    `other`: the flows that the message may have asked for instead.
    """

    roles: tuple[str, ...]
    other: tuple[Choice, ...] = ()


Beside = DocumentQuestion | AboutAssistant | ContactQuestion
"""What is asked beside the matter of the sources."""


@dataclass(frozen=True)
class AndAnswer:
    """The first is likely meant; `then` is what the sources say to the same words, or to the rest
    of a message that answers the open question first."""

    first: Beside | FlowMove
    then: Lookup


@dataclass(frozen=True)
class Noticed:
    """The notice comes first; `then` follows, unless the notice stands alone."""

    notice: SpokenNotice
    then: Meaning | None


Meaning = (
    FlowMove
    | LearnerCode
    | CourseChoice
    | CourseCommand
    | LearnerWords
    | QuizRequest
    | SmallTalk
    | Lookup
    | Lookups
    | FollowUp
    | FirstOffer
    | DocumentQuestion
    | AboutAssistant
    | ContactQuestion
    | AndAnswer
    | Noticed
)
