"""Rewords a question of a quiz, and takes a question or a notice out whole, in a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.induction.model import Module
from bot.operations.citations import CitationGraph
from bot.operations.dropping import take_out_of
from bot.operations.yaml_edits import edit, laid_out_as
from knowledge.errors import ContentError, KeyPath, Location
from knowledge.revision import CitingPlace, PlaceKind
from knowledge.yaml_source import YamlSource

ENTRIES: frozenset[PlaceKind] = frozenset({"quiz", "notice"})
"""Kinds of places that are an entry of a list, which says less without them and still holds."""
FEWEST_QUESTIONS = next(
    each.min_length for each in Module.model_fields["quiz"].metadata if hasattr(each, "min_length")
)
TOO_FEW = (
    f"a lesson needs {FEWEST_QUESTIONS} questions, and this one has no more. Reword the question"
    " and give it another source"
)
CALLED = {"ask": "The question", "fixed": "What is said of it", "superseded": "What has moved on"}


@dataclass(frozen=True)
class QuizWords:
    """Some words of a question: where they stand in it, and what they are to people."""

    path: KeyPath
    called: str
    words: str


def quiz_words(citation: CitingPlace) -> tuple[QuizWords, ...]:
    """Of the question of a quiz that cites; none for another place."""
    if citation.kind != "quiz":
        return ()
    there: Any = YamlSource.read(citation.file).to_python()
    for step in citation.path[:2]:
        there = there[step]
    return tuple(_words(there))


def _words(question: Any) -> Iterator[QuizWords]:
    for key, called in CALLED.items():
        if key in question:
            yield QuizWords((key,), called, question[key])
    for number, option in enumerate(question["options"]):
        right = ", which is right" if option.get("right") in (True, "true") else ""
        for key, called in (("label", f"Answer {number + 1}{right}"), ("why", "Why")):
            name = called if key == "label" else f"Why, of answer {number + 1}"
            yield QuizWords(("options", number, key), name, option[key])


def reword_quiz(graph: CitationGraph, key: str, words: Sequence[str]) -> None:
    """`words`: all of them, in the order of `quiz_words`. Raises ContentError."""
    citation = _entry(graph, key)
    before = quiz_words(citation)
    said = [" ".join(each.split()) for each in words]
    if len(said) != len(before):
        raise _refused("the question was changed since you looked at it. Look at it again")
    if not all(said):
        raise _refused("something is empty. Write what it is to say, or leave it as it was")

    def change(content: Any) -> None:
        for each, text in zip(before, said, strict=True):
            if text != each.words:
                _put(content, (*citation.path[:2], *each.path), text)

    edit(citation.file, change)


def _put(content: Any, path: KeyPath, text: str) -> None:
    for step in path[:-1]:
        content = content[step]
    content[path[-1]] = laid_out_as(content[path[-1]], text)


def is_entry(citation: CitingPlace) -> bool:
    """Whether it can be taken out whole."""
    return citation.kind in ENTRIES


def take_entry_out(graph: CitationGraph, key: str) -> None:
    """Raises ContentError where too little would be left."""
    citation = _entry(graph, key)
    if citation.kind == "quiz":
        there: Any = YamlSource.read(citation.file).to_python()
        if len(there["quiz"]) <= FEWEST_QUESTIONS:
            raise _refused(TOO_FEW)
    edit(citation.file, partial(take_out_of, [citation.path[:2]]))


def _entry(graph: CitationGraph, key: str) -> CitingPlace:
    citation = next((each for each in graph.of_place(key) if is_entry(each)), None)
    if citation is None:
        raise _refused("there is no such entry any more. Look at the list again")
    return citation


def _refused(problem: str) -> ContentError:
    return ContentError.at(Location("the place"), problem)
