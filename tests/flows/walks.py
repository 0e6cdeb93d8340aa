"""Walks through the shipped flows."""

from __future__ import annotations

from bot.flows import Walk
from tests.shipped import FLOWS


def walked(flow: str, *answers: str) -> Walk:
    """Where one stands after these answers, each to the question that is asked then."""
    walk = Walk(flow)
    for answer in answers:
        step = walk.asking(FLOWS)
        assert step
        walk = walk.answer(step.ref, answer, FLOWS)
    return walk
