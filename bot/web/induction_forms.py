"""A quiz as a form: which questions it holds, and what a filled form says to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from bot.induction.course import Asked
from bot.induction.model import Module, Programme, QuizOption, QuizQuestion
from bot.induction.tutor import Tutor
from knowledge.quotes import Quote


@dataclass(frozen=True)
class Marked:
    """A question with what was picked, its reasons and the passages that settle it."""

    question: QuizQuestion
    picked: tuple[str, ...]
    verdict: str
    reasons: tuple[QuizOption, ...]
    quotes: list[Quote]

    @property
    def right(self) -> bool:
        return self.question.is_right(self.picked)


def whole(module: Module) -> list[Asked]:
    return [Asked(module=module.id, question=question.id) for question in module.quiz]


def questions(programme: Programme, asked: Sequence[Asked]) -> list[tuple[Asked, QuizQuestion]]:
    found = []
    for each in asked:
        module = programme.module(each.module)
        question = module.question(each.question) if module else None
        if question:
            found.append((each, question))
    return found


def mark(form: FormData, tutor: Tutor, asked: Sequence[Asked]) -> dict[Asked, Marked]:
    """What the form says to each question; one without a full answer counts as not right."""
    marked = {}
    for each, question in questions(tutor.programme, asked):
        name = f"{each.module}/{each.question}"
        if question.kind == "order":
            places = {str(form.get(f"{name}/{o.id}", "")): o.id for o in question.options}
            complete = len(places) == len(question.options) and "" not in places
            picked = tuple(places[at] for at in sorted(places)) if complete else ()
        else:
            picked = tuple(o.id for o in question.options if o.id in form.getlist(name))
        quotes = [tutor.quote(passage) for passage in question.sources(picked)]
        marked[each] = Marked(
            question,
            picked,
            tutor.lessons.verdict(question, picked),
            question.explained(picked),
            quotes,
        )
    return marked
