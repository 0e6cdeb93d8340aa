from __future__ import annotations

from dataclasses import replace

import pytest

from bot.content.replies import read_document_wording
from bot.rendering.documents import DocumentRenderer
from bot.understanding.documents import KINDS, DocumentFacts, DocumentKind, DocumentReader
from bot.understanding.ordinals import LAST, numbers
from bot.understanding.shown import Shown
from tests.shipped import DATA, DOCUMENTS, LIBRARY, NAMES, PHRASES, PLAIN_TEXT, RELATIONS, undated

NOTHING = Shown()
SIXTH = Shown("privacy", ("000.p6", "003.2.3.2"))


def read(kind: DocumentKind, text: str = "", shown: Shown = NOTHING) -> DocumentFacts:
    return DOCUMENTS.read(kind, text, shown, named=NAMES(text))


def quoted(facts: DocumentFacts) -> list[str]:
    return [quote.passage_id for quote in facts.quotes]


def about(facts: DocumentFacts) -> list[str]:
    return [document.id for document in facts.documents]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("number six", [6]),
        ("the fifteenth", [15]),
        ("the sixth one", [6]),
        ("read me number one", [1]),
        ("the last one", [LAST]),
        ("principle 12 please", [12]),
        ("document 003 of 2016", []),
        ("number ten of the fifteen", [10, 15]),
    ],
)
def test_numbers_are_read_in_words_and_figures(text: str, found: list[int]) -> None:
    assert list(numbers(text)) == found


def test_newest_and_oldest_are_told_by_year() -> None:
    assert about(read("newest")) == ["002"]
    assert about(read("oldest")) == ["000"]


def test_a_document_without_a_year_is_neither_newest_nor_oldest() -> None:
    reader = DocumentReader(undated("000", "002"), RELATIONS)
    newest, oldest = (reader.read("newest", "", NOTHING), reader.read("oldest", "", NOTHING))
    assert (about(newest), about(oldest)) == (["001"], ["004"])
    for facts in (newest, oldest):
        assert [document.id for document in facts.undated] == ["000", "002"]
    facts = DocumentReader(undated(*LIBRARY.documents), RELATIONS).read("newest", "", NOTHING)
    assert about(facts) == []
    assert len(facts.undated) == len(LIBRARY.documents)


@pytest.mark.parametrize(
    ("text", "passage", "count"),
    [
        ("read me number six", "000.p6", 15),
        ("number ten of the fifteen", "000.p10", 15),
        ("the last of the fifteen principles", "000.p15", 15),
        ("number 3 of the national framework principles", "002.NF.b3", 6),
        ("what is the second one about supervision for", "003.2.7.2.b2", 6),
    ],
)
def test_an_item_is_of_the_list_that_is_named_else_of_the_longest(
    text: str, passage: str, count: int
) -> None:
    facts = read("item", text)
    assert quoted(facts) == [passage]
    assert facts.count == count


def test_an_item_is_of_the_list_that_was_shown() -> None:
    supervision = Shown("supervision", ("003.2.7.2.b1",))
    assert quoted(read("item", "and number four", supervision)) == ["003.2.7.2.b4"]


def test_there_is_no_sixteenth_of_fifteen() -> None:
    facts = read("item", "number sixteen")
    assert not facts.shows
    assert (facts.number, facts.count) == (16, 15)


def test_next_and_previous_go_on_from_the_item_shown() -> None:
    assert quoted(read("next", shown=SIXTH)) == ["000.p7"]
    assert quoted(read("previous", shown=SIXTH)) == ["000.p5"]


def test_after_the_last_and_before_the_first_there_is_none() -> None:
    for kind, passage in (("next", "000.p15"), ("previous", "000.p1")):
        facts = read(kind, shown=Shown("", (passage,)))  # type: ignore[arg-type]
        assert not facts.shows
        assert facts.lists


def test_next_after_nothing_is_not_clear() -> None:
    assert read("next").lists == ()


def test_a_whole_list_is_one_part_of_its_source_with_all_its_items() -> None:
    facts = read("whole", "list them all", Shown("", ("003.2.7.2.b3",)))
    (quote,) = facts.quotes
    assert quote.text in LIBRARY.documents["003"].text
    for number in range(1, 7):
        assert LIBRARY.passages[f"003.2.7.2.b{number}"].text in quote.text


def test_whole_without_a_list_names_the_lists() -> None:
    facts = read("whole", "all of them")
    assert not facts.shows
    assert len(facts.lists) > 10


def test_a_word_of_one_list_alone_names_it() -> None:
    (quote,) = read("whole", "read me all the laming ones").quotes
    assert "Laming" in quote.text
    (quote,) = read("whole", "the whole list on supervision please").quotes
    assert quote.passage_id.startswith("003.2.7")


def test_a_word_of_several_lists_brings_those() -> None:
    facts = read("whole", "the whole list about parents")
    assert not facts.quotes
    assert 1 < len(facts.lists) < len(read("whole", "all of them").lists)


def test_whose_words_are_told_of_what_was_shown_or_is_named() -> None:
    assert about(read("publisher", "says who", SIXTH)) == ["000", "003"]
    named = read("publisher", "who wrote the Solihull one", SIXTH)
    assert about(named) == ["004"]
    assert named.named
    assert about(read("publisher", "says who")) == []


def test_elsewhere_is_what_says_the_same() -> None:
    assert quoted(read("elsewhere", shown=Shown("", ("001.EO.p1",)))) == ["004.v"]
    alone = read("elsewhere", shown=Shown("", ("003.2.7.5",)))
    assert quoted(alone) == []
    assert about(alone) == ["003"]


def test_what_was_shown_keeps_its_notices() -> None:
    (quote,) = read("law", shown=Shown("", ("003.2.3.7",))).quotes
    assert quote.notices


@pytest.mark.parametrize("kind", KINDS)
def test_ids_that_no_longer_exist_are_passed_over(kind: DocumentKind) -> None:
    for text in ("number six", "when was it published"):
        facts = read(kind, text, Shown("", ("009.x",), (), ("009",)))
        assert set(facts.documents) <= set(LIBRARY.documents.values())


@pytest.mark.parametrize("kind", KINDS)
def test_sources_without_any_list_are_told_about(kind: DocumentKind) -> None:
    """As they are when every document with a list has been taken out."""
    reader = DocumentReader(LIBRARY, replace(RELATIONS, lists=()))
    facts = reader.read(kind, "number six", SIXTH)
    wording = read_document_wording(DATA / "documents.yaml")
    message = DocumentRenderer(LIBRARY, wording, PHRASES.undated, PLAIN_TEXT).message(facts)
    assert message.text
