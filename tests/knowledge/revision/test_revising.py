"""A new edition in the folder of the content."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.documents import Document, read_stored
from knowledge.errors import ContentError
from knowledge.importing import read_document
from knowledge.intake import GivenFacts, take_in
from knowledge.revision import NewFacts, Revision, revise

TODAY = date(2026, 11, 30)
FIRST = """Missing children

1.1 If a child is missing, staff do not wait, and ring the police on 101.
1.2 The manager is told at once, also at night and on every day of the week.
1.3 Nobody is told to go home and wait for news that may not come.
"""
SECOND = """Missing children

1.1 Everybody who works with children in this area reads this before they begin.
1.2 If a child is missing, staff do not wait, and ring the police on 999.
1.3 Nobody is told to go home and wait for news that may not come.
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    (content / "documents").mkdir(parents=True)
    file = written(tmp_path, FIRST)
    given = GivenFacts("Missing", "Sussex SCP", "Sussex", "Version 1, 2025")
    assert take_in(content, file, read_document(file), given, TODAY, ()) == "000"
    lines = [{"passage_id": f"000.1.{at}", "questions": [f"q{at}"]} for at in (1, 2, 3)]
    (content / "questions.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in lines))
    return content


def written(folder: Path, text: str) -> Path:
    path = folder / "Policy.txt"
    path.write_text(text)
    return path


NOTHING_GIVEN = NewFacts()


def revised(content: Path, text: str, given: NewFacts = NOTHING_GIVEN) -> Revision:
    file = written(content.parent, text)
    return revise(content, "000", file, read_document(file), given, TODAY)


def ids(content: Path) -> dict[str, str]:
    return {each.id: each.reference for each in read_stored(content, "000").passages}


def document(content: Path) -> Document:
    return read_stored(content, "000").document


def test_ids_go_on_and_numbers_follow_the_text(content: Path) -> None:
    revision = revised(content, SECOND, NewFacts(version="Version 2, 2026"))
    assert [each.kind for each in revision.changes] == ["new", "changed", "removed", "same"]
    found = ids(content)
    new = next(iter(found))
    assert new.startswith("000.1.1-")
    assert found == {new: "1.1", "000.1.1": "1.2", "000.1.3": "1.3"}


def test_what_was_known_is_kept_and_the_version_is_the_new_one(content: Path) -> None:
    revised(content, SECOND, NewFacts(version="Version 2, 2026"))
    now = document(content)
    assert (now.title, now.publisher, now.area) == ("Missing", "Sussex SCP", "sussex")
    assert (now.version, now.year, now.needs_two) == ("Version 2, 2026", 2026, False)
    assert now.text == SECOND.replace("\n\n", "\n")
    assert (content / "documents" / "000" / "original.txt").read_text() == SECOND
    revised(content, SECOND, NewFacts(title="Missing from care", needs_two=True))
    now = document(content)
    assert (now.title, now.title_supplied, now.needs_two) == ("Missing from care", True, True)
    assert (now.version, now.year) == ("version not given", None)


def test_questions_of_what_is_removed_are_taken_out_and_reported(content: Path) -> None:
    revision = revised(content, SECOND)
    assert [(each.passage_id, each.questions) for each in revision.questions] == [
        ("000.1.2", ("q2",))
    ]
    left = (content / "questions.jsonl").read_text().splitlines()
    assert [json.loads(each)["passage_id"] for each in left] == ["000.1.1", "000.1.3"]


def test_an_id_is_never_given_to_other_words(content: Path) -> None:
    """Neither after it was removed, nor where the content went back and a number means another
    paragraph."""
    first = set(ids(content))
    revised(content, SECOND)
    assert document(content).retired_passages == ("000.1.2",)
    second = set(ids(content))
    other = SECOND.replace("Everybody who works with", "A register is kept by the district for")
    revised(content, other.replace("before they begin", "and shown to no other person"))
    third = set(ids(content))
    revised(content, FIRST)
    assert "000.1.2" not in ids(content)
    assert len(first | second | third | set(ids(content))) == 6


def test_what_goes_wrong_leaves_the_old_edition(content: Path) -> None:
    file = written(content.parent, SECOND)
    imported = read_document(file)
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    broken = replace(imported, sha256="0" * 64, text=imported.text.replace("999", "101"))
    with pytest.raises(ContentError):
        revise(content, "000", file, broken, NewFacts(), TODAY)
    with pytest.raises(ContentError, match="there is no document '009'"):
        revise(content, "009", file, imported, NewFacts(), TODAY)
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before


def test_what_people_have_looked_at_is_kept(content: Path) -> None:
    review = content / "documents" / "000" / "review.yaml"
    review.write_text("places: []\n")
    revised(content, SECOND)
    assert review.read_text() == "places: []\n"


def test_the_same_file_again_changes_nothing(content: Path) -> None:
    assert {each.kind for each in revised(content, FIRST).changes} == {"same"}
    assert list(ids(content)) == ["000.1.1", "000.1.2", "000.1.3"]
