from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.revision.wording import (
    Segment,
    fingerprint,
    heading_words,
    own_words,
    word_differences,
    words,
)
from tests.knowledge.revision.making import old


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the child's view", "the child’s  view"),
        ("over-riding – always", "over‑riding - always"),
        ("safe\u00adguard it.", "safeguard it"),
        ("a “quoted” word;", 'a "quoted" word,'),
        ("ﬁrst", "first"),
    ],
)
def test_other_quotes_dashes_and_spaces_are_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("inappropriate", "in appropriate"),
        ("within 5 days", "within 15 days"),
        ("You may", "You must"),
        ("parents' views", "parent's views"),
        ("costs £5", "costs 5"),
        ("under 5%", "under 5"),
        ("in 1.5 hours", "in 15 hours"),
        ("May tell", "may tell"),
    ],
)
def test_another_letter_figure_or_sign_that_is_read_is_another_word(one: str, other: str) -> None:
    assert words(one) != words(other)


def test_the_number_that_a_text_opens_with_is_no_word_of_it() -> None:
    assert own_words("2.1.1 Tell the lead", "§2.1.1") == ("Tell", "the", "lead")
    assert own_words("2.1.1\n\nTell the lead", "§2.1.1") == ("Tell", "the", "lead")
    assert own_words("2 children live here", "§2.1")[0] == "2"
    assert own_words("1.5 hours is enough", "¶ 3")[0] == "1"


def test_headings_are_compared_without_their_numbers() -> None:
    assert heading_words("2. Key Principles > 2.1 Sharing") == (("Key", "Principles"), ("Sharing",))


def test_differences_are_told_word_by_word_with_the_new_text_as_it_stands() -> None:
    assert word_differences("You should tell the lead.", "You must tell the lead, today.") == (
        Segment("same", "You "),
        Segment("removed", "should "),
        Segment("added", "must "),
        Segment("same", "tell the lead, "),
        Segment("added", "today."),
    )


TEXT = st.text(alphabet="ab “-’. 12\n", max_size=60)


@given(TEXT, TEXT)
def test_what_is_not_removed_is_the_new_text(before: str, after: str) -> None:
    segments = word_differences(before, after)
    there = "".join(each.words for each in segments if each.kind != "removed")
    assert there == (after if words(after) else "")
    said = [word for each in segments if each.kind != "added" for word in words(each.words)]
    assert tuple(said) == words(before)


def test_a_fingerprint_is_of_what_a_reader_takes_from_a_passage() -> None:
    one = old("1", "1 Tell the parent's friend", reference="§1", heading="1. When", lead_in="Do:")
    same = old("1", "2. Tell the parent’s friend", reference="2", heading="3. When", lead_in="Do —")
    assert fingerprint(old("a", "Tell")) != fingerprint(old("a", "Tell", lead_in="Do not:"))
    assert fingerprint(old("a", "Tell")) != fingerprint(old("a", "Tell", heading="Never"))
    assert fingerprint(same) == fingerprint(
        old("1", "Tell the parent's friend", reference="1", heading="1. When", lead_in="Do:")
    )
    assert one.text.startswith("1 ")
