"""The weights that are shipped were trained from the lists and the code that are here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from shutil import copytree

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.understanding.personal_data import training
from bot.understanding.personal_data.features import features
from bot.understanding.personal_data.invented import Message, Messages, People, misspelt
from bot.understanding.personal_data.lexicon import Lexicon
from bot.understanding.personal_data.tagger import WEIGHTS, Tagger
from bot.understanding.personal_data.tokens import tokens_of
from bot.understanding.personal_data.training import _Chain, _loss
from bot.understanding.weights import made_from
from tests.shipped import SAFETY


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(SAFETY)


def test_the_weights_were_trained_from_what_is_here() -> None:
    assert made_from(SAFETY / WEIGHTS) == training.fingerprint(SAFETY), (
        "What names are learnt from has changed. Train again:"
        " python -m bot.understanding.personal_data.training"
    )


@pytest.fixture
def data(tmp_path: Path) -> Path:
    copytree(SAFETY / "names", tmp_path / "names")
    (tmp_path / "names.yaml").write_bytes((SAFETY / "names.yaml").read_bytes())
    return tmp_path


@pytest.mark.parametrize("name", ["names.yaml", "names/frames.txt", "names/first_names.txt"])
def test_another_line_calls_for_training(name: str, data: Path) -> None:
    before = training.fingerprint(data)
    assert before == training.fingerprint(SAFETY)
    with (data / name).open("a", encoding="utf-8") as file:
        file.write("another line\n")
    assert training.fingerprint(data) != before


@pytest.mark.parametrize("name", ["VERSION", "SEED", "PENALTY", "SHARE"])
def test_another_parameter_calls_for_training(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = training.fingerprint(SAFETY)
    monkeypatch.setattr(training, name, 7)
    assert training.fingerprint(SAFETY) != before


def test_a_message_says_where_its_names_are() -> None:
    message = Message.marked("mum <<Jade>> and <<WALSH, Kieran>>")
    assert message.text == "mum Jade and WALSH, Kieran"
    assert [message.text[start:end] for start, end in message.names] == ["Jade", "WALSH, Kieran"]


def frames() -> Iterator[str]:
    yield from training.lines(SAFETY / "names" / "frames.txt")
    yield from training.lines(SAFETY / "names" / "nameless.txt")


def test_every_frame_is_filled(lexicon: Lexicon) -> None:
    chance = Random(1)
    invent = Messages(People(lexicon, chance), ["ashby"], chance)
    for frame in frames():
        message = Message.marked(invent.framed(frame))
        assert not any(mark in message.text for mark in ("{p}", "{f}", "{n}", "<<", ">>")), frame
        assert all(message.text[start:end].strip() for start, end in message.names), frame


def test_names_keep_their_letters_where_words_are_misspelt() -> None:
    text = "would <<kieranwalsh>> think nothing about leaving"
    typed = misspelt(text, Random(1), 1.0)
    assert "<<kieranwalsh>>" in typed
    assert "nothing" not in typed


def test_the_slope_is_that_of_the_loss() -> None:
    """Against differences, on two messages of two and one words."""
    chance = np.random.default_rng(1)
    alone = csr_matrix(np.array([[1, 0, 0], [0, 1, 0], [1, 1, 0]], np.float32))
    both = csr_matrix(np.array([[0, 0, 1], [0, 0, 1], [0, 0, 1]], np.float32))
    chain, named = _Chain(np.array([2, 1])), np.array([1.0, 1.0, 0.0])
    weights = chance.normal(size=3)
    loss, slope = _loss(weights, alone, both, chain, named)
    for at in range(3):
        step = np.zeros(3)
        step[at] = 1e-2
        more, _ = _loss(weights + step, alone, both, chain, named)
        less, _ = _loss(weights - step, alone, both, chain, named)
        assert (more - less) / 2e-2 == pytest.approx(slope[at], abs=1e-3)
    assert loss > 0


def test_what_is_learnt_tells_names_from_words(lexicon: Lexicon) -> None:
    told = ["then <<Kieran>> said no", "then nobody said no", "<<Kieran>> did it", "we did it"]
    seen = training.seen_of([Message.marked(text) for text in told * 20], lexicon)
    tagger = Tagger(training.fitted(seen), 0.5)
    text = "and Tadeusz said no"
    chances = tagger.chances(features(text, tokens_of(text), lexicon.kind))
    assert [chance > 0.5 for chance in chances] == [False, True, False, False]
