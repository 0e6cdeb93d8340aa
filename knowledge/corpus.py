"""Everything that is embedded, as arrays: passages, their questions, and what is not answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Passage
from knowledge.encoder import Vectors
from knowledge.library import Library
from knowledge.questions import Questions
from knowledge.sentences import sentences

ANSWERED, GAP, OUT_OF_SCOPE = 0, 1, 2
FEWEST_QUESTIONS = 6
"""A passage with fewer is found by its own text, to which they are added: so many has that of the
shipped passages which has the fewest."""


@dataclass(frozen=True)
class Texts:
    """Texts with their sentence and retrieval vectors; `owners[i]` is the number of what text `i`
    leads to."""

    texts: tuple[str, ...]
    owners: NDArray[np.int64]
    vectors: Vectors
    retrieval: Vectors

    def of(self, owners: NDArray[np.bool_], numbers: NDArray[np.int64]) -> Texts:
        """Those of the chosen `owners`, whose new `numbers` they get."""
        chosen = self.pick(np.flatnonzero(owners[self.owners]))
        return replace(chosen, owners=numbers[chosen.owners])

    def pick(self, chosen: NDArray[np.int64]) -> Texts:
        return Texts(
            tuple(self.texts[i] for i in chosen),
            self.owners[chosen],
            self.vectors[chosen],
            self.retrieval[chosen],
        )


@dataclass(frozen=True)
class Corpus:
    """Passages by number, the questions they answer, and the questions that nothing answers.

    `sentences` are those of the passages, so that a reply can mark the ones that answer.
    """

    passage_ids: tuple[str, ...]
    passages: Texts
    sentences: Texts
    questions: Texts
    gap_ids: tuple[str, ...]
    gaps: Texts
    scope_ids: tuple[str, ...]
    out_of_scope: Texts

    @cached_property
    def asked_about(self) -> NDArray[np.bool_]:
        """Of every passage whether it has questions enough to be found by them."""
        counts = np.bincount(self.questions.owners, minlength=len(self.passage_ids))
        enough: NDArray[np.bool_] = counts >= FEWEST_QUESTIONS
        return enough

    def only_asked_about(self) -> Corpus:
        """The passages that are found by their questions, numbered anew."""
        if self.asked_about.all():
            return self
        kept = np.flatnonzero(self.asked_about)
        numbers = np.cumsum(self.asked_about) - 1
        return replace(
            self,
            passage_ids=tuple(self.passage_ids[n] for n in kept),
            passages=self.passages.of(self.asked_about, numbers),
            sentences=self.sentences.of(self.asked_about, numbers),
            questions=self.questions.of(self.asked_about, numbers),
        )

    def with_questions(
        self, questions: Texts, gaps: Texts | None = None, out_of_scope: Texts | None = None
    ) -> Corpus:
        return replace(
            self,
            questions=questions,
            gaps=self.gaps if gaps is None else gaps,
            out_of_scope=self.out_of_scope if out_of_scope is None else out_of_scope,
        )


def indexed_text(passage: Passage) -> str:
    return " ".join(
        part for part in (passage.heading, passage.label, passage.lead_in, passage.text) if part
    )


def texts_of(library: Library, questions: Questions) -> list[list[tuple[str, int]]]:
    """(text, owner) of passages, their sentences and questions, gaps and out of scope."""
    numbers = {passage_id: n for n, passage_id in enumerate(library.order)}
    passages = list(enumerate(library.passages.values()))
    return [
        [(indexed_text(p), n) for n, p in passages],
        [(p.text[start:end], n) for n, p in passages for start, end in sentences(p.text)],
        [(q, numbers[p]) for p, asked in questions.answered.items() for q in asked],
        [(q, n) for n, topic in enumerate(questions.gaps.values()) for q in topic.questions],
        [(q, n) for n, t in enumerate(questions.out_of_scope.values()) for q in t.questions],
    ]


def assemble(library: Library, questions: Questions, vectors: Vectors) -> Corpus:
    """Split `vectors`, one row a text in the order of `texts_of`, into a corpus. Each is what
    `Encoder.indexed` gives."""
    parts: list[Texts] = []
    start = 0
    for pairs in texts_of(library, questions):
        end = start + len(pairs)
        parts.append(_texts(pairs, vectors[start:end]))
        start = end
    passages, parts_of_them, asked, gaps, scope = parts
    return Corpus(
        library.order,
        passages,
        parts_of_them,
        asked,
        tuple(questions.gaps),
        gaps,
        tuple(questions.out_of_scope),
        scope,
    )


def _texts(pairs: Sequence[tuple[str, int]], vectors: Vectors) -> Texts:
    owners = np.array([owner for _, owner in pairs], dtype=np.int64)
    half = vectors.shape[1] // 2
    return Texts(tuple(text for text, _ in pairs), owners, vectors[:, :half], vectors[:, half:])
