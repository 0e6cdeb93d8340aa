"""Which replies get worse with the draft, and what else is to be told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from bot.operations.replay.otherwise import Otherwise, otherwise
from bot.operations.replay.questions import AskedQuestions, ReplayedQuestion
from bot.operations.replay.replies import ReplayedReply, replied
from knowledge import Knowledge
from knowledge.gold import one_space

Progress = Callable[[int, int], None]
"""Told after each question: how many are asked, of how many. It may raise to end it."""
Kept = MutableMapping[ReplayedQuestion, ReplayedReply]

ID_LENGTH = 12


@dataclass(frozen=True)
class AskedOfBoth:
    """A question with what is replied to it now, and with the draft."""

    question: ReplayedQuestion
    before: ReplayedReply
    after: ReplayedReply

    @property
    def is_worse(self) -> bool:
        return self.after.fault > self.before.fault

    @property
    def is_better(self) -> bool:
        return self.after.fault < self.before.fault

    @cached_property
    def otherwise(self) -> Otherwise | None:
        """In which way a person is told something else; None where they are told the same."""
        return otherwise(self.before, self.after)

    @cached_property
    def id(self) -> str:
        """By it somebody says that this is meant, and nothing else."""
        said = (self.question.kind, self.question.topic, self.question.text, self.after.says)
        return sha256("\n".join(said).encode()).hexdigest()[:ID_LENGTH]

    @property
    def why(self) -> str:
        """What is wrong with the reply, in words."""
        match self.question.kind:
            case "written":
                return f"Written for {self.question.about}"
            case "gap":
                return f"The gap “{self.question.about}” is not answered by the documents"
            case "outside":
                return f"“{self.question.about}” is outside the field"
        return "A question of your own"

    def __str__(self) -> str:
        return (
            f"{self.question.text}\n"
            f"  {self.why}. Before: {self.before.says}. With the draft: {self.after.says}."
        )


@dataclass(frozen=True)
class Comparison:
    """`asked` of `there_are` questions were asked of both sides; `left_out` are those that the
    draft itself changes. `changed` are those that a person is told something else to;
    `regressions` those whose reply is worse; `told`: what else it changes for them, a sentence
    each."""

    asked: int
    there_are: int
    left_out: int
    changed: tuple[AskedOfBoth, ...] = ()
    regressions: tuple[AskedOfBoth, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def counted(self) -> str:
        """How much it rests on, in one sentence."""
        asked = f"{self.asked:,} of {self.there_are:,}" if self.is_sample else f"{self.asked:,}"
        changed = (
            f" {self.left_out:,} that the draft itself changes were not." if self.left_out else ""
        )
        return f"{asked} questions were asked of both.{changed}"

    @property
    def is_sample(self) -> bool:
        return self.asked < self.there_are


@dataclass
class _Told:
    """What is told, gathered: the questions by their gap and the passage, and single sentences."""

    answered: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    better: list[str] = field(default_factory=list)

    def sentences(self) -> Iterator[str]:
        for (about, by), questions in sorted(self.answered.items()):
            quoted = "; ".join(f"“{each}”" for each in questions)
            yield f"The gap “{about}” is now answered by {by}: {quoted}"
        yield from self.better


def compared(
    live: Knowledge,
    draft: Knowledge,
    questions: AskedQuestions,
    *,
    area: str | None = None,
    progress: Progress | None = None,
    kept: Kept | None = None,
) -> Comparison:
    """Asks both sides. `kept`: what the live side replied before; what it replies now is added.

    Raises EncoderFailed, and whatever `progress` raises.
    """
    kept = {} if kept is None else kept
    added = _added(live, draft)
    changed: list[AskedOfBoth] = []
    regressions: list[AskedOfBoth] = []
    told = _Told()
    for number, question in enumerate(questions.asked, start=1):
        before = kept.get(question)
        if before is None:
            before = kept[question] = replied(live, question, area)
        both = AskedOfBoth(question, before, replied(draft, question, area))
        if both.otherwise:
            changed.append(both)
        if both.is_worse:
            first = both.after.first
            if first and first.passage_id in added and question.kind in {"gap", "outside"}:
                by = f"{first.citation.reference} of {first.citation.title}"
                told.answered.setdefault((question.about, by), []).append(question.text)
            else:
                regressions.append(both)
        elif question.kind == "own" and both.is_better:
            told.better.append(f"Right with the draft, and not before: “{question.text}”")
        if progress:
            progress(number, len(questions.asked))
    return Comparison(
        len(questions.asked),
        questions.there_are,
        questions.left_out,
        tuple(changed),
        tuple(regressions),
        tuple(told.sentences()),
    )


def _added(live: Knowledge, draft: Knowledge) -> frozenset[str]:
    """The passages of the draft whose words that document does not hold in the live edition,
    however it was cut."""
    texts = {each.id: one_space(each.text) for each in live.library.documents.values()}
    return frozenset(
        passage.id
        for passage in draft.library.passages.values()
        if one_space(passage.text) not in texts.get(passage.document_id, "")
    )
