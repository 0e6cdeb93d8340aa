"""The weights that are shipped were trained from the examples and the code that are here."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest
from bot.understanding.safety.weights import made_from

from bot.understanding.safety import training
from tests.shipped import SAFETY

pytestmark = pytest.mark.encoder  # It imports torch, which takes seconds.


@pytest.fixture
def data(tmp_path: Path) -> Path:
    copytree(SAFETY / "examples", tmp_path / "examples")
    (tmp_path / "danger.yaml").write_bytes((SAFETY / "danger.yaml").read_bytes())
    return tmp_path


@pytest.mark.parametrize("name", ["head.npz", "prefilter.npz"])
def test_the_weights_were_trained_from_what_is_here(name: str) -> None:
    assert made_from(SAFETY / name) == training.fingerprint(SAFETY), (
        "What danger is learnt from has changed. Train again:"
        " python -m bot.understanding.safety.training"
    )


@pytest.mark.parametrize("path", sorted((SAFETY / "examples").glob("*.txt")), ids=lambda p: p.stem)
def test_another_example_calls_for_training(path: Path, data: Path) -> None:
    before = training.fingerprint(data)
    assert before == training.fingerprint(SAFETY)
    examples = data / "examples" / path.name
    examples.write_text(
        f"{examples.read_text('utf-8')}\n# a comment, and a blank line\n\n", "utf-8"
    )
    assert training.fingerprint(data) == before
    examples.write_text(f"{examples.read_text('utf-8')}one more example\n", "utf-8")
    assert training.fingerprint(data) != before


def test_another_pattern_calls_for_training(data: Path) -> None:
    before = training.fingerprint(data)
    patterns = data / "danger.yaml"
    patterns.write_text(f"{patterns.read_text('utf-8')}\n# a comment\n", "utf-8")
    assert training.fingerprint(data) == before
    patterns.write_text(f"{patterns.read_text('utf-8')}\nanother: [pattern]\n", "utf-8")
    assert training.fingerprint(data) != before


@pytest.mark.parametrize("name", ["VERSION", "SEED", "THRESHOLDS", "WINDOW", "VECTOR_WEIGHS"])
def test_another_parameter_calls_for_training(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = training.fingerprint(SAFETY)
    monkeypatch.setattr(training, name, "another")
    assert training.fingerprint(SAFETY) != before


def test_another_encoder_calls_for_training(monkeypatch: pytest.MonkeyPatch) -> None:
    before = training.fingerprint(SAFETY)
    monkeypatch.setattr(training, "MODEL_SHA256", "another")
    assert training.fingerprint(SAFETY) != before
