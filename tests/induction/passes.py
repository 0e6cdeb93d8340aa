"""Ways through the quiz of a module, and what has to be said of every answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from bot.induction import Module
from bot.induction.model import QuizOption, QuizQuestion
from bot.messages import AnswerMessage, Message
from knowledge.library import Library

Picked = tuple[str, ...]


def passes(module: Module) -> Iterator[dict[str, Picked]]:
    """By question, what to pick: first all that is right, then every wrong option once."""
    for picks in zip_longest(*map(ways, module.quiz)):
        yield {q.id: pick or q.answer for q, pick in zip(module.quiz, picks, strict=True)}


def ways(question: QuizQuestion) -> list[Picked]:
    if question.kind == "order":
        return [question.answer, tuple(reversed(question.answer))]
    return [question.answer, *((o.id,) for o in question.options if not o.right)]


def clicks(module: Module, question: QuizQuestion, picked: Picked) -> list[str]:
    """The choices that give this answer."""
    path = f"quiz:{module.id}/{question.id}"
    picks = [f"{path}/{option}" for option in picked]
    return [*picks, path] if question.kind == "multiple" else picks


def verdict(question: QuizQuestion, picked: Picked) -> str:
    right = question.is_right(picked)
    return "That is right." if right else "The source says something else."


def due(question: QuizQuestion, picked: Picked) -> list[QuizOption]:
    """The options whose reasons are told: what was picked, and what was right."""
    return [o for o in question.options if question.kind == "order" or o.right or o.id in picked]


def passages_due(question: QuizQuestion, picked: Picked) -> set[str]:
    own = {option.quote for option in due(question, picked) if option.quote}
    return own | set(question.settled_by)


def check_explained(
    message: Message, question: QuizQuestion, picked: Picked, library: Library
) -> None:
    """Right or not, each reason that is due, and the passages it stands in, word for word."""
    assert message.text.startswith(verdict(question, picked))
    for option in due(question, picked):
        assert option.label in message.text
        assert option.why in message.text
    assert all(note in message.text for note in (question.superseded, question.fixed) if note)
    quotes = message.quotes if isinstance(message, AnswerMessage) else []
    assert {quote.passage_id for quote in quotes} == passages_due(question, picked)
    for quote in quotes:
        assert quote.text == library.quote(quote.passage_id).text
        assert quote.text in message.text
