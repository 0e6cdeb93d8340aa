from __future__ import annotations

import numpy as np
import pytest

from knowledge.corpus import ANSWERED, FEWEST_QUESTIONS, GAP, OUT_OF_SCOPE, Corpus, Texts
from knowledge.nearness import NEARNESS
from knowledge.own_text import IN_DOUBT, TOLD, VIEWS, OwnText, OwnTextWeights, told
from knowledge.words import Words

WORDS = Words({}, (), ("the", "a"))
DIRECTIONS = np.eye(4, dtype=np.float32)
"""What each text is about, as if an encoder had said so."""
NOWHERE = np.zeros(2 * len(NEARNESS), np.float32)
NONE = np.zeros((0, 4), np.float32)
NOTHING = Texts((), np.zeros(0, np.int64), NONE, NONE)
ALIKE = OwnTextWeights(
    np.array([1, 1, 1, 0], np.float32),
    np.zeros(len(TOLD), np.float32),
    np.zeros(len(TOLD), np.float32),
)


def texts(*pairs: tuple[str, int, int]) -> Texts:
    """(text, owner, direction)."""
    vectors = DIRECTIONS[[direction for _, _, direction in pairs]]
    owners = np.array([owner for _, owner, _ in pairs], np.int64)
    return Texts(tuple(text for text, _, _ in pairs), owners, vectors, vectors)


def corpus(questions: Texts = NOTHING) -> Corpus:
    """Passages 0 and 2 are long in the shop, 1 and 3 are new."""
    passages = texts(("fire", 0, 0), ("a bruise", 1, 1), ("cake", 2, 2), ("the dog bites", 3, 3))
    return Corpus(
        ("a.1", "b.1", "a.2", "b.2"), passages, passages, questions, (), NOTHING, (), NOTHING
    )


def asked() -> Texts:
    many = [(f"what burns {n}", owner, owner) for owner in (0, 2) for n in range(FEWEST_QUESTIONS)]
    return texts(*many, ("who gets teeth marks", 3, 0))


def test_a_passage_with_few_questions_is_found_by_its_own_text() -> None:
    whole = corpus(asked())
    assert whole.asked_about.tolist() == [True, False, True, False]
    part = whole.only_asked_about()
    assert part.passage_ids == ("a.1", "a.2")
    assert part.passages.owners.tolist() == [0, 1]
    assert part.questions.owners.tolist() == [0] * FEWEST_QUESTIONS + [1] * FEWEST_QUESTIONS
    assert part.sentences.texts == ("fire", "cake")


def test_where_every_passage_has_questions_nothing_is_taken_apart() -> None:
    whole = corpus(texts(*((f"q{n}", o, o) for o in range(4) for n in range(FEWEST_QUESTIONS))))
    assert whole.only_asked_about() is whole


def test_only_passages_without_questions_are_looked_at() -> None:
    own = OwnText(corpus(asked()), WORDS, ALIKE)
    assert own.numbers.tolist() == [1, 3]
    numbers, scores = own("bruise", DIRECTIONS[1])
    assert numbers[np.argmax(scores)] == 1


def test_the_few_questions_of_a_passage_add_to_its_text() -> None:
    vector = DIRECTIONS[0]
    for questions, found in ((asked(), 3), (asked().pick(np.arange(2 * FEWEST_QUESTIONS)), None)):
        own = OwnText(corpus(questions), WORDS, ALIKE)
        numbers, views = own.views("teeth", vector)
        sentence, words = views[:, VIEWS.index("sentence")], views[:, VIEWS.index("words")]
        best = numbers[np.argmax(sentence)] if sentence.max() > 0 else None
        assert best == found
        assert bool(words.max() > 0) is (found is not None)


def test_what_is_short_is_known_for_it() -> None:
    own = OwnText(corpus(asked()), WORDS, ALIKE)
    numbers, views = own.views("anything", DIRECTIONS[2])
    lengths = dict(zip(numbers.tolist(), views[:, VIEWS.index("length")].tolist(), strict=True))
    assert lengths[3] > lengths[1]


