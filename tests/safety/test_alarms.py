from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import SafetyReason
from bot.safety.alarms import Alarms
from bot.safety.danger import DATA, Danger
from bot.safety.text import normalise
from tests.gateway.standins import no_encoder

ALARMS = Alarms.read(DATA / "danger.yaml")
URGENT = [
    "he's outside and he's got a knife",
    "my baby cant breathe",
    "she's not waking up",
    "the children are locked in",
    "she has taken an overdose",
]
HIDDEN = ["\u200b", "\u200d", "\u00ad", "\ufeff", "\U000e0041"]


def by_words(text: str) -> SafetyReason | None:
    heard = ALARMS.heard(normalise(text))
    return "immediate_danger" if "immediate_danger" in heard else next(iter(heard), None)


@given(st.sampled_from(URGENT), st.sampled_from(HIDDEN), st.randoms(use_true_random=False))
def test_hidden_characters_and_case_do_not_hide_it(text: str, hidden: str, dice: Random) -> None:
    letters = [dice.choice([letter, letter.upper(), letter + hidden]) for letter in text]
    assert by_words("".join(letters)) == "immediate_danger"


@given(
    st.sampled_from(
        [
            ("unconscious", "the girl is {}"),
            ("overdose", "she took an {}"),
            ("strangling", "he is {} her"),
            ("screaming", "i can hear her {}"),
            ("barricaded", "mum is {} in"),
        ]
    ),
    st.integers(1, 6),
    st.booleans(),
)
def test_one_slip_in_a_long_word_does_not_hide_it(
    said: tuple[str, str], at: int, doubled: bool
) -> None:
    word, sentence = said
    slipped = word[:at] + (word[at] if doubled else "") + word[at + (not doubled) :]
    assert by_words(sentence.format(slipped)) == "immediate_danger"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("i want to kill myself", "self_harm"),
        ("im 9 and my dad hits me", "child_user"),
        ("a pupil says the teaching assistant slapped him", "allegation"),
        ("social services have taken my kids", "public_user"),
    ],
)
def test_each_reason_is_heard(text: str, reason: SafetyReason) -> None:
    assert reason in ALARMS.heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "what is the definition of significant harm",
        "this paperwork is killing me",
        "a baby was shaken in 2019, does it go in the chronology",
        "in the training scenario a baby is not breathing",
        "could we kill two birds with one stone",
        "what's the court test for an emergency protection order",
        "is unconscious bias training mandatory",
    ],
)
def test_alarming_words_alone_raise_no_alarm(text: str) -> None:
    assert ALARMS.heard(text) == set()


def test_the_gravest_reason_leads() -> None:
    said = "a pupil says the TA slapped him. he's not breathing"
    assert ALARMS.heard(said) >= {"allegation", "immediate_danger"}


def test_danger_is_heard_in_any_sentence_and_without_an_encoder() -> None:
    danger = Danger(no_encoder)
    said = "What does partnership mean? Anyway. Do I need consent?\nshe's not waking up"
    assert danger.reason(said, said) == "immediate_danger"


@pytest.mark.parametrize("word", ["he she ", "i ", "my mum ", "a-", "drunk ", "not "])
@pytest.mark.timeout(30)
def test_a_crafted_text_does_not_take_for_ever(word: str) -> None:
    assert ALARMS.heard(word * (20_000 // len(word))) == set()
