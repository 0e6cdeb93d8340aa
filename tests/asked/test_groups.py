from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
import yaml
from numpy.typing import NDArray

from bench import likeness
from bot.asked.groups import APART, AlikeQuestions, together
from bot.asked.store import AskedTally
from bot.settings import Settings
from knowledge.encoder import Encoder

DAY = date(2026, 11, 21)


def tally(text: str, count: int = 1) -> AskedTally:
    return AskedTally(text, count, DAY, DAY, ("not_found",), ("",), ("shipped",), ())


def by_first_word(texts: Sequence[str]) -> NDArray[np.float32]:
    """Questions are alike where they begin with the same letter."""
    rows = np.zeros((len(texts), 26), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        row[ord(text[0]) - ord("a")] = 1
    return rows


def test_alike_questions_are_one_group_and_the_most_asked_comes_first() -> None:
    asked = [tally("b1"), tally("a1", 3), tally("b2", 4), tally("b3")]
    first, second = AlikeQuestions(by_first_word).groups(asked)
    assert (first.typical, first.count) == ("b2", 6)
    assert [each.text for each in first.questions] == ["b2", "b1", "b3"]
    assert (second.typical, second.count) == ("a1", 3)


def test_the_same_questions_in_any_order_give_the_same_groups() -> None:
    asked = [tally(f"{first} question {n}", n) for first in "abc" for n in range(1, 5)]
    groups = AlikeQuestions(by_first_word).groups
    assert groups(asked) == groups(asked[::-1])
    assert [len(each.questions) for each in groups(asked)] == [4, 4, 4]


def test_only_new_questions_are_read() -> None:
    read: list[str] = []

    def vectors(texts: Sequence[str]) -> NDArray[np.float32]:
        read.extend(texts)
        return by_first_word(texts)

    alike = AlikeQuestions(vectors)
    assert alike.groups([]) == []
    alike.groups([tally("a"), tally("b")])
    alike.groups([tally("b"), tally("c")])
    assert read == ["a", "b", "c"]


def test_one_question_is_a_group_whose_id_is_not_its_words() -> None:
    (group,) = AlikeQuestions(by_first_word).groups([tally("who is the lado", 2)])
    assert (group.typical, group.count, group.first, group.last) == ("who is the lado", 2, DAY, DAY)
    assert "lado" not in group.id


def test_a_chain_of_questions_each_near_to_the_next_is_no_group() -> None:
    angles = np.array([0.0, 0.9, 1.4])  # Distances of .38 and .12, and .83 from end to end.
    labels = together(np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32))
    assert labels[0] != labels[1] == labels[2]


@pytest.mark.encoder
def test_how_far_apart_is_what_the_bench_chooses_on_one_half() -> None:
    read = yaml.safe_load(likeness.SET.read_text("utf-8"))
    texts = [text for part in ("choose", "report") for group in read[part] for text in group]
    assert len(texts) == len(set(texts)) > 60
    encoder = Encoder.open(Settings.read().models_dir)
    choose = likeness.half(encoder, read["choose"])
    best = max(likeness.ways(), key=lambda way: choose.grouped(*way).score)
    assert best == ("average", APART)


@pytest.mark.encoder
def test_by_their_meaning() -> None:
    asked = [
        tally("who is the lado"),
        tally("how do i contact the lado"),
        tally("what is the lado"),
        tally("will it rain tomorrow"),
    ]
    encoder = Encoder.open(Settings.read().models_dir)
    groups = AlikeQuestions(encoder.retrieval).groups(asked)
    assert [len(each.questions) for each in groups] == [3, 1]
