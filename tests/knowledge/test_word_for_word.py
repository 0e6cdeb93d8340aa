from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.documents import Passage
from knowledge.library import Library
from knowledge.word_for_word import WordForWord

LIBRARY = Library.read()
DOCUMENT = replace(LIBRARY.documents["002"], title="Bruising in non-mobile infants")


def passage(name: str, text: str, heading: str | None = None, lead: str | None = None) -> Passage:
    return Passage(f"002.{name}", "002", name, name, text, 0, len(text), "paragraph", heading, lead)


PASSAGES = (
    passage("p1", "KEY MESSAGE: Any bruise on a baby who can’t yet roll is referred at once."),
    passage("3.1", "Call 999 and do not wait.", "3. What to Do When You See a Mark"),
    passage("3.2", "asks who has cared for the baby;", "3. What to Do When You See a Mark", "Ask:"),
    passage(
        "4.1", "Do as 3.1 says: call 999 and do not wait.", "4. Recording > 4.1 In the red book"
    ),
)
FIND = WordForWord({"002": DOCUMENT}, PASSAGES)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("key message any bruise on a baby who cant yet roll is referred at once", ["002.p1"]),
        ("  ANY bruise — on a baby, who can't ", ["002.p1"]),
        ("call 999 and do not wait", ["002.3.1", "002.4.1"]),
        ("Ask: asks who has cared for the baby", ["002.3.2"]),
        ("call 999 and do", []),
        ("do not wait asks who has", []),
        ("any bruise on a baby who walks", []),
        ("", []),
        ("1 2 3 4 5", []),
    ],
)
def test_words_are_found_where_they_stand_together(typed: str, found: list[str]) -> None:
    assert list(FIND(typed)) == found


@pytest.mark.parametrize(
    "typed",
    [
        "3. What to Do When You See a Mark",
        "what to do when you see a mark",
        "3.1 what to do when you see a mark!",
    ],
)
def test_a_heading_leads_to_what_stands_under_it(typed: str) -> None:
    assert FIND(typed) == ("002.3.1", "002.3.2")


def test_a_heading_within_a_heading_is_one() -> None:
    assert FIND("In the red book") == ("002.4.1",)
    assert FIND("Recording") == ()


def test_a_title_leads_to_the_document_from_its_beginning() -> None:
    assert FIND("bruising in non mobile infants") == tuple(each.id for each in PASSAGES)


def test_a_heading_of_several_documents_is_none_of_them() -> None:
    other = replace(PASSAGES[1], id="001.x", document_id="001")
    both = WordForWord({"001": LIBRARY.documents["001"], "002": DOCUMENT}, (*PASSAGES, other))
    assert both("what to do when you see a mark") == ()


def test_every_passage_that_is_shipped_is_found_by_its_own_words() -> None:
    find = WordForWord(LIBRARY.documents, tuple(LIBRARY.passages.values()))
    for each in LIBRARY.passages.values():
        if len(each.text.split()) > 8:
            assert each.text in {LIBRARY.passages[found].text for found in find(each.text)[:1]}


def test_each_of_many_that_are_alike_is_found_alone() -> None:
    many = [passage(f"x{n}", f"the baby is seen by team {n} on the same day") for n in range(2000)]
    find = WordForWord({"002": DOCUMENT}, many)
    for n in range(0, 2000, 100):
        assert find(f"is seen by team {n} on the same day") == (f"002.x{n}",)
    assert len(find("the baby is seen by team")) == 2000
