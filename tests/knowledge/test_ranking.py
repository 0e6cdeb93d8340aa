"""Candidates for a question, and that their making grows no faster than what is searched."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from knowledge.corpus import Corpus, Texts
from knowledge.ranking import QUESTIONS_FETCHED, VIEWS, LinearHead, Ranker, RowsByOwner
from knowledge.words import Words

OWNERS = np.array([2, 0, 2, 2], np.int64)
DIRECTIONS = np.eye(4, dtype=np.float32)
"""What each text is about, as if an encoder had said so."""


def test_rows_by_owner() -> None:
    rows = RowsByOwner.of(OWNERS, 3)
    assert [rows(owner).tolist() for owner in range(3)] == [[1], [], [0, 2, 3]]
    assert rows.table(np.array([2, 1, 0])).tolist() == [[0, 2, 3], [-1, -1, -1], [1, -1, -1]]
    assert rows.table(np.array([0]), least=3).tolist() == [[1, -1, -1]]


def test_rows_of_nobody() -> None:
    none = RowsByOwner.of(OWNERS[:0], 2)
    assert none.table(np.array([0, 1]), least=2).tolist() == [[-1, -1], [-1, -1]]
    assert none.table(OWNERS[:0]).shape == (0, 1)


def test_one_owner_of_many_rows_costs_the_others_nothing() -> None:
    """A table with a row an owner, as long as the longest, would have 16 times as much for four
    times as many."""

    def most_room(count: int) -> int:
        owners = np.concatenate([np.arange(count), np.zeros(count, np.int64)])
        tracemalloc.start()
        RowsByOwner.of(owners, count)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert most_room(40_000) < 5 * most_room(10_000)


def texts(*pairs: tuple[str, int, int]) -> Texts:
    """(text, owner, direction)."""
    vectors = DIRECTIONS[[direction for _, _, direction in pairs]]
    owners = np.array([owner for _, owner, _ in pairs], np.int64)
    return Texts(tuple(text for text, _, _ in pairs), owners, vectors, vectors)


def ranker(questions: Texts) -> Ranker:
    passages = texts(("fire", 0, 0), ("a bruise", 1, 1))
    nothing = texts()
    corpus = Corpus(("a", "b"), passages, nothing, questions, (), nothing, (), nothing)
    words = Words({}, (), ("the", "a"))
    return Ranker(corpus, words, LinearHead(np.zeros((2, 5), np.float32)))


def test_a_passage_is_as_near_as_its_three_nearest_questions_are_on_average() -> None:
    asked = texts(("q", 0, 2), ("q", 0, 2), ("q", 0, 2), ("q", 0, 3), ("q", 1, 2))
    found = ranker(asked).candidates("anything", DIRECTIONS[2])
    assert found.numbers.tolist() == [0, 1]
    assert found.views[:, VIEWS.index("questions")].tolist() == pytest.approx([1, 1 / 3])
    assert found.questions.tolist() == [1, 1, 1, 1, 0]


def test_of_questions_no_more_are_told_of_than_are_fetched() -> None:
    many = texts(*(("q", n % 2, n % 4) for n in range(2 * QUESTIONS_FETCHED)))
    found = ranker(many).candidates("anything", DIRECTIONS[2])
    assert len(found.questions) == QUESTIONS_FETCHED
