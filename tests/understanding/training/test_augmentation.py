from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from bot.understanding.safety.head import NONE
from bot.understanding.training import augmentation
from bot.understanding.training.augmentation import (
    augmented,
    hurried,
    in_windows,
    joined,
    mistyped,
    named,
)
from bot.understanding.training.messages import Labelled
from knowledge.text_pairs import with_asked

DANGER = Labelled("he is strangling mum.", "immediate_danger", weight=2)
CALM = Labelled("Who chairs the core group?", NONE, "answer", passages=frozenset({"000.p1"}))
LONG = Labelled("a long story " * 40, NONE)
MESSAGES = [DANGER, CALM, LONG]


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JOINED", "NAMED", "MISTYPED"):
        monkeypatch.setattr(augmentation, name, 12)


def test_the_same_chance_makes_the_same_messages() -> None:
    assert list(augmented(MESSAGES, Random(5))) == list(augmented(MESSAGES, Random(5)))


def test_a_danger_among_ordinary_matters_stays_one_and_ordinary_matters_stay_calm() -> None:
    made = list(joined(MESSAGES, Random(5)))
    assert [each.danger for each in made] == ["immediate_danger"] * 12 + [NONE] * 12
    assert all("strangling" in each.text for each in made[:12])
    assert all("chairs" in each.text.lower() for each in made)
    assert not any("long story" in each.text for each in made)


def test_of_what_is_joined_only_the_danger_is_known() -> None:
    made = list(joined(MESSAGES, Random(5)))
    assert {(each.kind, each.flow, each.passages, each.weight) for each in made} == {
        (None, None, frozenset(), 1)
    }


def test_other_people_stand_for_those_who_are_named() -> None:
    texts = {each.text for seed in range(40) for each in named([DANGER], Random(seed))}
    assert {"[name] is strangling [name].", "MGM is strangling his mate."} <= texts
    assert all(" strangling " in text and text != DANGER.text for text in texts)


def test_what_is_mistyped_has_other_letters_and_about_as_many() -> None:
    text = "the chair sent round the minutes of the meeting on Tuesday"
    slipped = {mistyped(text, Random(seed)) for seed in range(20)}
    assert len(slipped) > 10
    most = len(text) // augmentation.LETTERS_A_SLIP
    assert all(abs(len(each) - len(text)) <= most for each in slipped)


@pytest.mark.parametrize("text", ["", "a", "ab"])
def test_of_the_shortest_nothing_is_lost(text: str) -> None:
    assert mistyped(text, Random(5)) == text


def test_whoever_hurries_leaves_out_capitals_and_stops() -> None:
    assert hurried("Hello, Tom. He's IN?") == "hello tom he's in"


def test_a_long_calm_message_is_learnt_in_parts_too_and_a_long_danger_is_not() -> None:
    story = Labelled(" ".join(f"word{n}" for n in range(70)), NONE, "answer")
    parts = list(in_windows([story, replace(story, danger="self_harm"), CALM]))
    assert [(each.danger, each.kind, len(each.text.split())) for each in parts] == [
        (NONE, None, 48),
        (NONE, None, 48),
    ]


def test_a_reply_is_joined_to_nothing() -> None:
    reply = Labelled(with_asked("Is it over?", "he is still hitting her"), "immediate_danger")
    assert not any(
        "still hitting" in each.text for each in augmented([*MESSAGES, reply], Random(5))
    )
