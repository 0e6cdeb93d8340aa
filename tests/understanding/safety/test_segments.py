from __future__ import annotations

import pytest
from bot.understanding.safety.segments import SHORT_WINDOW, STEP, WINDOW, Segment, SegmentedText
from hypothesis import given, settings
from hypothesis import strategies as st

OWN = "Tom Baxter rang on 07700 900123. He is here, with Ann. What now?"
REDACTED = "[name] rang on [phone number]. He is here, with [name]. What now?"


def parts_of(own: str, redacted: str | None = None) -> list[str]:
    text = SegmentedText(own, own if redacted is None else redacted)
    return [text.own_of(part) for part in text.parts]


def test_a_short_text_is_read_whole_and_by_sentences_and_neighbours() -> None:
    assert parts_of("One. Two?\nThree") == [
        "One. Two?\nThree",
        "One.",
        "Two?",
        "Three",
        "One. Two?",
        "Two?\nThree",
    ]


def test_a_sentence_without_an_end_is_read_in_windows_that_reach_its_end() -> None:
    words = [f"w{number}" for number in range(50)]
    text = SegmentedText(" ".join(words), " ".join(words))
    assert text.parts == [*(Segment(at, at + WINDOW) for at in range(0, 34, STEP)), Segment(34, 50)]


@pytest.mark.parametrize(
    ("part", "redacted"),
    [
        (Segment(0, 6), "[name] rang on [phone number]."),
        (Segment(1, 3), "[name] rang"),
        (Segment(4, 5), "[phone number]"),
        (Segment(6, 11), "He is here, with [name]."),
        (Segment(11, 13), "What now?"),
    ],
)
def test_a_part_has_its_redaction(part: Segment, redacted: str) -> None:
    assert SegmentedText(OWN, REDACTED).redacted_of(part) == redacted


def test_what_the_redaction_does_not_reach_or_does_not_match_has_none() -> None:
    assert SegmentedText("one two three", "one two").redacted_of(Segment(2, 3)) is None
    assert SegmentedText("one two three", "ein zwei [name]").redacted_of(Segment(0, 1)) is None


@settings(derandomize=True)
@given(st.text(), st.integers(0, 20))
def test_no_text_breaks_it_and_unchanged_words_are_themselves(own: str, cut: int) -> None:
    text = SegmentedText(own, own[: len(own) - cut])
    for part in text.parts:
        assert text.redacted_of(part) in (None, text.own_of(part))


def test_a_long_sentence_is_read_in_narrow_windows_too() -> None:
    words = " ".join(f"w{number}" for number in range(20))
    narrow = SegmentedText(words, words).narrow
    assert {len(part) for part in narrow} == {SHORT_WINDOW}
    assert (narrow[0].first, narrow[-1].last) == (0, 20)
    assert not SegmentedText("one two three", "one two three").narrow


@pytest.mark.parametrize(
    ("own", "redacted"),
    [
        ("he is here 07700 900123", "he is here [phone number]"),
        ("Tom Baxter hit Ann Baxter", "[name] hit [name]"),
        ("help " + "x" * 600, "help [name]"),
    ],
)
def test_a_redaction_may_end_with_what_was_taken_out(own: str, redacted: str) -> None:
    text = SegmentedText(own, redacted)
    assert text.redacted_of(Segment(0, len(text.words))) == redacted


def test_what_a_person_put_in_brackets_is_no_redaction() -> None:
    own = "[he] [is] here Tom"
    assert (
        SegmentedText(own, "[he] [is] here [name]").redacted_of(Segment(0, 3)) == "[he] [is] here"
    )
