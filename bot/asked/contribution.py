"""What one turn adds to the questions asked and to the counts. Decided from what is kept of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import Literal, get_args

from bot import choices
from bot.conversation.store import StoredTurn
from bot.messages import (
    AnswerMessage,
    Message,
    NotCoveredMessage,
    OutcomeMessage,
    QuestionMessage,
    says_danger,
)
from bot.understanding.personal_data.placeholders import TAKEN_OUT
from knowledge.asking import SENTENCE, asks
from knowledge.words import plain

AskedKind = Literal["not_found", "nearest_only", "unhelpful", "out_of_scope"]
ASKED_KINDS: tuple[AskedKind, ...] = get_args(AskedKind)
Event = Literal[
    "answered",
    "nearest_only",
    "not_found",
    "out_of_scope",
    "helpful",
    "unhelpful",
    "flow_begun",
    "flow_finished",
]

LONGEST = 120
"""Characters of a question that is kept. All 3,156 written questions of `knowledge/questions.jsonl`
are shorter, and 99 in 100 of those in `gaps.jsonl` and `out_of_scope.jsonl`. Of the 1,110 stories
about a family in `data/messages` (`stories*.jsonl`, `told_within.jsonl`) not one is so short and
one sentence: a story is not a question."""

ANSWER_INSTEAD = choices.do("answer")
"""What is clicked where a task was offered for words that were meant as a question."""
LEARNERS_CODE = "[learner"
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, order=True)
class AskedQuestion:
    """A question as it is counted. `text` is redacted and normalised; `area` and `edition` are ""
    where there is none; `passages` are the ids of those that were shown. `mark`: as `marks` has
    it."""

    day: date
    text: str
    kind: AskedKind
    area: str
    edition: str
    passages: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, order=True)
class UsageEvent:
    """Something that happened once more on a day. `flow` is "" where it was no flow. `mark`: as
    `marks` has it."""

    day: date
    area: str
    edition: str
    event: Event
    flow: str = ""
    mark: str = ""


def normalised(text: str) -> str:
    """The same for questions that differ in capitals, accents, spaces and the mark at their end."""
    return SPACES.sub(" ", plain(text)).strip().rstrip("?!. ")


def plain_question(said: str | None) -> str | None:
    """The words, normalised, if they are one plain question; None for everything else.

    What anything was taken out of tells of somebody, and so may a statement, a second sentence and
    a long one: none of these is kept.
    """
    if not said or TAKEN_OUT.search(said) or LEARNERS_CODE in said:
        return None
    sentences = [each for each in SENTENCE.split(said.strip()) if each.strip()]
    text = normalised(said)
    if len(sentences) != 1 or not asks(said) or not 0 < len(text) <= LONGEST:
        return None
    return text


def asked_question(
    turn: StoredTurn, area: str | None, rating: str | None, before: StoredTurn | None = None
) -> AskedQuestion | None:
    """What is kept of a turn for whoever looks after the content. None where danger was named,
    where the words were not all that was answered, and where the answer was not found wanting.

    `before`: the turn before it, whose words are answered where a click asks for that.
    """
    reply = lookup_of(turn.messages)
    text = plain_question(_answered_words(turn, reply, before))
    if reply is None or text is None or named_danger(turn.messages):
        return None
    kind = _kind(reply, rating)
    if kind is None:
        return None
    shown = reply.quotes if isinstance(reply, AnswerMessage) else reply.related
    return AskedQuestion(
        day_of(turn),
        text,
        kind,
        area or "",
        reply.edition or "",
        tuple(quote.passage_id for quote in shown),
    )


def _answered_words(
    turn: StoredTurn, reply: AnswerMessage | NotCoveredMessage | None, before: StoredTurn | None
) -> str | None:
    """None where they are not known, or were answered in the turn before already."""
    if reply is None or (reply.asked and not turn.choice):
        return None
    if turn.choice is None:
        return turn.said
    if turn.choice != ANSWER_INSTEAD or before is None:
        return None
    is_new = lookup_of(before.messages) is None and not named_danger(before.messages)
    return before.said if is_new else None


def events_of_turn(
    turn: StoredTurn, area: str | None, offered_before: Collection[str]
) -> Iterator[UsageEvent]:
    """Answers by their kind, and flows begun and finished. `offered_before`: the choice ids of the
    reply before, by which a flow is known to be under way. Nothing of a turn that named danger."""
    if named_danger(turn.messages):
        return
    day, where = day_of(turn), area or ""
    for message in turn.messages:
        if isinstance(message, AnswerMessage | NotCoveredMessage):
            yield UsageEvent(day, where, message.edition or "", _outcome(message))
        if isinstance(message, QuestionMessage) and _begins(message, offered_before):
            yield UsageEvent(day, where, "", "flow_begun", message.flow.id)
        if isinstance(message, OutcomeMessage) and message.final:
            yield UsageEvent(day, where, message.edition or "", "flow_finished", message.flow.id)


def event_of_rating(turn: StoredTurn, area: str | None, rating: str | None) -> UsageEvent | None:
    """Whether it helped, on the day of the turn."""
    if rating is None or named_danger(turn.messages):
        return None
    reply = lookup_of(turn.messages)
    edition = reply.edition if reply and reply.edition else ""
    event: Event = "helpful" if rating == "useful" else "unhelpful"
    return UsageEvent(day_of(turn), area or "", edition, event)


def lookup_of(messages: Sequence[Message]) -> AnswerMessage | NotCoveredMessage | None:
    """The one answer of a reply; None where it has none, or several."""
    found = [each for each in messages if isinstance(each, AnswerMessage | NotCoveredMessage)]
    return found[0] if len(found) == 1 else None


def named_danger(messages: Sequence[Message]) -> bool:
    return any(map(says_danger, messages))


def day_of(turn: StoredTurn) -> date:
    return turn.at.astimezone(UTC).date()


def _kind(reply: AnswerMessage | NotCoveredMessage, rating: str | None) -> AskedKind | None:
    """A reply without an answer stays that, however it was rated."""
    outcome = _outcome(reply)
    if outcome == "not_found" or outcome == "out_of_scope":
        return outcome
    if rating == "not_useful":
        return "unhelpful"
    return "nearest_only" if outcome == "nearest_only" else None


def _outcome(
    reply: AnswerMessage | NotCoveredMessage,
) -> Literal["answered", "nearest_only", "not_found", "out_of_scope"]:
    if isinstance(reply, AnswerMessage):
        return "answered" if reply.confidence == "answers" else "nearest_only"
    return "out_of_scope" if reply.reason == "out_of_scope" else "not_found"


def _begins(message: QuestionMessage, offered: Collection[str]) -> bool:
    """Whether it opens its flow, and does not ask its first question again."""
    own = (f"step:{message.flow.id}/", f"change:{message.flow.id}/")
    return not message.flow.steps_done and not any(each.startswith(own) for each in offered)
