"""Words that were written for a source which is gone are to be read again, until somebody has."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.operations.citations import CitationGraph
from bot.operations.compared_document import without
from bot.operations.notice_edits import notice_of
from bot.operations.place_acts import (
    accept_reread,
    drop_citations,
    remove_citation,
    replace_citation,
    reword_place,
)
from bot.operations.place_words import has_words
from bot.operations.places import affected_places
from bot.operations.rereading import to_reread
from knowledge.notices import read_records
from knowledge.retiring import take_out
from knowledge.revision.review import Acceptance, read_reviews

DECISION = Acceptance(by="Ann", role="editor", on=date(2026, 11, 30))


def counted(graph: CitationGraph) -> Counter[tuple[str, str]]:
    """How often each place with words cites each passage."""
    return Counter((each.key, each.cited) for each in graph.citations if has_words(each))


def open_of(content: Path, data: Path, document: str) -> dict[str, str]:
    """Each place, and what it cites now."""
    found = to_reread(content, data, document)
    return {each.place.citation.key: each.place.citation.cited for each in found}


def test_what_a_citation_was_taken_out_of_is_to_be_read_again(content: Path, data: Path) -> None:
    key = "flow/tell_parents/o_role"
    remove_citation(content, data, {key}, "001.WP.b2")
    (found,) = to_reread(content, data, "001")
    assert found.place.citation.key == key
    assert found.place.once_cited == ("001.WP.b2",)
    assert found.document_id == found.place.citation.cited.partition(".")[0] != "001"
    accept_reread(content, data, [found], DECISION)
    assert to_reread(content, data, "001") == ()


def test_what_was_put_in_its_place_stands_beside_the_words(content: Path, data: Path) -> None:
    replace_citation(content, data, {"reading/child_first/004.i"}, "004.i", "003.2.1.1")
    assert open_of(content, data, "004") == {"reading/child_first/003.2.1.1": "003.2.1.1"}
    compared = without(content, "003")
    assert affected_places(compared, data).of("reading/child_first/003.2.1.1")


def test_who_words_a_notice_anew_says_on_that_day_that_it_fits(content: Path, data: Path) -> None:
    """The name that the file gave as its signature was of the words before."""
    file, before = content / "notices.yaml", notice_of(content, "knowsley-text")
    head, name, own = file.read_text("utf-8").partition("- id: knowsley-text")
    file.write_text(f"{head}{name}{own.replace('off_by: null', 'off_by: Bo', 1)}", "utf-8")
    assert notice_of(content, before.id).signed_off_by == "Bo"
    others = [each for each in read_records(content) if each.id != before.id]
    place = affected_places(without(content, "003"), data).of("notice/knowsley-text")
    assert place
    assert before.checked_on < DECISION.on
    reword_place(content, data, "003", place, [before.text], DECISION)
    assert notice_of(content, before.id).checked_on == before.checked_on
    reword_place(content, data, "003", place, ["Look in the live manual; check it."], DECISION)
    now = notice_of(content, before.id)
    assert (now.text, now.checked_on) == ("Look in the live manual; check it.", DECISION.on)
    assert now.signed_off_by is None
    assert [each for each in read_records(content) if each.id != before.id] == others


def test_what_was_accepted_before_is_to_be_read_all_the_same(content: Path, data: Path) -> None:
    """It was accepted while it cited the other."""
    key = "flow/tell_parents/o_role"
    remove_citation(content, data, {key}, "001.WP.b2")
    accept_reread(content, data, to_reread(content, data, "001"), DECISION)
    remove_citation(content, data, {key}, "000.p4")
    assert set(open_of(content, data, "000")) == {key}


@pytest.mark.parametrize("document", ["000", "001", "002", "003", "004"])
def test_every_place_with_words_that_lost_one_of_its_sources_is_listed(
    content: Path, data: Path, document: str
) -> None:
    before = CitationGraph.read(content, data)
    made = drop_citations(content, data, document)
    after = CitationGraph.read(content, data)
    gone = counted(before) - counted(after)
    lost = {key for key, cited in gone if cited.startswith(document) and after.of_place(key)}
    assert made
    assert lost
    assert set(open_of(content, data, document)) == lost


def test_they_outlive_the_document(content: Path, data: Path) -> None:
    drop_citations(content, data, "000")
    left = open_of(content, data, "000")
    take_out(content, "000")
    beside = {key for key, cited in left.items() if not cited.startswith("000")}
    assert beside
    assert set(open_of(content, data, "000")) == beside
    assert "000" not in read_reviews(content)
