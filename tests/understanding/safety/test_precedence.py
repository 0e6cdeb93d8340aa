"""Of two reasons in one message the graver one is answered, wherever each of them stands."""

from __future__ import annotations

from itertools import combinations

import pytest

from bot.messages import SafetyReason
from bot.understanding.safety.classifier import Alert
from bot.understanding.safety.head import LIVES, REASONS
from tests.understanding.safety.made_head import JUDGED, Make, logit

GRAVEST_FIRST: list[SafetyReason] = [
    "immediate_danger",
    "self_harm",
    "child_user",
    "allegation",
    "public_user",
]
"""As docs/safety.md has the order of gravity."""
PAIRS = list(combinations(GRAVEST_FIRST, 2))


def joined(first: str, second: str, order: str, join: str) -> str:
    return join.join([first, second] if order == "graver first" else [second, first])


def test_the_reasons_are_in_the_order_of_gravity() -> None:
    assert list(REASONS) == GRAVEST_FIRST


@pytest.mark.parametrize("reason", GRAVEST_FIRST)
@pytest.mark.parametrize(("share", "certain"), [(0.97, True), (0.5, False)])
def test_each_sentence_alone_has_its_own_reason(
    make: Make, reason: SafetyReason, share: float, certain: bool
) -> None:
    text = JUDGED[reason]
    assert make(logit(share)).alert(text, text) == Alert(reason, certain)


@pytest.mark.parametrize(("graver", "lesser"), PAIRS)
@pytest.mark.parametrize("order", ["graver first", "graver last"])
@pytest.mark.parametrize("join", [" ", "\n"])
@pytest.mark.parametrize("share", [0.97, 0.5])
def test_of_two_that_are_as_likely_the_graver_leads(
    make: Make, graver: SafetyReason, lesser: SafetyReason, order: str, join: str, share: float
) -> None:
    text = joined(JUDGED[graver], JUDGED[lesser], order, join)
    alert = make(logit(share)).alert(text, text)
    assert alert
    assert alert.reason == graver


@pytest.mark.parametrize("other", [each for each in GRAVEST_FIRST if each not in LIVES])
def test_two_that_are_as_likely_make_each_other_certain_where_a_life_may_be_at_stake(
    make: Make, other: SafetyReason
) -> None:
    """Two at .48 each: neither is calm, and neither is certain alone."""
    both = make(logit(0.92))
    lives = " ".join(JUDGED[reason] for reason in LIVES)
    mixed = f"{JUDGED['immediate_danger']} {JUDGED[other]}"
    assert both.alert(lives, lives) == Alert("immediate_danger", certain=True)
    assert both.alert(mixed, mixed) == Alert("immediate_danger", certain=True)
    alone = JUDGED["immediate_danger"]
    assert make(logit(0.48)).alert(alone, alone) == Alert("immediate_danger", certain=False)
