"""How fast search is, as ratios to the encoder alone, and what it needs where there is much.

`python -m bench.search` prints it for the content as it is, and beside made-up passages with
questions: with so few that they are found by their own text, and with enough to be found by these.
With FP_SEARCH_ENGINE=postgres it leaves tables behind: give it a database of its own.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import psutil

from bot.container import engine_of
from bot.settings import Settings
from knowledge.corpus import FEWEST_QUESTIONS, Corpus, Texts
from knowledge.documents import Document, Passage
from knowledge.encoder import Vectors
from knowledge.glossary import Glossary
from knowledge.index import Index
from knowledge.knowledge import Knowledge
from knowledge.library import Library
from knowledge.memory_engine import FaissStore
from knowledge.ranking import QUESTIONS_FETCHED, LinearHead
from knowledge.vector_rows import Numbers, VectorRows
from knowledge.weights import Learned

SYNTHETIC = 100_000
WORDS_A_PASSAGE = 40
WORDS_A_QUESTION = 8
NEIGHBOURS = 60
"""Between a text and one of its nearest lies a made-up one: as crowded as texts are, and new."""
COMPARED = 100
"""Questions whose nearest are looked for in both ways."""
SEED = 20261122
MADE_UP = Document("synthetic", "Made up", "nobody", "C", None, "", None, "", "")


@dataclass(frozen=True)
class Load:
    """So many passages with so many questions each."""

    passages: int
    questions_each: int

    @property
    def questions(self) -> int:
        return self.passages * self.questions_each

    @property
    def key(self) -> str:
        return f"bench{self.passages}x{self.questions_each}"

    def __str__(self) -> str:
        return f"{self.passages:,} passages with {self.questions_each} questions each"


LOADS = (Load(SYNTHETIC, 3), Load(SYNTHETIC // 2, FEWEST_QUESTIONS))
"""As many questions, 300,000: three a passage are read as sentences of it, six it is found by."""


@dataclass(frozen=True)
class Times:
    """Milliseconds of one call."""

    p50: float
    p95: float

    @classmethod
    def of(cls, call: Callable[[str], object], questions: Sequence[str]) -> Times:
        taken = []
        for question in questions:
            start = time.perf_counter()
            call(question)
            taken.append(1000 * (time.perf_counter() - start))
        return cls(float(np.quantile(taken, 0.5)), float(np.quantile(taken, 0.95)))

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f} ms, p95 {self.p95:.1f} ms"


def measure(settings: Settings) -> Iterator[str]:
    """Lines to print. Every question is new to the encoder's cache."""
    knowledge, index = opened(settings)
    questions = questions_of(knowledge)
    half = len(questions) // 2
    alone = Times.of(lambda q: knowledge.encoder.encode([f"{q} first"]), questions[:half])
    search = Times.of(lambda q: knowledge.search(f"{q} second"), questions[half:])
    yield f"encoder alone: {alone}"
    yield f"search, encoder included: {search}, {search.p95 / alone.p95:.2f} times at p95"
    yield f"of the {QUESTIONS_FETCHED} nearest of {LOADS[0].questions:,} questions found: " + (
        f"{found_in_cells(index):.3f}"
    )
    yield from measured_apart(settings, alone)


