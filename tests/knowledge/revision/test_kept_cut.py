"""What people cut by hand stays as they cut it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.documents import read_stored
from knowledge.importing import ImportedDocument, NotQuotable, ProposedHeading, read_document
from knowledge.library import FOLDER
from knowledge.revision import align
from knowledge.revision.kept_cut import with_kept_cut
from knowledge.revision.new_text import NewText, as_it_says
from knowledge.revision.wording import words
from tests.knowledge.revision.making import document, new

DOCUMENTS = ("000", "001", "002", "003", "004")


@pytest.fixture(scope="module")
def shipped() -> dict[str, ImportedDocument]:
    return {name: read_document(FOLDER / "documents" / name / "text.txt") for name in DOCUMENTS}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_very_text_again_changes_nothing(
    name: str, shipped: dict[str, ImportedDocument]
) -> None:
    """These were cut by hand, otherwise than the import would."""
    stored, imported = read_stored(FOLDER, name), shipped[name]
    kept = with_kept_cut(stored, imported, imported)
    assert {each.kind for each in align(stored.passages, kept.passages)} == {"same"}
    lines = kept.text.splitlines()
    for passage in kept.passages:
        first, last = passage.lines
        assert passage.text in "\n".join(lines[first - 1 : last])
        assert passage.lead_in is None or passage.lead_in in kept.text


def changed(imported: ImportedDocument, was: str, now: str, tmp_path: Path) -> ImportedDocument:
    assert was in imported.text
    file = tmp_path / "new.txt"
    text = (FOLDER / "documents" / "003" / "text.txt").read_text()
    file.write_text(text.replace(was, now))
    return read_document(file)


def test_one_word_in_a_passage_of_several_paragraphs_does_not_split_it(
    shipped: dict[str, ImportedDocument], tmp_path: Path
) -> None:
    stored = read_stored(FOLDER, "003")
    edition = changed(shipped["003"], "Protection Act 1998", "Protection Act 2018", tmp_path)
    kept = with_kept_cut(stored, shipped["003"], edition)
    found = [each for each in align(stored.passages, kept.passages) if each.kind != "same"]
    assert [(each.kind, each.id) for each in found] == [("changed", "003.2.3.7")]
    differing = [(each.kind, each.words) for each in found[0].words if each.kind != "same"]
    assert differing == [("removed", "1998 "), ("added", "2018 ")]


def test_another_lead_in_is_not_hidden(
    shipped: dict[str, ImportedDocument], tmp_path: Path
) -> None:
    stored = read_stored(FOLDER, "003")
    was, now = "All agencies and professionals should:", "No agency or professional should:"
    kept = with_kept_cut(stored, shipped["003"], changed(shipped["003"], was, now, tmp_path))
    found = [each for each in align(stored.passages, kept.passages) if each.context]
    assert [each.id for each in found] == [f"003.2.2.3.b{at}" for at in range(1, 7)]
    assert {context.after for each in found for context in each.context} == {now}


def test_another_heading_is_not_hidden(
    shipped: dict[str, ImportedDocument], tmp_path: Path
) -> None:
    stored = read_stored(FOLDER, "003")
    edition = changed(shipped["003"], "2.6 Record Keeping", "2.6 Withdrawn Guidance", tmp_path)
    kept = with_kept_cut(stored, shipped["003"], edition)
    found = [each for each in align(stored.passages, kept.passages) if each.context]
    assert {each.id for each in found} == {
        *("003.2.6.1", "003.2.6.2", "003.2.6.3", "003.2.6.note"),
    }


def test_without_the_old_edition_the_new_one_is_taken_as_the_import_has_it(
    shipped: dict[str, ImportedDocument],
) -> None:
    kept = with_kept_cut(read_stored(FOLDER, "003"), None, shipped["003"])
    assert any(each.text.startswith("The following are key") for each in kept.passages)


def test_words_are_found_as_the_text_writes_them() -> None:
    text = "Lord Laming’s Report. These include:\n• one"
    assert as_it_says(text, words("Laming's Report These include")) == (
        "Laming’s Report. These include:"
    )
    assert as_it_says("one and one", words("one")) is None
    assert as_it_says("nothing of it", words("else")) is None


def test_a_line_stands_below_its_headings() -> None:
    headings = (ProposedHeading(1, 1, "A"), ProposedHeading(3, 2, "B"), ProposedHeading(5, 1, "C"))
    furniture = (NotQuotable((2, 2), "x"),)
    text = NewText(
        document("A\nx\nB\ny\nC\nz", new(None, "y", 4), headings=headings, furniture=furniture)
    )
    assert [text.heading_at(line) for line in (2, 4, 6)] == ["A", "A > B", "C"]
