"""What is measured: the search itself, and two baselines on the same passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import bm25s
import numpy as np

from bot.evaluation.items import Item
from knowledge.corpus import indexed_text
from knowledge.findings import Verdict
from knowledge.knowledge import Knowledge
from knowledge.words import WORD, plain

DEPTH = 10


@dataclass(frozen=True)
class Ranking:
    """Passage ids, best first. `verdict` is None for a system that never declines."""

    passages: tuple[str, ...]
    verdict: Verdict | None


class System(Protocol):
    name: str

    def __call__(self, item: Item) -> Ranking: ...


class Ours:
    name = "search"

    def __init__(self, knowledge: Knowledge):
        self._knowledge = knowledge

    def __call__(self, item: Item) -> Ranking:
        found = self._knowledge.search(item.q, DEPTH, context=item.context)
        return Ranking(tuple(hit.passage_id for hit in found.hits), found.verdict)


class WordsAlone:
    """BM25 over the passages, nothing else."""

    name = "BM25 alone"

    def __init__(self, knowledge: Knowledge):
        self._ids = knowledge.library.order
        self._model = bm25s.BM25()
        texts = [indexed_text(passage) for passage in knowledge.library.passages.values()]
        self._model.index([WORD.findall(plain(text)) for text in texts], show_progress=False)

    def __call__(self, item: Item) -> Ranking:
        words = [w for w in WORD.findall(plain(_said(item))) if w in self._model.vocab_dict]
        scores = self._model.get_scores(words) if words else np.zeros(len(self._ids))
        return _ranking(self._ids, scores)


class EncoderAlone:
    """Cosine between the question and each passage, nothing else."""

    name = "encoder alone"

    def __init__(self, knowledge: Knowledge):
        self._ids = knowledge.library.order
        self._encoder = knowledge.encoder
        texts = [indexed_text(passage) for passage in knowledge.library.passages.values()]
        self._vectors = knowledge.encoder.encode(texts)

    def __call__(self, item: Item) -> Ranking:
        return _ranking(self._ids, self._vectors @ self._encoder.query(_said(item)))


def _said(item: Item) -> str:
    return " ".join([*item.context[-1:], item.q])


def _ranking(ids: tuple[str, ...], scores: np.ndarray) -> Ranking:
    return Ranking(tuple(ids[n] for n in np.argsort(-scores, kind="stable")[:DEPTH]), None)
