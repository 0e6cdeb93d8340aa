from __future__ import annotations

from dataclasses import replace

import pytest
import regex

from bot.web.source_reader import BlockRun, contents, read_through
from knowledge.documents import Document, HeadingLine, Passage
from knowledge.library import Library

LIBRARY = Library.read()
DOCUMENTS = list(LIBRARY.documents.values())


def runs_of(document_id: str) -> list[BlockRun]:
    return read_through(LIBRARY, LIBRARY.documents[document_id])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_every_passage_stands_at_the_anchor_its_citation_names(document: Document) -> None:
    anchors = {
        f"/sources/{document.id}#{block.anchor}": block.text
        for run in read_through(LIBRARY, document)
        for block in run.blocks
        if block.anchor
    }
    for passage in LIBRARY.passages.values():
        if passage.document_id == document.id:
            assert anchors[LIBRARY.citation(passage.id).url] == passage.text


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_no_word_of_a_document_is_lost_moved_or_added(document: Document) -> None:
    shown = " ".join(block.text for run in read_through(LIBRARY, document) for block in run.blocks)
    bullets = {"-", "•"}
    assert [word for word in shown.split() if word not in bullets] == [
        word for word in document.text.split() if word not in bullets
    ]


def test_headings_stand_above_their_passages() -> None:
    headings = [
        block.text for run in runs_of("001") if run.kind == "heading" for block in run.blocks
    ]
    assert headings[:2] == ["Children First", "Working in Partnership with Children and Families"]


def test_bullets_that_follow_each_other_are_one_list() -> None:
    lists = [run.blocks for run in runs_of("003") if run.kind == "item"]
    assert [len(blocks) for blocks in lists][:2] == [6, 4]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_the_contents_lead_to_anchors_that_stand_once_and_stay(document: Document) -> None:
    runs = read_through(LIBRARY, document)
    anchors = [block.anchor for run in runs for block in run.blocks if block.anchor]
    entries = contents(runs)
    assert len(entries) > 1
    assert len(anchors) == len(set(anchors))
    assert [each.anchor for each in entries] == sorted(
        (each.anchor for each in entries), key=anchors.index
    )
    assert all(regex.fullmatch(r"[\w.-]+", each.anchor) for each in entries)
    assert contents(read_through(LIBRARY, document)) == entries


def test_the_contents_are_the_headings() -> None:
    listed = contents(runs_of("003"))
    assert [" ".join(each.text.split()) for each in listed][:3] == [
        "2.1 An Integrated Approach",
        "2.2 A Shared Responsibility",
        "2.3 Sharing Information",
    ]
    assert len(listed) == 7
    assert listed[2].anchor == "section-2-3-sharing-information"
    assert {each.is_ours for each in listed} == {False}


def test_where_a_document_has_no_headings_the_passages_are_listed_by_our_names() -> None:
    listed = contents(runs_of("002"))
    assert {each.is_ours for each in listed} == {True}
    assert ("Principle 2", "P2") in {(each.text.partition(":")[0], each.anchor) for each in listed}


def test_of_the_same_heading_twice_each_has_an_anchor_of_its_own() -> None:
    text = "Advice\n\nAsk first.\n\nAdvice\n\nAsk again.\n\n†\n\nAnd then.\n"
    headings = tuple(HeadingLine(line=line, level=1) for line in (1, 5, 9))
    document = replace(LIBRARY.documents["003"], id="d", text=text, headings=headings)
    passages = {
        f"d.{name}": Passage(
            f"d.{name}", "d", name, name, said, text.index(said), text.index(said) + len(said), "p"
        )
        for name, said in (
            ("section-advice-2", "Ask first."),
            ("b", "Ask again."),
            ("c", "And then."),
        )
    }
    library = Library({"d": document}, passages, LIBRARY.notices)
    listed = contents(read_through(library, document))
    assert [each.anchor for each in listed] == ["section-advice", "section-advice-3", "section"]


def test_headings_of_headings_are_headings_where_the_document_says_so() -> None:
    text = "Part one\n\nHow to ask\n\nAsk first.\n"
    headings = (HeadingLine(line=1, level=1), HeadingLine(line=3, level=2))
    document = replace(LIBRARY.documents["003"], id="d", text=text, headings=headings)
    passage = Passage(
        *("d.a", "d", "a", "a", "Ask first.", text.index("Ask"), len(text) - 1, "p"),
        heading="Part one > How to ask",
    )
    listed = contents(
        read_through(Library({"d": document}, {"d.a": passage}, LIBRARY.notices), document)
    )
    assert [(each.text, each.level) for each in listed] == [("Part one", 1), ("How to ask", 2)]


def test_no_level_of_headings_is_left_out() -> None:
    levels = (2, 3, 2, 1, 4, 3, 2)
    text = "".join(f"Heading {number}\n" for number, _ in enumerate(levels)) + "\nAsk first.\n"
    headings = tuple(HeadingLine(line=line, level=level) for line, level in enumerate(levels, 1))
    document = replace(LIBRARY.documents["003"], id="d", text=text, headings=headings)
    runs = read_through(Library({"d": document}, {}, LIBRARY.notices), document)
    assert [each.level for each in contents(runs)] == [1, 2, 1, 1, 2, 2, 2]
