"""How fast search is, as ratios to the encoder alone. `python -m bench.search`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.settings import Settings
from knowledge.corpus import Corpus, Texts
from knowledge.documents import Document, Passage
from knowledge.encoder import DIMENSIONS
from knowledge.glossary import Glossary
from knowledge.index import Index
from knowledge.knowledge import Knowledge
from knowledge.library import Library

SYNTHETIC = 100_000
WORDS_A_PASSAGE = 40
SEED = 20261122
MADE_UP = Document("synthetic", "Made up", "nobody", "C", None, "", None, "", "")


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


def measure(state_dir: Path) -> list[str]:
    """Lines to print. Every question is new to the encoder's cache."""
    knowledge = Knowledge.open(state_dir)
    questions = [q for asked in knowledge.questions.answered.values() for q in asked[:2]]
    alone = Times.of(
        lambda q: knowledge.encoder.encode([f"{q} first"]), questions[: len(questions) // 2]
    )
    search = Times.of(lambda q: knowledge.search(f"{q} second"), questions[len(questions) // 2 :])
    start = time.perf_counter()
    grown = beside_synthetic(knowledge, state_dir)
    made = time.perf_counter() - start
    large = Times.of(lambda q: grown.search(f"{q} third"), questions)
    return [
        f"encoder alone: {alone}",
        f"search, encoder included: {search}, {search.p95 / alone.p95:.2f} times at p95",
        f"the same beside {SYNTHETIC:,} synthetic passages, made ready in {made:.0f} s: {large},"
        f" {large.p95 / alone.p95:.2f} times at p95",
    ]


def beside_synthetic(knowledge: Knowledge, state_dir: Path) -> Knowledge:
    """The same knowledge with passages that nobody has written questions for."""
    before = knowledge.library
    index = Index.open(
        state_dir / "index", before, knowledge.questions, knowledge.relations, knowledge.encoder
    )
    texts = _texts(sorted(index.words.known))
    made = {
        f"{MADE_UP.id}.{n}": Passage(
            f"{MADE_UP.id}.{n}", MADE_UP.id, str(n), "", text, 0, 0, "paragraph"
        )
        for n, text in enumerate(texts)
    }
    library = Library(
        {**before.documents, MADE_UP.id: MADE_UP}, {**before.passages, **made}, before.notices
    )
    return Knowledge(
        library,
        knowledge.questions,
        knowledge.relations,
        Glossary.read(),
        knowledge.encoder,
        replace(index, corpus=_grown(index.corpus, library, texts)),
        knowledge.heads,
        knowledge.costs,
    )


def _texts(vocabulary: Sequence[str]) -> list[str]:
    drawn = np.random.default_rng(SEED).choice(vocabulary, (SYNTHETIC, WORDS_A_PASSAGE))
    return [" ".join(row) for row in drawn]


def _grown(corpus: Corpus, library: Library, texts: Sequence[str]) -> Corpus:
    """Each is one sentence, with a vector that means nothing."""
    vectors = np.random.default_rng(SEED).standard_normal((len(texts), DIMENSIONS), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    owners = np.arange(len(corpus.passage_ids), len(library.passages))

    def more(of: Texts) -> Texts:
        return Texts(
            (*of.texts, *texts),
            np.concatenate([of.owners, owners]),
            np.concatenate([of.vectors, vectors]),
            np.concatenate([of.retrieval, vectors]),
        )

    return replace(
        corpus,
        passage_ids=library.order,
        passages=more(corpus.passages),
        sentences=more(corpus.sentences),
    )


def main() -> None:
    for line in measure(Settings.read().state_dir):
        print(line)


if __name__ == "__main__":
    main()
