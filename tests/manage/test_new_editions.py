"""A new edition through the pages: sent, laid beside the old one, its matches mended."""

from __future__ import annotations

import re

import pytest

from bot.manage.roles import Role
from tests.manage.editions import altered, send_edition
from tests.manage.test_documents import Editor, Signs, approver, editor, signs_in

__all__ = ["approver", "editor", "signs_in"]

PATH = "/manage/documents/000/new-edition"
REMOVED = (
    "- Consider the strengths and potential of family members, as well as their weaknesses, "
    "problems and limitations.\n"
)
NEW = "- Write down at once what you have seen yourself, and keep it apart from what you think.\n"
EDITION = altered(
    ("with dignity and respect", "with dignity, kindness and respect"), (REMOVED, NEW)
)


@pytest.fixture
def sent(editor: Editor) -> Editor:
    read = send_edition(editor, "000", EDITION)
    assert (
        "is in the draft as the new edition of “The Principles of Good Practice in Partnership”"
        in read.text
    )
    return editor


def new_id(page: str) -> str:
    found = re.search(r'name="passage" value="(000\.p\d+-\w+)"', page)
    assert found
    return found.group(1)


def test_the_new_edition_is_shown_beside_the_old_one(sent: Editor) -> None:
    page = sent.get(PATH).text
    assert "<strong>1</strong> changed" in page
    assert "<strong>1</strong> removed" in page
    assert "<strong>1</strong> new" in page
    assert '<ins><span class="unseen">[put in: </span>kindness ' in page
    assert "Respect confidentiality" not in page
    assert "Respect confidentiality" in sent.get(f"{PATH}?show=all").text
    assert "June 2027" in sent.get("/manage/documents/000").text


def test_a_wrong_match_is_parted_and_joined_again(sent: Editor) -> None:
    page = sent.send(f"{PATH}/match", passage="000.p1").text
    assert "Parted: the old passage is removed" in page
    assert "<strong>2</strong> removed" in page
    parted = new_id(page)
    page = sent.send(f"{PATH}/match", passage=parted, old="000.p1").text
    assert "<strong>1</strong> removed" in page
    page = sent.send(f"{PATH}/match", passage=new_id(page), old="000.p9").text
    assert "<strong>0</strong> removed" in page
    assert sent.send(f"{PATH}/match", passage="000.p2", old="000.p9").status_code == 409


def test_what_cannot_be_read_or_says_too_little_is_refused(editor: Editor) -> None:
    assert "Choose a file first" in editor.send(PATH, version="2").text
    assert "Write the version" in editor.send(PATH, files={"file": ("a.txt", b"words")}).text
    long = send_edition(editor, "000", "A line of text.\n" * 100_000)
    assert "is in the draft" in long.text
    editor.send("/manage/changes/undo", seen=editor.seen())
    broken = send_edition(editor, "000", "\x00\x01")
    assert "this is not a text" in broken.text
    assert "/manage/documents/000/new-edition" in broken.text
    assert "Nothing waits" in editor.get("/manage/changes").text
    assert editor.get("/manage/documents/none/new-edition").status_code == 404


def test_a_reader_sees_what_is_different_and_sends_nothing(signs_in: Signs) -> None:
    reader = signs_in(Role.READER)
    assert "An editor sends it" in reader.get(PATH).text
    assert reader.send(PATH, version="2").status_code == 403
    assert reader.send(f"{PATH}/match", passage="000.p1").status_code == 403
