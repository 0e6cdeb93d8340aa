"""A wrong match of a new edition is put right by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.documents import read_stored
from knowledge.errors import ContentError
from knowledge.passage_questions import MISTAKEN_FOR, questions_of
from knowledge.revision import compared, join, part
from tests.knowledge.revision.test_revising import SECOND, content, revised

__all__ = ["content"]


@pytest.fixture
def before(content: Path, tmp_path: Path) -> Path:
    """The old edition; the content has the new one."""
    for name in MISTAKEN_FOR:
        (content / name).write_text("")
    kept = tmp_path / "before"
    shutil.copytree(content, kept)
    revised(content, SECOND)
    return kept


def kinds(before: Path, content: Path) -> dict[str | None, str]:
    changes = compared(read_stored(before, "000"), read_stored(content, "000"))
    return {change.id: change.kind for change in changes}


def new_one(before: Path, content: Path) -> str:
    found = [each for each, kind in kinds(before, content).items() if kind == "new"]
    assert len(found) == 1
    assert found[0]
    return found[0]


def test_two_kept_editions_are_compared_by_their_ids(before: Path, content: Path) -> None:
    new = new_one(before, content)
    assert kinds(before, content) == {
        "000.1.1": "changed",
        "000.1.2": "removed",
        "000.1.3": "same",
        new: "new",
    }
    same = read_stored(before, "000")
    assert {each.kind for each in compared(same, same)} == {"same"}


def test_a_passage_that_is_not_the_same_is_removed_and_new(before: Path, content: Path) -> None:
    was_new = new_one(before, content)
    parted = part(content, before, "000", "000.1.1")
    now = kinds(before, content)
    assert now["000.1.1"] == "removed"
    assert now[parted] == now[was_new] == "new"
    assert questions_of(content, "000.1.1") == ()
    assert "000.1.1" in read_stored(content, "000").document.retired_passages
    with pytest.raises(ContentError, match="the old edition has no passage"):
        part(content, before, "000", parted)


def test_a_new_passage_goes_on_with_a_removed_one(before: Path, content: Path) -> None:
    new = new_one(before, content)
    with pytest.raises(ContentError, match="goes on in another passage already"):
        join(content, before, "000", new, "000.1.1")
    join(content, before, "000", new, "000.1.2")
    assert kinds(before, content) == {
        "000.1.1": "changed",
        "000.1.2": "changed",
        "000.1.3": "same",
    }
    assert questions_of(content, "000.1.2") == ("q2",)
    assert read_stored(content, "000").document.retired_passages == ()


def test_parting_and_joining_leads_back(before: Path, content: Path) -> None:
    was = read_stored(content, "000")
    parted = part(content, before, "000", "000.1.1")
    join(content, before, "000", parted, "000.1.1")
    assert read_stored(content, "000") == was
    assert questions_of(content, "000.1.1") == ("q1",)
