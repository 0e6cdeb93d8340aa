"""A draft with a file that cannot be read: its page says what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.operations.content_folder import open_drafts
from bot.settings import Settings
from tests.manage.test_documents import Editor, approver, editor, signs_in

__all__ = ["approver", "editor", "signs_in"]

FILES = (
    "data/contacts.yaml",
    "data/notices.yaml",
    "data/citation_rules.yaml",
    "data/flows_shared.yaml",
    "data/flows/new_concern.yaml",
    "data/induction/1-child-first.yaml",
    "documents/003/document.yaml",
    "documents/003/passages.json",
    "documents/003/review.yaml",
    "documents/003/text.txt",
    "evaluation.jsonl",
    "gaps.jsonl",
    "glossary.yaml",
    "notices.yaml",
    "out_of_scope.jsonl",
    "questions.jsonl",
    "relations.yaml",
    "words.yaml",
)
BROKEN = (b"local: [\n", b"\xff\xfe\x00", b"- a\n- b: {c: 1}\n", b'{"id": 1}\n', b"")
PAGES = (
    "documents",
    "documents/003",
    "notices",
    "contacts",
    "reviews",
    "documents/003/impact",
    "documents/003/retire",
    "documents/003/review",
    "documents/003/new-edition",
    "changes",
)


def broken(name: str, content: bytes | None) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(content)

    return apply


def breaks(tmp_path: Path, name: str, content: bytes | None) -> None:
    drafts = open_drafts(Settings(state_dir=tmp_path))
    if draft := drafts.open():
        drafts.discard(draft.id)
    drafts.change("Ann Example", f"Changed {name}", broken(name, content))


def test_the_slip_in_broken_contacts_is_shown_with_what_to_do(
    approver: Editor, tmp_path: Path
) -> None:
    breaks(tmp_path, "data/contacts.yaml", b"partnership: [\n")
    page = approver.get("/manage/changes")
    assert page.status_code == 200
    assert "Something in the draft cannot be read" in page.text
    assert "Undo the last change" in page.text
    assert "contacts.yaml" in page.text.partition('id="check"')[2]
    assert "cancel each other out" not in page.text
    assert "1 thing is wrong" in page.text
    refused = approver.send("/manage/changes/publish", seen=approver.seen(), why="agreed")
    assert (refused.status_code, "Not published. Mend what is listed" in refused.text) == (
        409,
        True,
    )
    undone = approver.send("/manage/changes/undo", seen=approver.seen())
    assert "The last change is undone" in undone.text


@pytest.mark.parametrize("name", FILES)
def test_no_broken_file_makes_a_page_fail(approver: Editor, tmp_path: Path, name: str) -> None:
    for content in (*BROKEN, None):
        if not content and name in {"evaluation.jsonl", "documents/003/review.yaml"}:
            continue  # As shipped the one is empty, and the other is not there.
        breaks(tmp_path, name, content)
        assert approver.get("/manage/changes").status_code == 200, content
        for path in PAGES:
            page = approver.get(f"/manage/{path}")
            assert page.status_code in {200, 404, 409}, (path, content)
            assert "Traceback" not in page.text
