from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from knowledge.errors import ContentError
from knowledge.library import FOLDER, Library


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("sources.yaml", "passages.json", "notices.yaml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    shutil.copytree(FOLDER / "sources", tmp_path / "sources")
    return tmp_path


def test_every_passage_is_a_verbatim_slice_of_its_source(library: Library) -> None:
    for passage in library.passages.values():
        text = library.documents[passage.document_id].text
        assert text[passage.start : passage.end] == passage.text
        assert passage.lead_in is None or passage.lead_in in text


def test_sources_are_the_ones_declared(library: Library) -> None:
    declared = yaml.safe_load((FOLDER / "sources.yaml").read_text(encoding="utf-8"))["documents"]
    assert {d["id"]: d["sha256"] for d in declared} == {
        d.id: d.sha256 for d in library.documents.values()
    }


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


def test_neighbours_stay_in_the_document(library: Library) -> None:
    assert library.around("000.intro") == (None, "000.p1")
    assert library.around("000.p15") == ("000.p14", None)


def test_an_edited_source_stops_with_file_line_and_id(folder: Path) -> None:
    source = folder / "sources" / "003.txt"
    source.write_text(source.read_text(encoding="utf-8").replace("contemporaneous", "timely"))
    with pytest.raises(ContentError, match=r"003\.txt:126: 003\.2\.6\.1"):
        Library.read(folder)


def test_a_duplicate_id_stops_with_file_and_id(folder: Path) -> None:
    file = folder / "passages.json"
    entries = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps([*entries, entries[0]]), encoding="utf-8")
    with pytest.raises(ContentError, match=r"passages\.json:1: the id '000\.intro' is used twice"):
        Library.read(folder)
