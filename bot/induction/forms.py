"""A quiz as a form: which questions it holds, and what a filled form says to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from bot.induction.course import Asked
from bot.induction.model import Module, Programme, Question, QuizOption
from bot.induction.tutor import Tutor
from knowledge.quotes import Quote


@dataclass(frozen=True)
class Marked:
    """A question with what was picked, its reasons and the passages that settle it."""

    question: Question
    right: bool
    reasons: tuple[QuizOption, ...]
    quotes: list[Quote]


def whole(module: Module) -> list[Asked]:
    return [Asked(module=module.id, question=question.id) for question in module.quiz]


def questions(programme: Programme, asked: Sequence[Asked]) -> list[tuple[Asked, Question]]:
    found = []
    for each in asked:
        module = programme.module(each.module)
        question = module.question(each.question) if module else None
        if question:
            found.append((each, question))
    return found


def mark(form: FormData, tutor: Tutor, asked: Sequence[Asked]) -> dict[Asked, Marked]:
    """What the form says to each question; a question left empty is not right."""
    marked = {}
    for each, question in questions(tutor.programme, asked):
        name = f"{each.module}/{each.question}"
        if question.kind == "order":
            places = {o.id: str(form.get(f"{name}/{o.id}", "")) for o in question.options}
            picked = tuple(sorted(places, key=lambda option: places[option]))
            right = question.is_right(picked) and len(set(places.values())) == len(places)
        else:
            picked = tuple(o.id for o in question.options if o.id in form.getlist(name))
            right = question.is_right(picked)
        quotes = [tutor.quote(passage) for passage in question.sources(picked)]
        marked[each] = Marked(question, right, question.explained(picked), quotes)
    return marked