def measured_apart(settings: Settings, alone: Times) -> Iterator[str]:
    """Each load in a process of its own, for what one has needed is not given back at once."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh, max_tasks_per_child=1) as processes:
        yield from processes.map(partial(under, settings, alone), LOADS)


def under(settings: Settings, alone: Times, load: Load) -> str:
    """A line to print."""
    knowledge, index = opened(settings)
    before = _resident()
    library, grown_index = grown(index, knowledge.library, load)
    start = time.perf_counter()
    engine = engine_of(settings)(load.key)
    large = beside(knowledge, library, replace(grown_index, engine=engine))
    made = time.perf_counter() - start
    took = Times.of(lambda q: large.search(f"{q} third"), questions_of(knowledge))
    room, stored = _resident() - before, _vectors(grown_index.corpus)
    return (
        f"beside {load}: made ready in {made:.0f} s, with {room:.1f} GB more, {stored:.1f} of them"
        f" what an index has in its file; {took}, {took.p95 / alone.p95:.2f} times at p95"
    )


def opened(settings: Settings) -> tuple[Knowledge, Index]:
    knowledge = Knowledge.open(settings.state_dir, opens=engine_of(settings))
    index = Index.open(
        settings.state_dir / "index",
        knowledge.library,
        knowledge.questions,
        knowledge.relations,
        knowledge.encoder,
    )
    return knowledge, index


def questions_of(knowledge: Knowledge) -> list[str]:
    return [q for asked in knowledge.questions.answered.values() for q in asked[:2]]


def _vectors(corpus: Corpus) -> float:
    """GB."""
    kinds = (corpus.passages, corpus.sentences, corpus.questions)
    return sum(kind.vectors.nbytes + kind.retrieval.nbytes for kind in kinds) / 1e9


def _resident() -> float:
    """GB of this process."""
    return float(psutil.Process().memory_info().rss / 1e9)


def found_in_cells(index: Index) -> float:
    """Of the nearest of many vectors the share that is found where not all are looked at."""
    rng = np.random.default_rng(SEED)
    asked = index.corpus.gaps.vectors[:COMPARED]
    vectors = between(index.corpus.questions.vectors, LOADS[0].questions, rng)
    store = FaissStore(VectorRows.all_of(vectors))
    likeness = asked @ vectors.T
    right = np.argpartition(-likeness, QUESTIONS_FETCHED, axis=1)[:, :QUESTIONS_FETCHED]
    found = [store.nearest(vector, QUESTIONS_FETCHED)[0] for vector in asked]
    both = [len(np.intersect1d(*each)) for each in zip(found, right, strict=True)]
    return sum(both) / right.size


def beside(knowledge: Knowledge, library: Library, index: Index) -> Knowledge:
    """The same knowledge with another library and its index."""
    return Knowledge(
        library,
        knowledge.questions,
        knowledge.relations,
        Glossary.read(),
        knowledge.encoder,
        index,
        knowledge.heads,
        knowledge.costs,
    )


def grown(index: Index, library: Library, load: Load) -> tuple[Library, Index]:
    """Both with made-up passages and questions beside what there is."""
    rng = np.random.default_rng(SEED)
    vocabulary = sorted(index.words.known)
    texts = _texts(vocabulary, load.passages, WORDS_A_PASSAGE, rng)
    made = {
        f"{MADE_UP.id}.{n}": Passage(
            f"{MADE_UP.id}.{n}", MADE_UP.id, str(n), "", text, 0, 0, "paragraph"
        )
        for n, text in enumerate(texts)
    }
    larger = Library(
        {**library.documents, MADE_UP.id: MADE_UP}, {**library.passages, **made}, library.notices
    )
    asked = _texts(vocabulary, load.questions, WORDS_A_QUESTION, rng)
    first = len(library.passages)
    owners = np.arange(first, first + load.passages)
    corpus = index.corpus
    corpus = replace(
        corpus,
        passage_ids=larger.order,
        passages=_more(corpus.passages, texts, owners, rng),
        # Each passage is one sentence.
        sentences=_more(corpus.sentences, texts, owners, rng),
        questions=_more(corpus.questions, asked, np.repeat(owners, load.questions_each), rng),
    )
    return larger, replace(index, corpus=corpus, learned=_with_head(index, corpus, rng))


def _with_head(index: Index, corpus: Corpus, rng: np.random.Generator) -> Learned:
    """The classifier into passages has a row for each that is found by its questions."""
    weights = index.learned.passage_head.weights
    new = int(corpus.asked_about.sum()) - len(weights)
    drawn = weights[rng.integers(len(weights), size=new)]
    return replace(index.learned, passage_head=LinearHead(np.concatenate([weights, drawn])))


def _texts(
    vocabulary: Sequence[str], count: int, words: int, rng: np.random.Generator
) -> list[str]:
    return [" ".join(row) for row in rng.choice(vocabulary, (count, words))]


def _more(of: Texts, texts: Sequence[str], owners: Numbers, rng: np.random.Generator) -> Texts:
    return Texts(
        (*of.texts, *texts),
        np.concatenate([of.owners, owners]),
        np.concatenate([of.vectors, between(of.vectors, len(texts), rng)]),
        np.concatenate([of.retrieval, between(of.retrieval, len(texts), rng)]),
    )


def between(vectors: Vectors, count: int, rng: np.random.Generator) -> Vectors:
    """So many vectors of length one, each somewhere between a given one and one near to it."""
    near = np.argsort(-(vectors @ vectors.T), axis=1)[:, 1 : NEIGHBOURS + 1]
    one = rng.integers(len(vectors), size=count)
    other = near[one, rng.integers(near.shape[1], size=count)]
    share = rng.random((count, 1), dtype=np.float32)
    drawn = share * vectors[one] + (1 - share) * vectors[other]
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn


def main() -> None:
    for line in measure(Settings.read()):
        print(line, flush=True)


if __name__ == "__main__":
    main()
