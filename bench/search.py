"""How fast search is, as ratios to the encoder alone. `python -m bench.search`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.settings import Settings
from knowledge.corpus import Corpus, Texts
from knowledge.encoder import DIMENSIONS, Encoder, Vectors
from knowledge.knowledge import Knowledge
from knowledge.own_text import OwnText
from knowledge.ranking import LinearHead, Ranker
from knowledge.words import Words

SYNTHETIC = 100_000
WORDS_A_PASSAGE = 40
SEED = 20261122


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


def measure(knowledge: Knowledge) -> list[str]:
    """Lines to print. Every question is new to the encoder's cache."""
    questions = [q for asked in knowledge.questions.answered.values() for q in asked[:2]]
    alone = Times.of(
        lambda q: knowledge.encoder.encode([f"{q} first"]), questions[: len(questions) // 2]
    )
    search = Times.of(lambda q: knowledge.search(f"{q} second"), questions[len(questions) // 2 :])
    return [
        f"encoder alone: {alone}",
        f"search, encoder included: {search}, {search.p95 / alone.p95:.2f} times at p95",
        *_at_scale(knowledge.encoder, Words.read(questions), questions),
    ]


def _at_scale(encoder: Encoder, words: Words, questions: Sequence[str]) -> list[str]:
    corpus = _synthetic(words)
    ranker = Ranker(corpus, words, LinearHead(_nothing(SYNTHETIC)))
    own_text = OwnText.of(corpus, words)

    def by_questions(question: str) -> object:
        return ranker.candidates(question, encoder.query(f"{question} third"))

    def by_own_text(question: str) -> object:
        return own_text(question, encoder.retrieval_query(f"{question} fourth"))

    scale = f"over {SYNTHETIC:,} synthetic passages"
    return [
        f"search {scale}, with questions: {Times.of(by_questions, questions)}",
        f"search {scale}, by their own text: {Times.of(by_own_text, questions)}",
    ]


def _synthetic(words: Words) -> Corpus:
    chance = np.random.default_rng(SEED)
    vocabulary = np.array(sorted(words.known))
    drawn = chance.choice(vocabulary, (SYNTHETIC, WORDS_A_PASSAGE))
    vectors = chance.standard_normal((SYNTHETIC, DIMENSIONS), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    owners = np.arange(SYNTHETIC)
    passages = Texts(tuple(" ".join(row) for row in drawn), owners, vectors, vectors)
    none = np.empty((0, DIMENSIONS), dtype=np.float32)
    empty = Texts((), np.empty(0, dtype=np.int64), none, none)
    ids = tuple(f"synthetic.{n}" for n in owners)
    return Corpus(ids, passages, passages, empty, (), empty, (), empty)


def _nothing(classes: int) -> Vectors:
    return np.zeros((classes, DIMENSIONS + 1), dtype=np.float32)


def main() -> None:
    for line in measure(Knowledge.open(Settings.read().state_dir)):
        print(line)


if __name__ == "__main__":
    main()
