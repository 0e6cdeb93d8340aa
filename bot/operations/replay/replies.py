"""What one side replies to a question, judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.operations.replay.questions import ReplayedQuestion
from knowledge import Answer, Knowledge
from knowledge.costs import Act
from knowledge.gold import GoldCheck
from knowledge.quotes import Quote

SHOWN = 3
"""Among so many quotations a right one counts, as in `docs/evaluation.md`."""

SAYS: dict[Act, str] = {
    "answers": "answered by",
    "closest": "nearest:",
    "not_covered": "not covered",
    "outside": "outside the field",
}


@dataclass(frozen=True)
class ReplayedReply:
    """`fault` is 0 for a right reply, and the more the worse it is. `quotes` are what is quoted,
    the first first; by `act` they are said to answer, or to be the nearest, or there are none."""

    fault: int
    act: Act
    quotes: tuple[Quote, ...]

    @property
    def passages(self) -> tuple[str, ...]:
        """The ids of what is quoted."""
        return tuple(quote.passage_id for quote in self.quotes)

    @property
    def first(self) -> Quote | None:
        return self.quotes[0] if self.quotes else None

    @property
    def says(self) -> str:
        """All of it in words."""
        return f"{SAYS[self.act]} {', '.join(self.passages)}".strip()


def replied(side: Knowledge, question: ReplayedQuestion, area: str | None) -> ReplayedReply:
    """A gap's question stands for those who put it in other words. Raises EncoderFailed."""
    answer = side.answer(question.text, area, in_other_words=question.kind == "gap")
    fault = _fault_of_answer if question.is_answered else _fault_of_silence
    return ReplayedReply(fault(side, question, answer), _act(answer), answer.quotes[:SHOWN])


Fault = Callable[[Knowledge, ReplayedQuestion, Answer], int]


def _fault_of_answer(side: Knowledge, question: ReplayedQuestion, answer: Answer) -> int:
    """0: what answers comes first; 1: it is among three, or is shown as the nearest only; 2: it is
    not shown. Of the partnership's own questions what is among three is right."""
    gold = GoldCheck(side.library, side.relations)
    known = [each for each in question.answered_by if each in side.library.passages]
    hits = [gold.hit(quote, question.gold, known) for quote in answer.quotes[:SHOWN]]
    if not any(hits):
        return 2
    is_right = hits[0] or question.kind == "own"
    return 0 if is_right and answer.confidence == "answers" else 1


def _fault_of_silence(_: Knowledge, question: ReplayedQuestion, answer: Answer) -> int:
    """1: passages are claimed to answer, or shown as the nearest where all is to be declined."""
    if answer.verdict != "answerable":
        return 0
    return int(answer.confidence == "answers" or question.declined)


def _act(answer: Answer) -> Act:
    if answer.verdict == "answerable":
        return answer.confidence
    return "not_covered" if answer.verdict == "not_in_sources" else "outside"
