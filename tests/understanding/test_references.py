"""Passages by the place that somebody names."""

from __future__ import annotations

import pytest

from bot.understanding.references import PassageReferences
from knowledge.documents import Passage
from tests.shipped import LIBRARY, NAMES

REFERENCES = PassageReferences(LIBRARY)


def found(text: str) -> list[str]:
    return list(REFERENCES(text, NAMES(text)))


@pytest.mark.parametrize(
    "text",
    [
        "2.3.4",
        "§2.3.4",
        "§ 2.3.4",
        "para 2.3.4",
        "Paragraph 2.3.4?",
        "section 2.3.4",
        "Knowsley 2.3.4",
        "2.3.4 in Knowsley",
        "2.3.4 Key Principles (Knowsley)",
        "003 2.3.4",
        "what does 2.3.4 say about the child",
        "what does Knowsley say in 2.3.4",
        "Lincolnshire 2.3.4",
    ],
)
def test_a_paragraph_is_found_by_its_number(text: str) -> None:
    assert found(text) == ["003.2.3.4"]


def test_every_document_that_has_such_a_place_is_found_the_likest_first() -> None:
    assert found("Principle 2") == ["002.P2", "000.p2", "002.NF.b2"]
    assert found("principle two") == ["002.P2", "000.p2", "002.NF.b2"]
    assert found("002 principle 2") == ["002.P2", "002.NF.b2"]


def test_number_six_is_read_as_the_conversation_reads_it() -> None:
    assert found("number six") == ["000.p6"]
    assert found("#6") == found("6") == ["000.p6"]


def test_a_part_is_found_before_the_whole_and_a_section_by_what_stands_in_it() -> None:
    assert found("2.2.3") == ["003.2.2.3"]
    assert found("2.2.3 bullet 1") == ["003.2.2.3.b1"]
    assert found("Principle 1(a)") == ["002.P1.a"]
    assert found("2.6") == ["003.2.6.1", "003.2.6.2", "003.2.6.3", "003.2.6.note"]


@pytest.mark.parametrize(
    "text", ["12.3.4", "2.3.4.5", "3.4", "9.9.9", "two children under 2", "introduction", "", "¶"]
)
def test_what_is_no_place_finds_none(text: str) -> None:
    assert found(text) == []


NUMBERED = [each for each in LIBRARY.passages.values() if any(map(str.isdigit, each.reference))]


@pytest.mark.parametrize("passage", NUMBERED, ids=lambda passage: passage.id)
def test_every_passage_with_a_number_is_found_first_by_its_own_reference(passage: Passage) -> None:
    assert REFERENCES(passage.reference, (passage.document_id,))[0] == passage.id
    assert REFERENCES.is_only_place(passage.reference)


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("2.3.4", True),
        ("§2.3.4 in Knowsley", True),
        ("Principle 2", True),
        ("number six", True),
        ("introduction", False),
        ("listening to children", False),
        ("what does 2.3.4 say about the child", False),
    ],
)
def test_what_is_nothing_but_a_place_says_nothing_to_search_for(text: str, is_place: bool) -> None:
    assert REFERENCES.is_only_place(text) is is_place
