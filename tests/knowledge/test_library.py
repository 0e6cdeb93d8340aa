from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.errors import ContentError
from knowledge.library import FOLDER, Library
from knowledge.quotes import Notice


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(FOLDER / "notices.yaml", tmp_path)
    shutil.copytree(FOLDER / "documents", tmp_path / "documents")
    return tmp_path


def test_every_passage_is_a_verbatim_slice_of_its_source(library: Library) -> None:
    for passage in library.passages.values():
        text = library.documents[passage.document_id].text
        assert text[passage.start : passage.end] == passage.text
        assert passage.lead_in is None or passage.lead_in in text


def test_nothing_citable_is_missing(library: Library) -> None:
    """Every line is quoted, is a heading or a lead-in, or is named as not quoted, with a reason."""
    for document in library.documents.values():
        passages = [p for p in library.passages.values() if p.document_id == document.id]
        known = {w for p in passages for w in (p.heading, p.lead_in) if w}
        offset = 0
        for number, line in enumerate(document.text.split("\n"), start=1):
            start, offset = offset, offset + len(line) + 1
            words = line.strip()
            if not words or any(
                part.lines[0] <= number <= part.lines[1] for part in document.not_quoted
            ):
                continue
            inside = any(p.start < start + len(line) and start < p.end for p in passages)
            named = words == document.title or words in known or any(h in words for h in known)
            numeral = re.fullmatch(r"[ivx]+\.?", words) is not None
            assert inside or named or numeral, f"{document.id}:{number}: {line}"


def test_a_quote_carries_its_citation(library: Library) -> None:
    quote = library.quote("003.2.3.5")
    assert quote.truncated_in_source
    assert quote.citation.url == "/sources/003#2.3.5"
    assert quote.citation.area == "knowsley"


def with_area(library: Library, **facts: Any) -> Library:
    """As if somebody had imported document 002 for an area."""
    known = replace(library.documents["002"], area="stoke-on-trent", **facts)
    return Library({**library.documents, "002": known}, library.passages, library.notices)


def local_notices(library: Library, passage_id: str, area: str | None = None) -> list[Notice]:
    return [each for each in library.quote(passage_id, area).notices if each.kind == "local"]


def test_text_of_one_area_says_so_although_nobody_has_written_a_notice(library: Library) -> None:
    (notice,) = local_notices(with_area(library, imported_on=date(2026, 11, 29)), "002.P1")
    assert notice.text.startswith("This is Stoke on Trent's text.")
    assert notice.by_itself
    assert local_notices(with_area(library), "002.P1", "stoke-on-trent") == []
    assert local_notices(with_area(library), "002.P1", "knowsley")
    assert local_notices(library, "002.P1") == []


def test_text_that_holds_everywhere_is_not_called_local(library: Library) -> None:
    assert local_notices(with_area(library, holds_everywhere=True), "002.P1") == []


def test_what_somebody_has_worded_stands_alone(library: Library) -> None:
    """The shipped documents say what they said before: their notices are written."""
    for passage in library.passages.values():
        ids = [each.id for each in local_notices(library, passage.id)]
        assert not any(each == f"local-{passage.document_id}" for each in ids)
    assert [each.id for each in local_notices(library, "003.2.3.3")] == ["knowsley-text"]


def test_neighbours_stay_in_the_document(library: Library) -> None:
    assert library.around("000.intro") == (None, "000.p1")
    assert library.around("000.p15") == ("000.p14", None)


def test_the_slips_of_all_documents_are_told_at_once(folder: Path) -> None:
    for name in ("000", "004"):
        (folder / "documents" / name / "text.txt").unlink()
    with pytest.raises(ContentError) as refused:
        Library.read(folder)
    assert [str(slip.place) for slip in refused.value.violations] == [
        "000/text.txt",
        "004/text.txt",
    ]


def test_a_document_that_is_taken_out_is_no_longer_quoted(folder: Path) -> None:
    (folder / "notices.yaml").write_text("notices: []\n")
    shutil.rmtree(folder / "documents" / "002")
    library = Library.read(folder)
    assert list(library.documents) == ["000", "001", "003", "004"]
    assert {each.document_id for each in library.passages.values()} == {*library.documents}


def test_a_notice_of_a_document_that_is_taken_out_is_told(folder: Path) -> None:
    shutil.rmtree(folder / "documents" / "002")
    with pytest.raises(ContentError, match=r"notices\.yaml:\d+: .*there is no 002"):
        Library.read(folder)


def test_beside_what_is_superseded_stands_what_takes_its_place(folder: Path) -> None:
    entry = folder / "documents" / "001" / "document.yaml"
    entry.write_text(entry.read_text("utf-8") + 'supersedes: ["003"]\n', "utf-8")
    library = Library.read(folder)
    old, new = library.quote("003.2.3.2"), library.quote("001.SI.b1")
    notice = next(each for each in old.notices if each.id == "replaced-by-001")
    assert notice.kind == "superseded"
    assert library.documents["001"].title in notice.text
    assert not any(each.id.startswith("replaced-by") for each in new.notices)
