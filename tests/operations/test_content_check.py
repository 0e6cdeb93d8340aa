from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.operations.content_check import checked_content
from knowledge.library import FOLDER
from tests.shipped import DATA, FLOWS, LIBRARY


@pytest.fixture
def content(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("*.py", "*.npz", "importing", "editions", "__pycache__")
    shutil.copytree(FOLDER, tmp_path / "content", ignore=ignored)
    return tmp_path / "content"


def files(content: Path) -> set[str]:
    return {slip.place.file for slip in checked_content(content, DATA).slips}


def test_what_is_shipped_is_counted_and_sound() -> None:
    checked = checked_content(FOLDER, DATA)
    assert checked.slips == ()
    assert (checked.documents, checked.passages) == (len(LIBRARY.documents), len(LIBRARY.passages))
    assert checked.flows == len(FLOWS)
    assert min(checked.questions, checked.gaps, checked.notices, checked.modules) > 0


def test_a_document_that_is_gone_is_missed_wherever_it_is_cited(content: Path) -> None:
    shutil.rmtree(content / "documents" / "003")
    found = files(content)
    assert {
        *("content/notices.yaml", "content/relations.yaml", "content/questions.jsonl"),
        *("content/gaps.jsonl", "flows/new_concern.yaml", "induction/1-child-first.yaml"),
    } <= found


def test_a_gap_that_names_no_contact_is_named_with_its_line(content: Path) -> None:
    """Also where the contact was there when the gap was written."""
    file = content / "gaps.jsonl"
    first, *others = file.read_text().splitlines(keepends=True)
    file.write_text(first.replace('"legal"', '"legal_team"') + "".join(others))
    (slip,) = checked_content(content, DATA).slips
    assert str(slip).startswith(
        "content/gaps.jsonl:1: significant_harm_definition: there is no contact 'legal_team'"
    )
    own = content / "data" / "contacts.yaml"
    own.parent.mkdir()
    without = (DATA / "contacts.yaml").read_text().replace("  early_help:", "  family_help:")
    own.write_text(without)
    told = checked_content(content, DATA).told()
    assert "there is no contact 'early_help'" in told


def test_slips_in_files_that_do_not_hang_together_are_named_together(content: Path) -> None:
    (content / "glossary.yaml").write_text("- term: DSL\n")
    (content / "words.yaml").write_text("acronyms: none\n")
    (content / "documents" / "003" / "text.txt").write_text("another text")
    assert {"content/glossary.yaml", "content/words.yaml", "003/document.yaml"} <= files(content)