@pytest.mark.parametrize("logit", [-1000.0, -3.0, 0.0, 3.0, 1000.0])
def test_all_shares_of_belief_make_one(logit: float) -> None:
    of_here = np.zeros(len(TOLD), np.float32)
    of_here[TOLD.index("always")] = logit
    own = OwnText(corpus(asked()), WORDS, OwnTextWeights(ALIKE.views, of_here, ALIKE.answers))
    scores = np.array([4.0, 1.0, 2.0, 0.5], np.float32)
    weighed = own.weighed(scores, np.array([0.2, 0.7, 0.1], np.float32), NOWHERE)
    assert np.exp(weighed.scores).sum() == pytest.approx(1)
    assert np.exp(weighed.scores[[1, 3]]).sum() == pytest.approx(weighed.here)
    assert weighed.here == pytest.approx(1 / (1 + np.exp(-np.clip(logit, -20, 20))))
    assert weighed.chances.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("best", "here", "first"),
    [
        ([0, 2, 4, 1, 3], 0.5, [0, 2, 1, 4, 3]),
        ([1, 3, 5, 2, 0, 4], 0.7, [1, 3, 2, 5, 0, 4]),
        ([0, 1, 2, 3], 0.5, [0, 1, 2, 3]),
        ([0, 2, 4, 1, 3], IN_DOUBT / 2, [0, 2, 4, 1, 3]),
        ([1, 3, 5, 2, 0, 4], 1 - IN_DOUBT / 2, [1, 3, 5, 2, 0, 4]),
    ],
)
def test_while_in_doubt_the_best_of_each_kind_is_among_the_first(
    best: list[int], here: float, first: list[int]
) -> None:
    own = OwnText(corpus(asked()), WORDS, ALIKE)
    own.numbers = np.array([1, 3, 5])
    own.asked_about = np.array([0, 2, 4])
    scores = np.zeros(6, np.float32)
    scores[best] = range(len(best), 0, -1)
    assert own.both_kinds_first(np.array(best), scores, here).tolist() == first


def test_the_best_of_the_other_kind_may_be_far_behind() -> None:
    own = OwnText(corpus(asked()), WORDS, ALIKE)
    scores = np.array([0.0, 9.0, 8.0, 7.0], np.float32)
    own.numbers, own.asked_about = np.array([1, 2, 3]), np.array([0])
    assert own.both_kinds_first(np.array([1, 2, 3]), scores, 0.5).tolist() == [1, 2, 0, 3]
    own.numbers, own.asked_about = np.arange(4), np.array([], np.int64)
    assert own.both_kinds_first(np.array([1, 2, 3]), scores, 0.5).tolist() == [1, 2, 3]


def test_what_the_new_passages_answer_is_a_gap_no_more() -> None:
    sure = np.zeros(len(TOLD), np.float32)
    sure[TOLD.index("always")] = 5.0
    own = OwnText(corpus(asked()), WORDS, OwnTextWeights(ALIKE.views, sure, sure))
    before = np.array([0.05, 0.9, 0.05], np.float32)
    chances = own.weighed(np.zeros(4, np.float32), before, NOWHERE).chances
    assert chances[ANSWERED] > 0.85
    assert chances[GAP] < 0.1
    assert chances[OUT_OF_SCOPE] == pytest.approx(0.05)


def test_a_gap_stays_one_where_the_new_passages_are_beside_the_point() -> None:
    sure = np.zeros(len(TOLD), np.float32)
    sure[TOLD.index("always")] = 5.0
    own = OwnText(corpus(asked()), WORDS, OwnTextWeights(ALIKE.views, -sure, sure))
    before = np.array([0.05, 0.9, 0.05], np.float32)
    chances = own.weighed(np.zeros(4, np.float32), before, NOWHERE).chances
    assert chances[GAP] > 0.85


def test_a_chance_of_nothing_is_told_as_little() -> None:
    scores = np.zeros(2, np.float32)
    values = told(scores, scores + 1, np.array([0, 1, 0], np.float32), NOWHERE)
    assert len(values) == len(TOLD)
    assert np.isfinite(values).all()


def test_a_follow_up_tells_no_more_of_either_kind_than_one_question() -> None:
    own = OwnText(corpus(asked()), WORDS, ALIKE)
    scores, chances = np.arange(4, dtype=np.float32), np.array([0.2, 0.7, 0.1], np.float32)
    once, twice = (own.told(n * scores, chances, NOWHERE, n) for n in (1.0, 2.0))
    assert twice == pytest.approx(once)


def test_both_kinds_are_told_by_how_near_they_are() -> None:
    own = OwnText(corpus(asked()), WORDS, ALIKE)
    scores, chances = np.zeros(4, np.float32), np.array([0.2, 0.7, 0.1], np.float32)
    values = dict(zip(TOLD, own.told(scores, chances, own.near(DIRECTIONS[2])), strict=True))
    assert values["asked about: passage"] == pytest.approx(1)
    assert values["own text: passage"] == pytest.approx(0)
    values = dict(zip(TOLD, own.told(scores, chances, own.near(DIRECTIONS[3])), strict=True))
    assert values["own text: sentence"] == pytest.approx(1)
    assert values["asked about: sentence"] == pytest.approx(0)


def test_the_weights_that_are_kept_name_every_value() -> None:
    kept = OwnTextWeights.read()
    assert (len(kept.views), len(kept.found_here)) == (len(VIEWS), len(TOLD))
