from __future__ import annotations

from datetime import date

from knowledge import Answer
from knowledge.glossary import Term
from tests.shipped import ANSWERS, LIBRARY, PHRASES, answered

TODAY = date(2026, 11, 22)


def test_the_lead_says_whose_text_and_how_old() -> None:
    line = ANSWERS.whose([LIBRARY.documents["003"]], TODAY)
    assert "Knowsley Safeguarding Children Board" in line
    assert "December 2016" in line
    assert "10 years old" in line


def test_a_second_publisher_is_named_and_the_oldest_text_counts() -> None:
    line = ANSWERS.whose([LIBRARY.documents["003"], LIBRARY.documents["001"]], TODAY)
    assert "Also quoted: " in line
    assert "The oldest text is about" in line


def test_a_meaning_is_marked_as_ours() -> None:
    term = Term("Section 47", "An enquiry.")
    said = ANSWERS.lead(Answer("not_in_sources", term=term))
    assert said == f"Section 47: An enquiry. {PHRASES.answers.ours}"


def test_where_the_sources_differ_it_says_so_after_whose_words_they_are() -> None:
    found = answered("003.2.3.4")
    differs = Answer(
        "answerable", found.quotes, documents=found.documents, difference="They differ."
    )
    assert ANSWERS.lead(differs, TODAY).endswith("check that it still holds. They differ.")


def test_what_is_not_answered_says_so_and_why() -> None:
    assert ANSWERS.lead(Answer("not_in_sources")) == PHRASES.answers.not_answered
    assert ANSWERS.lead(Answer("out_of_scope")) == PHRASES.answers.outside
