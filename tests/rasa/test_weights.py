from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.rasa.weights import IntentWeights

HELLO, BYE, ASK = np.eye(3, 384, dtype=np.float32)


@pytest.fixture
def weights() -> IntentWeights:
    vectors = np.stack([HELLO, HELLO, BYE, BYE, ASK, ASK])
    texts = ["hello", "hi", "bye", "bye now", "may I?", "who is it?"]
    names = ["greet", "greet", "bye", "bye", "ask", "ask"]
    return IntentWeights.fit(texts, vectors, names, strength=10.0)


def test_every_name_is_ranked_and_the_shares_make_one(weights: IntentWeights) -> None:
    ranked = weights.rank("bye", BYE)
    assert ranked[0][0] == "bye"
    assert sorted(name for name, _ in ranked) == ["ask", "bye", "greet"]
    assert sum(share for _, share in ranked) == pytest.approx(1.0, abs=1e-5)


def test_words_count_beside_the_vector(weights: IntentWeights) -> None:
    between = (BYE + ASK) / np.float32(np.sqrt(2))
    assert weights.rank("now", between)[0][0] == "bye"
    assert weights.rank("well?", between)[0][0] == "ask"


def test_what_is_stored_ranks_as_what_was_fitted(weights: IntentWeights, tmp_path: Path) -> None:
    weights.save(tmp_path / "weights.npz")
    assert IntentWeights.load(tmp_path / "weights.npz").rank("hi", HELLO) == weights.rank(
        "hi", HELLO
    )


def test_numbers_alone_are_read(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    np.savez(path, names=np.array([{"run": "code"}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        IntentWeights.load(path)
