from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.choices import VERBS, Choice, change, start, step


@given(st.sampled_from(VERBS), st.text(min_size=1))
def test_a_choice_survives_the_round_trip(verb: str, argument: str) -> None:
    choice = Choice.parse(f"{verb}:{argument}")
    assert (choice.verb, choice.argument) == (verb, argument)
    assert Choice.parse(str(choice)) == choice


@pytest.mark.parametrize("text", ["", "step", "step:", ":s1", "restart", "/restart", "Step:a/b/c"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a choice id"):
        Choice.parse(text)


def test_an_option_names_its_flow_and_step() -> None:
    assert step("observe", "s1", "no") == "step:observe/s1/no"
    assert change("observe", "s1") == "change:observe/s1"
    assert start("observe") == "start:observe"
