"""Documents in folders of their own: what is read is what was written, and every slip is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import HOME
from knowledge.documents import (
    DocumentEntry,
    NotQuoted,
    Original,
    PassageEntry,
    StoredDocument,
    document_folders,
    read_documents,
    sha256_of,
    write_document,
)
from knowledge.errors import ContentError
from knowledge.library import FOLDER

SHIPPED = document_folders(FOLDER)
TEXT = "One line.\n\n  • Two words, “quoted”.\r\nThe end"
ENTRY = DocumentEntry(
    title="Null: a rule",
    publisher="yes",
    certainty="A",
    area=None,
    version="2026-11-29",
    year=None,
    sha256=sha256_of(TEXT),
    original=Original(name="rule #1.docx", sha256="0" * 64),
    imported_on=date(2026, 11, 29),
    supersedes=("000",),
    not_quoted=(NotQuoted(lines=(4, 4), why="the end mark"),),
)
PASSAGES = [
    PassageEntry(
        id="005.a",
        reference="(a)",
        label="Two",
        lead_in="One line.",
        lines=(3, 3),
        kind="item",
        flags=("typo", "local"),
        text="Two words, “quoted”.",
    )
]
ODD_JSON = (
    "[" * 50_000,
    f"[{'9' * 5000}]",
    '[{"\\ud800": "\\u001b[2J"}]',
    '[{"lines": [NaN, 1e999]}]',
    '["x", null, 1, []]',
    "[1,]",
    "{}",
)
ODD_YAML = (
    "a: &a [*a]",
    "{" * 5000,
    'title: "\\UFFFFFFFF"',
    'certainty: "\\ud800"',
    "? {a: b}\n: c",
    "--- a\n--- b",
    "!!python/object:os.system x",
    "%YAML 9.9\n---\na: b",
    "- x",
)


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER / "documents", tmp_path / "documents")
    return tmp_path


@pytest.fixture
def folder(knowledge: Path) -> Path:
    """Where a new document would stand."""
    return knowledge / "documents" / "005"


def told(knowledge: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        read_documents(knowledge)
    return str(refused.value).splitlines()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())


def entries(stored: StoredDocument, folder: Path) -> tuple[DocumentEntry, list[PassageEntry]]:
    """What would write the document again."""
    document = stored.document
    entry = DocumentEntry(**{each: getattr(document, each) for each in DocumentEntry.model_fields})
    cut = json.loads((folder / "passages.json").read_text("utf-8"))
    return entry, [PassageEntry(**each) for each in cut]


# Reading and writing


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda each: each.name)
def test_what_is_shipped_is_what_would_be_written(shipped: Path, tmp_path: Path) -> None:
    stored = StoredDocument.read(shipped, ())
    entry, passages = entries(stored, shipped)
    again = tmp_path / shipped.name
    write_document(again, entry, stored.document.text, passages)
    for path in shipped.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes()


def test_what_was_written_is_read(folder: Path) -> None:
    write_document(folder, ENTRY, TEXT, PASSAGES)
    stored = read_documents(folder.parents[1])[-1]
    document, (passage,) = stored.document, stored.passages
    assert (document.id, document.text, document.year) == ("005", TEXT, None)
    assert document.original == ENTRY.original
    assert (document.imported_on, document.supersedes) == (date(2026, 11, 29), ("000",))
    assert entries(stored, folder) == (ENTRY, PASSAGES)
    assert document.text[passage.start : passage.end] == passage.text
    assert passage.anchor == "a"
    assert passage.flags == {"local", "typo"}


WORDS = st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip)


@given(title=WORDS, why=WORDS, text=WORDS, label=WORDS)
def test_any_words_come_back(
    tmp_path_factory: pytest.TempPathFactory, title: str, why: str, text: str, label: str
) -> None:
    folder = tmp_path_factory.mktemp("any") / "005"
    every = (1, len(text.splitlines()))
    entry = ENTRY.model_copy(update={"supersedes": (), "sha256": sha256_of(text)})
    changes = {"title": title.strip(), "not_quoted": (NotQuoted(lines=every, why=why),)}
    entry = entry.model_copy(update=changes)
    passage = PassageEntry(
        id="005.a", reference="1", label=label, lines=every, kind="note", text=text
    )
    write_document(folder, entry, text, [passage])
    stored = StoredDocument.read(folder, ())
    assert stored.document.text == text
    assert entries(stored, folder) == (entry, [passage])


def test_documents_come_in_the_order_of_their_ids(folder: Path) -> None:
    write_document(folder.with_name("00-first"), ENTRY, TEXT, renamed("00-first"))
    ids = [stored.document.id for stored in read_documents(folder.parents[1])]
    assert ids == ["00-first", "000", "001", "002", "003", "004"]


def renamed(document_id: str) -> list[PassageEntry]:
    return [each.model_copy(update={"id": f"{document_id}.a"}) for each in PASSAGES]


def test_what_would_not_be_read_is_not_written(folder: Path) -> None:
    before = sorted(folder.parent.iterdir())
    wrong = PASSAGES[0].model_copy(update={"text": "Three words."})
    with pytest.raises(ContentError, match=r"005/text\.txt:3: 005\.a: lines 3 to 3 no longer"):
        write_document(folder, ENTRY, TEXT, [wrong])
    assert sorted(folder.parent.iterdir()) == before


def test_no_document_is_written_over(folder: Path) -> None:
    with pytest.raises(FileExistsError):
        write_document(folder.with_name("000"), ENTRY, TEXT, PASSAGES)


def test_every_key_is_explained() -> None:
    page = (HOME / "docs" / "knowledge.md").read_text("utf-8")
    for key in (*DocumentEntry.model_fields, *PassageEntry.model_fields):
        assert f"\n| `{key}` | " in page, key


# Slips

Edit = tuple[str, str, str, str]
"""A file of a document, words in it, what stands there instead, and what is told."""

SLIPS: list[Edit] = [
    (
        "000/document.yaml",
        "publisher:",
        "publishr:",
        "000/document.yaml:3: unknown key",
    ),
    ("000/document.yaml", "title:", 'id: "000"\ntitle:', ":2: unknown key 'id'; known here: title"),
    ("000/document.yaml", "year: 1995", "year: old", ":7: 'year' must be a whole number"),
    ("000/document.yaml", "year: 1995", "year: 95", ":7: 'year' must be 1000 or more"),
    ("000/document.yaml", "year: 1995\n", "", "'year' is missing"),
    ("000/document.yaml", "certainty: C", "certainty: D", ":4: unknown 'D'"),
    ("000/document.yaml", "area: null", "area: ''", ":5: 'area' is empty"),
    ("000/document.yaml", "sha256: a9", "sha256: a8", ":8: text.txt is no longer the text that"),
    ("000/document.yaml", "sha256: a9", "sha256: A9", ":8: a SHA-256 is expected here"),
    ("000/document.yaml", "year:", "imported_on: soon\nyear:", ":7: 'imported_on' must be a date"),
    ("000/document.yaml", "year:", "supersedes: [1]\nyear:", ":7: there is no document '1'"),
    ("000/document.yaml", "year:", "supersedes: ['000']\nyear:", "cannot supersede itself"),
    ("000/document.yaml", "year:", "original: {name: a}\nyear:", ":7: 'sha256' is missing"),
    (
        *("000/document.yaml", "year:", "original: {nam: a}\nyear:"),
        ":7: unknown key 'nam'; known here: name, sha256",
    ),
    ("000/document.yaml", "title: The", "title: 'The", ": this is not YAML"),
    ("003/document.yaml", "[1, 26]", "[1, 260]", ":10: there are no lines 1 to 260 in text.txt"),
    ("003/document.yaml", "[1, 26]", "[26, 1]", ":10: there are no lines 26 to 1 in text.txt"),
    ("000/text.txt", "privacy", "privasy", "000/document.yaml:8: text.txt is no longer"),
    ("000/text.txt", "privacy", "privasy", r"000/text.txt:9: 000.p3: lines 9 to 9 no longer"),
    ("000/passages.json", '"reference": "intro",', "", ":2: 'reference' is missing"),
    ("000/passages.json", '"lines": [', '"lines": ["x", ', ":2: 'lines' "),
    ("000/passages.json", "   5,", "   5.0,", ":2: 'lines' must be a whole number"),
    ("000/passages.json", "   5,", '   "5",', ":2: 'lines' must be a whole number"),
    ("000/passages.json", "   5,", "   0,", ":2: 'lines' must be 1 or more"),
    ("000/passages.json", "   5,", "   6,", ":2: 000.intro: there are no lines 6 to 5 in text.txt"),
    ("000/passages.json", "   5\n", "   50\n", ":2: 000.intro: there are no lines 5 to 50"),
    ("000/passages.json", '"id": "000.p1"', '"id": "009.p1"', "'009.p1' must begin with '000.'"),
    ("000/passages.json", '"id": "000.p1"', '"id": "000."', "'000.' must begin with '000.'"),
    ("000/passages.json", '"000.p1"', '"000.intro"', ":14: the id '000.intro' is used twice"),
    ("000/passages.json", '"text": "Fifteen', '"text": " ", "was": "', ":2: 'text' is empty"),
    ("000/passages.json", '"lead_in": "Fifteen', '"lead_in": "Six', "000.p1: the lead-in is no"),
    ("000/passages.json", "[\n {", "{", ": this is not JSON"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), SLIPS)
def test_a_slip_is_told_with_its_place(
    knowledge: Path, name: str, old: str, new: str, said: str
) -> None:
    edit(knowledge / "documents" / name, old, new)
    assert any(said in line for line in told(knowledge)), told(knowledge)


def test_all_slips_are_told_at_once(knowledge: Path) -> None:
    home = knowledge / "documents"
    edit(home / "000" / "document.yaml", "certainty: C", "certainty: D")
    edit(home / "000" / "passages.json", '"kind": "attribution"', '"kind": ""')
    edit(home / "000" / "passages.json", '"000.p2"', '"000.p1"')
    (home / "003" / "text.txt").unlink()
    edit(home / "003" / "document.yaml", "year:", "supersedes: ['009']\nyear:")
    (home / "004" / "text.txt").write_bytes(b"caf\xe9")
    assert [line.partition(": ")[0] for line in told(knowledge)] == [
        "000/document.yaml:4",
        "000/passages.json:2",
        "000/passages.json:27",
        "003/text.txt",
        "003/document.yaml:7",
        "004/text.txt:1",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda home: (home / "a.txt").touch(), "documents/a.txt: only the folders of documents"),
        (lambda home: (home / "new").mkdir(), "new/document.yaml: there is no such file; a"),
        (
            lambda home: (home / "000").rename(home / "0 0"),
            "documents/0 0: the name of this",
        ),
        (
            lambda home: (home / "000").rename(home / "0.0"),
            "documents/0.0: the name of this",
        ),
        (lambda home: (home / "bad\udce9").mkdir(), "documents/bad\ufffd: the name of this"),
        (lambda home: (home / "000" / "a.pdf").touch(), "000/a.pdf: only the files document.yaml"),
        (lambda home: (home / "000" / "old").mkdir(), "000/old: only the files document.yaml"),
        (lambda home: emptied(home / "000" / "text.txt"), "000/text.txt:1: the text is empty"),
        (lambda home: emptied(home / "000" / "document.yaml"), ":1: the file is empty"),
        (
            lambda home: emptied(home / "000" / "passages.json", "[]"),
            ":1: there is no passage here",
        ),
        (lambda home: replaced(home / "000" / "text.txt"), "000/text.txt: there is no such file"),
        (lambda home: shutil.rmtree(home), "/documents: there is no document here"),
    ],
)
def test_what_does_not_belong_or_is_missing_is_told(
    knowledge: Path, change: Callable[[Path], object], said: str
) -> None:
    change(knowledge / "documents")
    assert any(said in line for line in told(knowledge)), told(knowledge)


def emptied(file: Path, left: str = "") -> None:
    file.write_text(left)


def replaced(file: Path) -> None:
    """By a folder of that name."""
    file.unlink()
    file.mkdir()


def test_no_document_at_all_is_told(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    assert "there is no document here" in told(tmp_path)[0]


def test_what_programs_leave_is_not_read(knowledge: Path) -> None:
    (knowledge / "documents" / ".DS_Store").touch()
    (knowledge / "documents" / "000" / ".text.txt.swp").touch()
    assert len(read_documents(knowledge)) == len(SHIPPED)


@pytest.mark.parametrize(
    ("name", "content"),
    [("passages.json", each) for each in ODD_JSON] + [("document.yaml", each) for each in ODD_YAML],
    ids=range(len(ODD_JSON) + len(ODD_YAML)),
)
def test_however_odd_a_file_is_it_is_named(knowledge: Path, name: str, content: str) -> None:
    (knowledge / "documents" / "000" / name).write_text(content, "utf-8")
    lines = told(knowledge)
    assert {line.partition(":")[0] for line in lines} == {f"000/{name}"}
    assert all(line.isprintable() for line in lines)
