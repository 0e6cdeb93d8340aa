"""A quiz as a form: which questions it holds, and what a filled form says to each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from bot.content.induction_phrases import InductionPhrases
from bot.induction.course import Asked
from bot.induction.model import Programme, QuizOption, QuizQuestion
from bot.induction.tutor import Tutor
from knowledge.quotes import Quote


@dataclass(frozen=True)
class AskedInForm:
    """A question with what was chosen, and what keeps it from being marked.

    `places` has the number that each line of an order was given, where it was given one.
    """

    asked: Asked
    question: QuizQuestion
    picked: tuple[str, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    error: str = ""

    @property
    def name(self) -> str:
        return f"{self.asked.module}/{self.asked.question}"

    @property
    def first_field(self) -> str:
        """Where the summary of errors leads to."""
        unset = (o.id for o in self.question.shown if o.id not in self.places)
        return f"{self.name}/{next(unset, self.question.shown[0].id)}"


@dataclass(frozen=True)
class Marked:
    """A question with what was picked, its reasons and the passages that settle it."""

    asked: Asked
    question: QuizQuestion
    picked: tuple[str, ...]
    verdict: str
    reasons: tuple[QuizOption, ...]
    quotes: list[Quote]

    @property
    def right(self) -> bool:
        return self.question.is_right(self.picked)


def questions(programme: Programme, asked: Iterable[Asked]) -> Iterator[AskedInForm]:
    """As they are asked first. What the programme no longer has is left out."""
    for each in asked:
        module = programme.module(each.module)
        question = module.question(each.question) if module else None
        if question:
            yield AskedInForm(each, question)


def filled(
    form: FormData, asked: Iterable[AskedInForm], phrases: InductionPhrases
) -> list[AskedInForm]:
    """The questions with what the form says to each, and an error where that is no answer."""
    return [
        (_ordered if each.question.kind == "order" else _chosen)(form, each, phrases)
        for each in asked
    ]


def _chosen(form: FormData, each: AskedInForm, phrases: InductionPhrases) -> AskedInForm:
    sent = form.getlist(each.name)
    picked = tuple(option.id for option in each.question.options if option.id in sent)
    several = each.question.kind == "multiple"
    unanswered = phrases.unanswered_multiple if several else phrases.unanswered_single
    return AskedInForm(each.asked, each.question, picked, error="" if picked else unanswered)


def _ordered(form: FormData, each: AskedInForm, phrases: InductionPhrases) -> AskedInForm:
    question = each.question
    numbers = {str(place): place for place in range(1, len(question.options) + 1)}
    sent = {option.id: str(form.get(f"{each.name}/{option.id}")) for option in question.options}
    places = {option: numbers[said] for option, said in sent.items() if said in numbers}
    picked = tuple(sorted(places, key=lambda option: places[option]))
    place, times = max(Counter(places.values()).items(), key=lambda it: it[1], default=(0, 0))
    if times > 1:
        return AskedInForm(
            each.asked, question, (), places, phrases.place_taken.format(place=place)
        )
    error = "" if question.is_answered(picked) else phrases.unanswered_order
    return AskedInForm(each.asked, question, picked, places, error)


def mark(tutor: Tutor, answered: Sequence[AskedInForm]) -> list[Marked]:
    return [
        Marked(
            each.asked,
            each.question,
            each.picked,
            tutor.lessons.verdict(each.question, each.picked),
            each.question.explained(each.picked),
            [tutor.quote(passage) for passage in each.question.sources(each.picked)],
        )
        for each in answered
    ]
