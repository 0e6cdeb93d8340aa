from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.operations.citations import CitationGraph
from bot.operations.impact import Affected, impact
from bot.operations.new_edition import NewEdition, renamed, revise_in, told_apart
from bot.operations.place_acts import accept
from bot.operations.place_words import reword
from knowledge.documents import read_document_of
from knowledge.errors import Location, Violation
from knowledge.importing import read_document
from knowledge.library import FOLDER
from knowledge.revision import NewFacts, PassageChange
from knowledge.revision.review import Acceptance, read_review
from tests.shipped import DATA

TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def graph() -> CitationGraph:
    return CitationGraph.read(FOLDER, DATA)


def change(kind: str, passage: str = "003.2.4.4") -> PassageChange:
    return PassageChange(kind, None, None, id=passage)  # type: ignore[arg-type]


def test_what_is_gone_and_cited_is_broken_but_not_its_questions(graph: CitationGraph) -> None:
    found = impact("003", [change("removed")], graph)
    (broken,) = found.broken
    assert {each.kind for each in broken.citations} == {"outcome", "relation", "gap"}
    assert (found.to_check, found.told) == ((), ())


def test_what_has_other_words_is_to_check_with_all_that_cites_it(graph: CitationGraph) -> None:
    found = impact("003", [change("changed")], graph)
    assert found.to_check == (Affected(change("changed"), graph.of("003.2.4.4")),)
    assert [each.key for each in found.beside] == ["notice/knowsley-text"]
    assert {*found.places_to_check()} == {*graph.of("003.2.4.4"), *graph.of("003")}


def test_what_only_moved_is_told_and_what_is_the_same_is_not(graph: CitationGraph) -> None:
    assert len(impact("003", [change("moved")], graph).told) == 1
    nothing = impact("003", [change("same"), change("same", "003.2.1.1")], graph)
    assert (nothing.broken, nothing.to_check, nothing.told, nothing.beside) == ((), (), (), ())


def new_edition(content: Path, data: Path, *pairs: tuple[str, str]) -> NewEdition:
    text = (FOLDER / "documents" / "003" / "text.txt").read_text()
    for was, now in pairs:
        assert was in text
        text = text.replace(was, now)
    file = content.parent / "new.txt"
    file.write_text(text)
    return revise_in(content, data, "003", file, read_document(file), NewFacts(), TODAY)


def test_a_changed_passage_opens_its_places_and_may_be_published(content: Path) -> None:
    new = new_edition(content, DATA, ("always come first", "come first"))
    assert new.may_be_published
    opened = {(each.place, each.cited) for each in read_review(content, "003").places}
    assert ("flow/new_concern/o_danger", "003.2.3.4") in opened
    assert ("notice/knowsley-text", "003") in opened
    assert {cited for _, cited in opened} == {"003", "003.2.3.4"}


def test_a_passage_that_is_gone_may_not_be_published_while_it_is_cited(content: Path) -> None:
    was = "2.4.4 Professionals should be honest and explicit about professional roles,"
    was += " responsibilities, powers and expectations and about what is not negotiable.\n"
    new = new_edition(content, DATA, (was, ""))
    assert not new.may_be_published
    assert [each.change.id for each in new.impact.broken] == ["003.2.4.4"]
    for citation in new.impact.broken[0].citations:
        assert any(slip.place.file == citation.place.file for slip in new.slips)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Lord Laming's Report of the Victoria", "Lord Laming’s Report of the Victoria"),
        ("All agencies and professionals should:", "All agencies and professionals must:"),
    ],
)
def test_the_opening_of_a_list_follows_the_new_text(content: Path, was: str, now: str) -> None:
    new = new_edition(content, DATA, (was, now))
    assert new.slips == ()
    (edit,) = new.edits
    assert any(now[:30] in line for line in edit.after)


def test_slips_of_before_are_told_apart_although_their_lines_have_moved() -> None:
    one, moved, other = (
        Violation(Location("a.yaml", 1), "one"),
        Violation(Location("a.yaml", 9), "one"),
        Violation(Location("b.yaml", 1), "two"),
    )
    assert told_apart([moved, other], [one]) == ([other], [moved])


def named_anew(content: Path, data: Path) -> NewEdition:
    text = (FOLDER / "documents" / "003" / "text.txt").read_text()
    file = content.parent / "new.txt"
    file.write_text(text)
    given = NewFacts(version="November 2026")
    return revise_in(content, data, "003", file, read_document(file), given, TODAY)


def test_what_names_the_edition_before_is_opened_although_no_passage_has_changed(
    content: Path, data: Path
) -> None:
    glossary = content / "glossary.yaml"
    glossary.write_text(
        f"{glossary.read_text()}- term: KPK\n  also: []\n"
        "  meaning: Knowsley's key principles,\n    as of December 2016.\n"
        "- term: Other\n  also: []\n  meaning: An Act of 2016.\n"
    )
    found = named_anew(content, data).impact
    keys = [each.key for each in found.named]
    assert keys[0] == "notice/knowsley-text"
    assert "named/glossary/KPK/meaning" in keys
    assert any(key.startswith("named/module/1-child-first/quiz") for key in keys)
    assert not any("Other" in key for key in keys)
    assert len(keys) == len(set(keys))
    opened = {each.place for each in read_review(content, "003").places}
    assert set(keys) <= opened
    graph = CitationGraph.read(content, data)
    assert set(keys) <= {each.key for each in graph.of("003")}
    reword(graph, "named/glossary/KPK/meaning", ["Knowsley's key principles."])
    assert "meaning: Knowsley's key principles.\n" in glossary.read_text()
    assert "December 2016" in graph.of_place("notice/knowsley-text")[0].text


def test_what_was_accepted_for_the_edition_before_is_to_decide_on_again(
    content: Path, data: Path
) -> None:
    found = named_anew(content, data)
    decision = Acceptance(by="Ann", role="approver", on=TODAY)
    accept(content, data, "003", {(each.key, "003") for each in found.impact.named}, decision)
    assert all(each.accepted for each in read_review(content, "003").places)
    before = read_document_of(content, "003")
    entry = content / "documents" / "003" / "document.yaml"
    entry.write_text(entry.read_text().replace("November 2026", "December 2016"))
    file = content / "glossary.yaml"
    file.write_text(f"{file.read_text()}- term: K\n  also: []\n  meaning: As of November 2026.\n")
    opened = renamed(content, data, before)
    assert "named/glossary/K/meaning" in {each.key for each in opened}
