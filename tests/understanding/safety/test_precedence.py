"""Of two reasons in one message the graver one is answered, wherever each of them stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.messages import SafetyReason
from bot.understanding.safety import classifier
from bot.understanding.safety.classifier import Alert, DangerClassifier
from bot.understanding.safety.head import FEATURES, DangerHead
from bot.understanding.text_features import VECTOR_WEIGHS
from tests.api.standins import no_encoder
from tests.shipped import SAFETY

GRAVEST_FIRST: list[SafetyReason] = [
    "immediate_danger",
    "self_harm",
    "child_user",
    "allegation",
    "public_user",
]
"""As docs/safety.md has the order of gravity."""
TOLD: dict[SafetyReason, str] = {
    "immediate_danger": "The baby is not breathing.",
    "self_harm": "I want to kill myself.",
    "child_user": "I'm 9 and my dad hits me.",
    "allegation": "A pupil says the teaching assistant slapped him.",
    "public_user": "Social services have taken my kids.",
}
JUDGED: dict[SafetyReason, str] = {
    "immediate_danger": "Red is what we talked of on Monday.",
    "self_harm": "Blue is what we talked of on Tuesday.",
    "child_user": "Green is what we talked of on Wednesday.",
    "allegation": "Brown is what we talked of on Thursday.",
    "public_user": "White is what we talked of on Friday.",
}
"""Words that no pattern knows, for a head that was made to know their first one."""
PAIRS = list(combinations(GRAVEST_FIRST, 2))

every_pair = pytest.mark.parametrize(("graver", "lesser"), PAIRS)
both_orders = pytest.mark.parametrize("order", ["graver first", "graver last"])
both_joins = pytest.mark.parametrize("join", [" ", "\n"])


def joined(first: str, second: str, order: str, join: str) -> str:
    return join.join([first, second] if order == "graver first" else [second, first])


@pytest.mark.parametrize("reason", GRAVEST_FIRST)
def test_each_sentence_alone_has_its_own_reason_by_words(
    by_words: DangerClassifier, reason: SafetyReason
) -> None:
    assert by_words.alert(TOLD[reason], TOLD[reason]) == Alert(reason, certain=True)


@every_pair
@both_orders
@both_joins
def test_the_graver_reason_leads_by_words(
    by_words: DangerClassifier, graver: SafetyReason, lesser: SafetyReason, order: str, join: str
) -> None:
    text = joined(TOLD[graver], TOLD[lesser], order, join)
    assert by_words.alert(text, text) == Alert(graver, certain=True)


def of_colours(texts: Sequence[str]) -> NDArray[np.float32]:
    """A vector with one direction for each of the sentences that the text holds."""
    found = np.zeros((len(texts), 384), np.float32)
    for row, text in enumerate(texts):
        for column, sentence in enumerate(JUDGED.values()):
            found[row, column] = sentence.split()[0] in text
    return found


SURELY, HARDLY = 12.0, 6.5
"""What a colour adds to its reason. Beside `CALM` the first makes a share of .997, the second
one of .62: heard, and not certain."""
CALM = 6.0
"""What "none of these" has in every text: a share of .988, which calms no words."""

Make = Callable[[float], DangerClassifier]


@pytest.fixture(scope="module")
def by_words() -> DangerClassifier:
    return DangerClassifier(no_encoder, SAFETY)


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """A classifier whose head hears a colour, so surely, as its reason."""
    data = Path(copytree(SAFETY, tmp_path_factory.mktemp("colours") / "safety"))
    rows = len(GRAVEST_FIRST) + 1

    @cache
    def make(heard: float) -> DangerClassifier:
        weights = np.zeros((rows, FEATURES), np.float32)
        weights[range(rows - 1), range(rows - 1)] = heard / VECTOR_WEIGHS
        bias = np.zeros(rows, np.float32)
        bias[-1] = CALM
        DangerHead(
            reasons=tuple(GRAVEST_FIRST),
            weights=weights,
            bias=bias,
            hidden=np.zeros((1, 384), np.float32),
            hidden_bias=np.zeros(1, np.float32),
            top=np.zeros((rows, 1), np.float32),
            thresholds=np.full(rows - 1, 0.3, np.float32),
            any_from=1.0,
        ).write(data / "head.npz", "made by a test")
        return DangerClassifier(of_colours, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classifier, "CALM_TO_THE_SCREEN", -np.inf)
        yield make


@pytest.mark.parametrize("reason", GRAVEST_FIRST)
@pytest.mark.parametrize(("heard", "certain"), [(SURELY, True), (HARDLY, False)])
def test_each_sentence_alone_has_its_own_reason_by_the_head(
    make: Make, reason: SafetyReason, heard: float, certain: bool
) -> None:
    assert make(heard).alert(JUDGED[reason], JUDGED[reason]) == Alert(reason, certain)


@every_pair
@both_orders
@both_joins
def test_the_graver_reason_leads_by_the_head(
    make: Make, graver: SafetyReason, lesser: SafetyReason, order: str, join: str
) -> None:
    text = joined(JUDGED[graver], JUDGED[lesser], order, join)
    assert make(SURELY).alert(text, text) == Alert(graver, certain=True)
    # Two doubtful ones make a whole that is certain; the reason is the point here.
    doubtful = make(HARDLY).alert(text, text)
    assert doubtful
    assert doubtful.reason == graver


@every_pair
@both_orders
def test_a_graver_reason_of_the_head_leads_one_of_the_words_and_the_other_way_round(
    make: Make, graver: SafetyReason, lesser: SafetyReason, order: str
) -> None:
    for first, second in ((JUDGED[graver], TOLD[lesser]), (TOLD[graver], JUDGED[lesser])):
        text = joined(first, second, order, " ")
        alert = make(SURELY).alert(text, text)
        assert alert
        assert alert.reason == graver
