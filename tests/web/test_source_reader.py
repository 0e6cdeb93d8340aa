from __future__ import annotations

import pytest

from bot.web.source_reader import BlockRun, read_through
from knowledge.documents import Document
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
