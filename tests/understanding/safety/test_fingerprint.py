"""The weights that are shipped were trained from the messages and the code that are here."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from bot.settings import HOME
from bot.understanding.training import augmentation, tuning, weights
from bot.understanding.weights import made_from
from tests.shipped import SAFETY

pytestmark = pytest.mark.encoder  # It imports torch, which takes seconds.

READ = sorted(
    path.relative_to(HOME).as_posix()
    for path in [*(SAFETY / "examples").glob("*.txt"), *HOME.glob("data/messages/*.jsonl")]
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for folder in ("data/safety/examples", "data/messages"):
        copytree(HOME / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize(
    "name", [weights.DANGER_HEAD.as_posix(), weights.PREFILTER.as_posix(), "knowledge/heads.npz"]
)
def test_the_weights_were_trained_from_what_is_here(name: str) -> None:
    assert made_from(HOME / name) == weights.fingerprint(HOME), (
        "What messages are read by has changed. Train again: python -m bot.understanding.training"
    )


@pytest.mark.parametrize("name", READ)
def test_another_message_calls_for_training(name: str, home: Path) -> None:
    before = weights.fingerprint(home)
    assert before == weights.fingerprint(HOME)
    with (home / name).open("a", encoding="utf-8") as file:
        file.write("one more message\n")
    assert weights.fingerprint(home) != before


def test_a_comment_among_the_examples_calls_for_none(home: Path) -> None:
    before = weights.fingerprint(home)
    with (home / "data/safety/examples/self_harm.txt").open("a", encoding="utf-8") as file:
        file.write("\n# a comment, and a blank line\n\n")
    assert weights.fingerprint(home) == before


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (weights, "VERSION"),
        (weights, "SEED"),
        (weights, "MODEL_SHA256"),
        (weights, "TRUNK"),
        (augmentation, "JOINED"),
        (augmentation, "ROLES"),
        (augmentation, "PERSON"),
        (tuning, "EPOCHS"),
        (tuning, "TUNED_AT"),
        (tuning, "KINDS"),
    ],
)
def test_another_parameter_calls_for_training(
    module: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = weights.fingerprint(HOME)
    monkeypatch.setattr(module, name, "another")
    assert weights.fingerprint(HOME) != before
