"""The index on disk: one for each content, built from the data files, checked at every start."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap

from knowledge.corpus import Corpus, assemble, texts_of
from knowledge.documents import document_files
from knowledge.encoder import Encoder, Vectors, text_reading
from knowledge.files import read_json_lines
from knowledge.kept_vectors import KeptVectors
from knowledge.library import FOLDER, Library
from knowledge.memory_engine import in_memory
from knowledge.passage_questions import MISTAKEN_FOR
from knowledge.questions import Questions
from knowledge.relations import Relations
from knowledge.search_engine import OpensEngine, SearchEngine
from knowledge.weights import Learned
from knowledge.words import Words

SCHEMA = 6
BATCH = 256
INPUTS = (
    "questions.jsonl",
    "relations.yaml",
    "words.yaml",
)
TOPICS = MISTAKEN_FOR
"""Of these only what is asked goes into an index, and not what is replied to it: another wording of
that is answered from at once."""
MANIFEST = "manifest.json"
VECTORS = "vectors.npy"
OUTPUTS = (VECTORS, "learned.npz", "phrases.json")
EMBEDDED = "vectors.db"
KEPT = 3
"""So many indexes stay: an edition that is taken back is answered from at once."""

log = logging.getLogger(__name__)
ProgressCallback = Callable[[int, int], None]


@dataclass(frozen=True)
class Manifest:
    """What an index was built from, and the hash of every file of it."""

    schema: int
    model: str
    inputs: dict[str, str]
    outputs: dict[str, str]

    @classmethod
    def wanted(cls, folder: Path) -> Manifest:
        documents = (file.relative_to(folder).as_posix() for file in document_files(folder))
        inputs = _hashes(folder, [*INPUTS, *documents])
        inputs |= {name: _sha256_of_questions(folder / name) for name in TOPICS}
        return cls(SCHEMA, text_reading(), inputs, {})

    @cached_property
    def key(self) -> str:
        """By it the index of this content is found among the others."""
        made_from = json.dumps(asdict(replace(self, outputs={})), sort_keys=True)
        return hashlib.sha256(made_from.encode()).hexdigest()[:12]

    @classmethod
    def read(cls, index_dir: Path) -> Manifest:
        return cls(**json.loads((index_dir / MANIFEST).read_text(encoding="utf-8")))

    def write(self, index_dir: Path) -> None:
        text = json.dumps(asdict(self), indent=1)
        (index_dir / MANIFEST).write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Index:
    corpus: Corpus
    words: Words
    learned: Learned
    engine: SearchEngine

    @classmethod
    def open(
        cls,
        indexes_dir: Path,
        library: Library,
        questions: Questions,
        relations: Relations,
        encoder: Encoder,
        progress: ProgressCallback | None = None,
        folder: Path = FOLDER,
        opens: OpensEngine = in_memory,
    ) -> Index:
        """Load the index of this content; build it when it is missing or damaged. `opens`: the
        engine that it is searched with.

        Those of other contents stay as they are meanwhile, and the last of them afterwards.
        """
        texts = [text for part in texts_of(library, questions) for text, _ in part]
        words = Words.read(texts, folder)
        wanted = Manifest.wanted(folder)
        index_dir = indexes_dir / wanted.key
        trouble = trouble_with(index_dir, wanted)
        if trouble:
            log.info("Building the index: %s.", trouble)
            _embed(texts, encoder, indexes_dir / EMBEDDED, progress)
            fresh = _fresh(index_dir)
            _write_vectors(texts, indexes_dir / EMBEDDED, fresh / VECTORS)
            corpus = assemble(library, questions, _vectors(fresh))
            _learn(corpus, words, relations).save(fresh)
            _finish(fresh, index_dir, wanted)
        _prune(indexes_dir, index_dir)
        corpus = assemble(library, questions, _vectors(index_dir))
        return cls(corpus, words, Learned.load(index_dir), opens(wanted.key))


def trouble_with(index_dir: Path, wanted: Manifest) -> str | None:
    """Why the index cannot be used as it is, or None."""
    try:
        found = Manifest.read(index_dir)
        whole = _hashes(index_dir, OUTPUTS) == found.outputs
    except FileNotFoundError:
        return "there is none yet, or a part of it is missing"
    except (ValueError, TypeError):
        return "its manifest cannot be read"
    if replace(found, outputs={}) != wanted:
        return "the sources, the questions or the model have changed"
    return None if whole else "its files are damaged"


def _embed(
    texts: Sequence[str],
    encoder: Encoder,
    kept_in: Path,
    progress: ProgressCallback | None,
) -> None:
    """What was embedded for another content is not embedded again."""
    kept_in.parent.mkdir(parents=True, exist_ok=True)
    with KeptVectors(kept_in) as kept:
        new = kept.missing(texts)
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            kept.add(batch, encoder.indexed(batch))
            if progress:
                progress(start + len(batch), len(new))
        kept.forget_beside(texts)


def _write_vectors(texts: Sequence[str], kept_in: Path, written_to: Path) -> None:
    """A row a text. In memory is no more than a batch of them."""
    with KeptVectors(kept_in) as kept:
        shape = (len(texts), kept.of(texts[:1]).shape[1])
        rows = open_memmap(written_to, mode="w+", dtype=np.float32, shape=shape)
        for start in range(0, len(texts), BATCH):
            rows[start : start + BATCH] = kept.of(texts[start : start + BATCH])
        rows.flush()


def _vectors(index_dir: Path) -> Vectors:
    """In the file: what is not looked at takes no memory, and what is, no more than is spare."""
    vectors: Vectors = np.load(index_dir / VECTORS, mmap_mode="r").view(np.ndarray)
    return vectors


def _learn(corpus: Corpus, words: Words, relations: Relations) -> Learned:
    # Imported late: scikit-learn and SciPy are needed to build an index, not to use one.
    from knowledge.training import learn

    learned_from = corpus.only_asked_about()
    numbers = {passage_id: n for n, passage_id in enumerate(learned_from.passage_ids)}
    same = (frozenset(numbers[p] for p in group if p in numbers) for group in relations.same)
    return learn(learned_from, words, [group for group in same if group])


def _fresh(index_dir: Path) -> Path:
    """An empty folder for what becomes the index."""
    fresh = index_dir.with_name(f"{index_dir.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    return fresh


def _finish(fresh: Path, index_dir: Path, wanted: Manifest) -> None:
    replace(wanted, outputs=_hashes(fresh, OUTPUTS)).write(fresh)
    shutil.rmtree(index_dir, ignore_errors=True)
    fresh.rename(index_dir)


def _prune(indexes_dir: Path, used: Path) -> None:
    """Of the indexes those used last stay. Files here, but for the vectors that are kept, are of
    earlier releases."""
    used.touch()
    for left in (MANIFEST, *OUTPUTS, "vectors.npz"):
        (indexes_dir / left).unlink(missing_ok=True)
    folders = [path for path in indexes_dir.iterdir() if path.is_dir()]
    for old in sorted(folders, key=lambda path: path.stat().st_mtime_ns)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _hashes(folder: Path, names: Sequence[str]) -> dict[str, str]:
    return {name: _sha256(folder / name) for name in names}


def _sha256_of_questions(file: Path) -> str:
    asked = [[line.value["id"], line.value["questions"]] for line in read_json_lines(file)]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
