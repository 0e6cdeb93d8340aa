from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.text_features import PLACES, VECTOR_WEIGHS, features, grams, sparse_features

NOTHING = np.zeros((1, 384), np.float32)


def likeness(first: str, second: str) -> float:
    one, other = grams([first, second])
    return float(one @ other)


def test_a_slip_of_the_keyboard_leaves_most_letters() -> None:
    slipped = likeness("she is not breathing", "shes not breatihng")
    assert slipped > likeness("she is not breathing", "he was dancing") + 0.2


def test_a_not_makes_a_difference() -> None:
    assert likeness("she is safe", "she is not safe") < likeness("she is safe", "she is safe") - 0.1


def test_case_and_curly_apostrophes_make_none() -> None:
    assert likeness("He’s outside", "he's OUTSIDE") > 1.999


@given(st.text(max_size=80))
def test_each_half_has_length_one_or_nothing(text: str) -> None:
    row = grams([text])[0]
    for half in (row[:PLACES], row[PLACES:]):
        assert np.isclose(np.linalg.norm(half), 1.0, atol=1e-4) or not half.any()


def test_the_vector_comes_first_and_the_sparse_form_is_the_same() -> None:
    texts = ["who do I tell?", "thanks"]
    vectors = np.eye(2, 384, dtype=np.float32)
    dense = features(texts, vectors)
    assert dense[0, 0] == VECTOR_WEIGHS
    assert np.array_equal(sparse_features(texts, vectors).toarray(), dense)
