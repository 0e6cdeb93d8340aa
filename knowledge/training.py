"""What the index learns from the project's own questions, when it is built.

Everything is fitted twice over: the parts on some of the questions, their
combination on questions that those parts have not seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from knowledge.corpus import ANSWERED, GAP, OUT_OF_SCOPE, Corpus, Texts
from knowledge.ranking import Candidates, Floats, LinearHead, Ranker
from knowledge.verdict import Decision, Evidence, PhraseHead, phrases
from knowledge.weights import Learned
from knowledge.words import Words

FOLDS = 3
PASSAGE_HEAD_STRENGTH = 10.0
KIND_HEAD_STRENGTH = 10.0
VIEW_PENALTY = 1e-3
REFUSED_AT_MOST = 0.11


def learn(corpus: Corpus, words: Words, same: Sequence[frozenset[int]]) -> Learned:
    """`same` are groups of passage numbers that say one thing.

    Passages without questions enough take no part: with or without them the same is learned.
    """
    parts = []
    for corpus_without, held_out in _folds(corpus):
        ranker = Ranker(corpus_without, words, fit_passages(corpus_without))
        evidence = Evidence(corpus_without, fit_kinds(corpus_without), fit_phrases(corpus_without))
        rows = [
            (kind, owner, text, vector, ranker.candidates(words.correct(text), vector))
            for kind, texts in enumerate(held_out)
            for text, owner, vector in zip(texts.texts, texts.owners, texts.vectors, strict=True)
        ]
        parts.append((evidence, rows))
    unseen = [
        (found, owner) for _, rows in parts for kind, owner, _, _, found in rows if kind == ANSWERED
    ]
    weights = fit_views(unseen, same)
    collected = [
        (kind, evidence(words.correct(text), vector, found, found.views @ weights))
        for evidence, rows in parts
        for kind, _, text, vector, found in rows
    ]
    kinds = np.array([kind for kind, _ in collected])
    values = np.stack([row for _, row in collected])
    return Learned(
        fit_passages(corpus),
        weights,
        fit_kinds(corpus),
        fit_phrases(corpus),
        fit_decision(values, kinds),
    )


def fit_passages(corpus: Corpus) -> LinearHead:
    """Which passage a question is about, from the vectors of all questions and passages."""
    vectors = np.concatenate([corpus.passages.vectors, corpus.questions.vectors])
    owners = np.concatenate([corpus.passages.owners, corpus.questions.owners])
    return _linear(vectors, owners, PASSAGE_HEAD_STRENGTH)


def fit_kinds(corpus: Corpus) -> LinearHead:
    vectors, kinds = _by_kind(corpus)
    return _linear(vectors, kinds, KIND_HEAD_STRENGTH, balanced=True)


def fit_phrases(corpus: Corpus) -> PhraseHead:
    texts = [*corpus.questions.texts, *corpus.gaps.texts, *corpus.out_of_scope.texts]
    found = [Counter(phrases(text)) for text in texts]
    spread = Counter(phrase for counts in found for phrase in counts)
    columns = {p: n for n, p in enumerate(sorted(p for p, times in spread.items() if times > 1))}
    rarity = np.log((1 + len(texts)) / (1 + np.array([spread[p] for p in columns]))) + 1
    table = csr_matrix(
        (
            [1 + np.log(n) for counts in found for p, n in counts.items() if p in columns],
            (
                [row for row, counts in enumerate(found) for p in counts if p in columns],
                [columns[p] for counts in found for p in counts if p in columns],
            ),
        ),
        shape=(len(texts), len(columns)),
    ).multiply(rarity)
    lengths = np.sqrt(table.multiply(table).sum(axis=1)).A1
    table = csr_matrix(table.multiply(1 / np.maximum(lengths, 1e-9)[:, np.newaxis]))
    head = _linear(table, _by_kind(corpus)[1], KIND_HEAD_STRENGTH, balanced=True)
    return PhraseHead(columns, rarity.astype(np.float32), head.weights)


def fit_views(rows: Sequence[tuple[Candidates, int]], same: Sequence[frozenset[int]]) -> Floats:
    """Weights under which the right passage, or one saying the same, is likeliest to lead."""
    group = {number: group for group in same for number in group}
    return fit_shares(
        (found.views, np.isin(found.numbers, list(group.get(owner, {owner}))))
        for found, owner in rows
    )


def fit_shares(rows: Iterable[tuple[Floats, NDArray[np.bool_]]]) -> Floats:
    """Weights of views under which one of the right rows is likeliest to lead: of each question the
    views of its candidates, a row each, and which are right. Where none is nothing is learned."""
    usable = [(views.astype(np.float64), right) for views, right in rows if right.any()]
    spread = np.concatenate([views for views, _ in usable]).std(axis=0)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros(len(weights))
        for views, right in usable:
            scores = views @ (weights / spread)
            shares = np.exp(scores - np.logaddexp.reduce(scores))
            chance = shares[right].sum() + 1e-12
            total -= np.log(chance)
            slope -= (np.where(right, shares / chance, 0) - shares) @ (views / spread)
        count = len(usable)
        return (
            float(total / count + VIEW_PENALTY * weights @ weights),
            slope / count + 2 * VIEW_PENALTY * weights,
        )

    best = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B")
    fitted: Floats = (best.x / spread).astype(np.float32)
    return fitted


def fit_decision(evidence: Floats, kinds: NDArray[np.int64]) -> Decision:
    """The chance below which a question is refused lets REFUSED_AT_MOST of answered ones go."""
    middle, spread = evidence.mean(axis=0), evidence.std(axis=0) + 1e-9
    head = _linear((evidence - middle) / spread, kinds, 1.0, balanced=True)
    weights = head.weights[:, :-1] / spread
    bias = head.weights[:, -1] - weights @ middle
    decision = Decision(np.column_stack([weights, bias]).astype(np.float32), 0.0)
    chances = [decision.chances(row)[ANSWERED] for row in evidence[kinds == ANSWERED]]
    return Decision(decision.weights, float(np.quantile(chances, REFUSED_AT_MOST)))


def _folds(corpus: Corpus) -> Iterator[tuple[Corpus, tuple[Texts, Texts, Texts]]]:
    """Each fold leaves out every third question of every kind."""
    kinds = (corpus.questions, corpus.gaps, corpus.out_of_scope)
    places = [np.arange(len(texts.texts)) for texts in kinds]
    for fold in range(FOLDS):
        out = [place % FOLDS == fold for place in places]
        kept = [texts.pick(np.flatnonzero(~o)) for texts, o in zip(kinds, out, strict=True)]
        held = [texts.pick(np.flatnonzero(o)) for texts, o in zip(kinds, out, strict=True)]
        yield corpus.with_questions(*kept), (held[0], held[1], held[2])


def _by_kind(corpus: Corpus) -> tuple[Floats, NDArray[np.int64]]:
    kinds = (corpus.questions, corpus.gaps, corpus.out_of_scope)
    labels = np.repeat([ANSWERED, GAP, OUT_OF_SCOPE], [len(texts.texts) for texts in kinds])
    return np.concatenate([texts.vectors for texts in kinds]), labels


def _linear(
    rows: object, labels: NDArray[np.int64], c: float, *, balanced: bool = False
) -> LinearHead:
    model = LogisticRegression(
        C=c, max_iter=200, class_weight="balanced" if balanced else None, tol=1e-3
    )
    model.fit(rows, labels)
    return LinearHead(np.column_stack([model.coef_, model.intercept_]).astype(np.float32))
