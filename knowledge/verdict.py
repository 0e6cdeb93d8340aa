"""Whether the sources answer a question: evidence, and a calibrated decision on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.corpus import ANSWERED, GAP, OUT_OF_SCOPE, Corpus, Texts
from knowledge.encoder import Vectors
from knowledge.ranking import VIEWS, Candidates, Floats, LinearHead
from knowledge.words import plain

EVIDENCE = (
    "nearest answered",
    "nearest gaps",
    "nearest out of scope",
    "five nearest answered",
    "five nearest gaps",
    "five nearest out of scope",
    "closest answered over gaps",
    "closest answered over out of scope",
    "vote answered",
    "vote out of scope",
    "head answered",
    "head gap",
    "head out of scope",
    "phrases answered",
    "phrases gap",
    "phrases out of scope",
    "ranking score",
    "ranking lead",
    "ranking share",
    "word score",
)
NEAREST = 5
VOTERS = 20
SHARPNESS = 10.0
CLOSENESS = 30.0
PHRASE_WORDS = 3
TOKEN = re.compile(r"[a-z0-9]+")


def phrases(text: str) -> list[str]:
    """Every run of one to three words: how a question asks, not only what about."""
    words = TOKEN.findall(plain(text))
    return [
        " ".join(words[start : start + length])
        for length in range(1, PHRASE_WORDS + 1)
        for start in range(len(words) - length + 1)
    ]


@dataclass(frozen=True)
class PhraseHead:
    """A linear classifier over the phrases of a question, weighted by rarity."""

    columns: dict[str, int]
    rarity: Floats
    weights: Floats  # (3, phrases + 1), bias last

    def __call__(self, text: str) -> Floats:
        found, times = np.unique(
            [self.columns[phrase] for phrase in phrases(text) if phrase in self.columns],
            return_counts=True,
        )
        bias = self.weights[:, -1]
        if not len(found):
            return bias
        columns = found.astype(np.int64)
        values = (1 + np.log(times)) * self.rarity[columns]
        logits: Floats = self.weights[:, columns] @ (values / np.linalg.norm(values)) + bias
        return logits


class Evidence:
    """What speaks for and against an answer being in the sources."""

    def __init__(self, corpus: Corpus, head: LinearHead, phrase_head: PhraseHead):
        self.head = head
        self.phrase_head = phrase_head
        self._unanswered = np.concatenate([corpus.gaps.vectors, corpus.out_of_scope.vectors])
        self._gaps = len(corpus.gaps.texts)

    def __call__(self, text: str, vector: Vectors, found: Candidates, scores: Floats) -> Floats:
        """One value for each name in EVIDENCE."""
        unanswered = self._unanswered @ vector
        parts = (found.questions, unanswered[: self._gaps], unanswered[self._gaps :])
        nearest = [np.partition(part, -NEAREST)[-NEAREST:] for part in parts]
        closest = [np.logaddexp.reduce(CLOSENESS * part) / CLOSENESS for part in nearest]
        votes = _votes(parts)
        second, first = np.partition(scores, -2)[-2:]
        return np.array(
            [
                *(part.max() for part in nearest),
                *(part.mean() for part in nearest),
                closest[ANSWERED] - closest[GAP],
                closest[ANSWERED] - closest[OUT_OF_SCOPE],
                votes[ANSWERED],
                votes[OUT_OF_SCOPE],
                *_log_shares(self.head(vector)),
                *_log_shares(self.phrase_head(text)),
                first,
                first - second,
                first - np.logaddexp.reduce(scores),
                found.views[:, VIEWS.index("words")].max(),
            ],
            dtype=np.float32,
        )


def _votes(parts: Sequence[Floats]) -> Floats:
    """Of the nearest questions whatever their kind the share of each kind, the nearer the more.
    `parts`: the likeness of those that are answered, of gaps and out of scope."""
    likeness = np.concatenate(parts)
    kinds = np.repeat([ANSWERED, GAP, OUT_OF_SCOPE], [len(part) for part in parts])
    nearest = np.argpartition(-likeness, VOTERS)[:VOTERS]
    weights = np.exp(SHARPNESS * likeness[nearest])
    votes: Floats = np.bincount(kinds[nearest], weights, minlength=3) / weights.sum()
    return votes


def nearest_topic(topics: Texts, vector: Vectors) -> int:
    """The owner whose three nearest questions are likest, among the owners of the ten nearest."""
    likeness = topics.vectors @ vector
    near = np.unique(topics.owners[np.argpartition(-likeness, 10)[:10]])
    means = [np.sort(likeness[topics.owners == owner])[-3:].mean() for owner in near]
    return int(near[np.argmax(means)])


def likeness_to(topics: Texts, passages: Vectors) -> Floats:
    """Of every owner of the topics' questions how like these are to the nearest of the passages, on
    average; 0 for one without questions. `passages`: retrieval vectors, one a row."""
    nearest = (topics.retrieval @ passages.T).max(axis=1)
    counts = np.bincount(topics.owners)
    return (np.bincount(topics.owners, nearest) / np.maximum(counts, 1)).astype(np.float32)


def _log_shares(logits: Floats) -> Floats:
    shares: Floats = logits - np.logaddexp.reduce(logits)
    return shares


@dataclass(frozen=True)
class Decision:
    """Calibrated chances that a question is answered, a gap, or out of scope."""

    weights: Floats  # (3, evidence + 1), bias last
    least_chance: float

    def chances(self, evidence: Floats) -> Floats:
        logits = self.weights[:, :-1] @ evidence + self.weights[:, -1]
        chances: Floats = np.exp(_log_shares(logits))
        return chances

    def kind(self, chances: Sequence[float] | Floats) -> int:
        """ANSWERED when likely enough, else the likelier of the other two."""
        if chances[ANSWERED] >= self.least_chance:
            return ANSWERED
        return GAP if chances[GAP] >= chances[OUT_OF_SCOPE] else OUT_OF_SCOPE
