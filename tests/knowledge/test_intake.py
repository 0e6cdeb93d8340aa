from __future__ import annotations

import errno
from datetime import date
from pathlib import Path

import pytest

from knowledge.documents import StoredDocument, document_folders, read_document_of
from knowledge.errors import ContentError
from knowledge.importing import ImportedDocument, NotQuotable, ProposedPassage
from knowledge.intake import GivenFacts, area_of, entry_of, next_id, passages_of, take_in

TODAY = date(2026, 11, 29)
TEXT = "Missing children\nOne of these.\nAnother of these.\nA third.\n"


def passage(line: int, text: str, number: str | None, under: str | None = None) -> ProposedPassage:
    return ProposedPassage(
        number=number,
        label="",
        text=text,
        lines=(line, line),
        heading=None,
        lead_in=None,
        kind="paragraph",
        under=under,
    )


IMPORTED = ImportedDocument(
    title="Missing children",
    text=TEXT,
    passages=(
        passage(2, "One of these.", "1.2"),
        passage(3, "Another of these.", "1.2"),
        passage(4, "A third.", None),
    ),
    headings=(),
    furniture=(NotQuotable((1, 1), "stands under the title"),),
    people=(),
    sha256="0" * 64,
    form="text",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Policy.TXT"
    path.write_text(TEXT)
    return path


def entry(given: GivenFacts) -> tuple[str, str, str, str | None, int | None]:
    made = entry_of(Path("Policy.txt"), IMPORTED, given, TODAY)
    return made.title, made.publisher, made.certainty, made.area, made.year


def test_a_number_that_the_document_uses_twice_names_two_passages() -> None:
    made = list(passages_of("007", IMPORTED))
    assert [each.id for each in made] == ["007.1.2", "007.1.2-2", "007.p3"]
    assert [each.reference for each in made] == ["1.2", "1.2", "¶ 3"]
    assert [each.label for each in made] == ["1.2", "1.2", "¶ 3"]


def test_what_is_given_stands_in_the_description() -> None:
    assert entry(GivenFacts()) == ("Missing children", "publisher not given", "C", None, None)
    given = GivenFacts("  A  title ", "Sussex SCP", "East Sussex", "v2, June 2025")
    assert entry(given) == ("A title", "Sussex SCP", "C", "east-sussex", 2025)
    assert entry(GivenFacts(publisher="missing Children"))[2] == "A"


@pytest.mark.parametrize("publisher", ["missing", "Missing child", "ren One"])
def test_a_publisher_is_established_only_by_two_whole_words_of_the_text(publisher: str) -> None:
    assert entry(GivenFacts(publisher=publisher))[2] == "C"


@pytest.mark.parametrize(
    "given",
    [
        GivenFacts(title="Zo\udceb"),
        GivenFacts(publisher="\udceb"),
        GivenFacts(None, None, None, "\udceb"),
    ],
)
def test_what_is_not_utf8_is_told_so(given: GivenFacts) -> None:
    with pytest.raises(ContentError, match="in another code than UTF-8"):
        entry(given)


@pytest.mark.parametrize("version", ["v2", "12025", "no year", "1066"])
def test_a_year_is_taken_from_the_version_only_where_one_stands_in_it(version: str) -> None:
    assert entry(GivenFacts(version=version))[4] is None


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Knowsley", "knowsley"), ("Bath & NES", "bath-nes"), ("Ynys Môn", "ynys-mon")],
)
def test_an_area_is_written_in_small_letters(name: str, slug: str | None) -> None:
    assert area_of(name) == slug


@pytest.mark.parametrize("name", ["", "  ", "Ł", "中"])
def test_an_area_of_which_nothing_is_left_is_refused(name: str) -> None:
    with pytest.raises(ContentError, match="no letter from a to z"):
        area_of(name)


def test_ids_have_three_digits_and_go_on_after_the_highest(tmp_path: Path) -> None:
    assert next_id((), tmp_path) == "000"
    assert next_id(("002", "policy", "0100", "٠٠٩"), tmp_path) == "003"
    with pytest.raises(ContentError, match="the id 999 was given"):
        next_id(("999",), tmp_path)


def test_what_is_taken_in_can_be_read_with_its_original(tmp_path: Path, file: Path) -> None:
    (tmp_path / "content" / "documents").mkdir(parents=True)
    content = tmp_path / "content"
    with pytest.raises(ContentError, match="is not the file that `original` describes"):
        read_document_of(content, take_in(content, file, IMPORTED, GivenFacts(), TODAY, ()))
    (folder,) = document_folders(content)
    (folder / "original.txt").unlink()
    stored = StoredDocument.read(folder, {folder.name})
    assert [each.text for each in stored.passages] == [
        "One of these.",
        "Another of these.",
        "A third.",
    ]
    assert stored.document.imported_on == TODAY
    assert stored.document.original is not None
    assert stored.document.original.name == "original.txt"


def test_what_it_supersedes_has_to_be_there(tmp_path: Path, file: Path) -> None:
    documents = tmp_path / "documents"
    (documents / "003").mkdir(parents=True)
    take_in(tmp_path, file, IMPORTED, GivenFacts(supersedes=("003",)), TODAY, ("003",))
    assert "supersedes: ['003']" in (documents / "004" / "document.yaml").read_text("utf-8")
    with pytest.raises(ContentError, match="there is no document '005' to supersede"):
        take_in(tmp_path, file, IMPORTED, GivenFacts(supersedes=("005",)), TODAY, ("004",))


def test_a_full_disk_is_told_in_words(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "documents").mkdir()
    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(ContentError, match=r"the disk is full\. Make room"):
        take_in(tmp_path, file, IMPORTED, GivenFacts(), TODAY, ())
