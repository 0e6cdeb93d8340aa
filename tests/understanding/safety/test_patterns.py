from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from shutil import copy

import pytest
import yaml
from bot.understanding.safety.patterns import DangerPatterns
from bot.understanding.safety.segments import SegmentedText
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import SafetyReason
from bot.understanding.normalisation import normalise
from knowledge.errors import ContentError
from tests.shipped import SAFETY

ALARMS = DangerPatterns.read(SAFETY / "danger.yaml")
URGENT = [
    "he's outside and he's got a knife",
    "my baby cant breathe",
    "she's not waking up",
    "the children are locked in",
    "she has taken an overdose",
]
HIDDEN = ["\u200b", "\u200d", "\u00ad", "\ufeff", "\U000e0041"]


def heard_in(text: str, patterns: DangerPatterns = ALARMS) -> set[SafetyReason]:
    said = patterns.said(SegmentedText(text, text))
    return {alarm.reason for alarm in patterns.heard(said, [said.whole])}


def by_words(text: str) -> SafetyReason | None:
    heard = heard_in(normalise(text))
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
    assert reason in heard_in(text)


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
    assert heard_in(text) == set()


def test_the_gravest_reason_leads() -> None:
    said = "a pupil says the TA slapped him. he's not breathing"
    assert heard_in(said) >= {"allegation", "immediate_danger"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("What does it say? She's not waking up. Thanks", "She's not waking up."),
        (
            "who do i ask about a plan for the two boys she has taken an overdose who pays for it",
            "for the two boys she has taken an overdose who pays for it",
        ),
    ],
)
def test_an_alarm_tells_which_words_gave_it(text: str, part: str) -> None:
    read = SegmentedText(text, text)
    said = ALARMS.said(read)
    assert {read.own_of(alarm.part) for alarm in ALARMS.heard(said, [said.whole])} == {part}


def test_what_is_asked_further_off_calms_nothing() -> None:
    assert "immediate_danger" in heard_in(
        "what is the policy on sharing a record with the school nurse in another county "
        "she has taken an overdose"
    )


def test_only_the_parts_that_are_given_are_read() -> None:
    text = SegmentedText("one two three. she's not waking up. four", "")
    said = ALARMS.said(text)
    assert ALARMS.heard(said, text.sentences[:1]) == []
    assert [alarm.part for alarm in ALARMS.heard(said, text.sentences[1:])] == [text.sentences[1]]


@pytest.mark.parametrize("word", ["he she ", "i ", "my mum ", "a-", "drunk ", "not "])
@pytest.mark.timeout(30)
def test_a_crafted_text_does_not_take_for_ever(word: str) -> None:
    assert heard_in(word * (20_000 // len(word))) == set()


def test_a_pattern_that_takes_too_long_is_an_alarm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = yaml.safe_load((SAFETY / "danger.yaml").read_text("utf-8"))
    file["reasons"]["allegation"]["always"] = ["(?:a|b|ab)+[#%]"]
    (tmp_path / "danger.yaml").write_text(yaml.safe_dump(file), "utf-8")
    monkeypatch.setattr("bot.understanding.safety.patterns.PATIENCE_S", 0.05)
    assert "immediate_danger" in heard_in("ab" * 40, DangerPatterns.read(tmp_path / "danger.yaml"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_text("reasons: [", "utf-8"),
        lambda path: path.write_text("{}", "utf-8"),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text(
            path.read_text("utf-8").replace("<child>", "<nought>"), "utf-8"
        ),
        lambda path: path.write_text(
            path.read_text("utf-8").replace("made_up: '", "made_up: '("), "utf-8"
        ),
    ],
)
def test_patterns_that_cannot_be_used_are_a_plain_error(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    path = Path(copy(SAFETY / "danger.yaml", tmp_path))
    damage(path)
    with pytest.raises(ContentError, match="danger"):
        DangerPatterns.read(path)
