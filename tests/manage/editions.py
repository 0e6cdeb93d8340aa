"""New editions of documents, as a partnership sends them."""

from __future__ import annotations

import httpx

from bot.settings import HOME
from knowledge.documents import read_document_of
from tests.manage.test_documents import Editor
from tests.manage.waiting import until

OLD = read_document_of(HOME / "knowledge", "000").text


def altered(*changes: tuple[str, str], text: str = OLD) -> str:
    """The text of document 000 with these words in the place of others."""
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def send_edition(
    editor: Editor, document_id: str, text: str, version: str = "June 2027"
) -> httpx.Response:
    page = editor.send(
        f"/manage/documents/{document_id}/new-edition",
        files={"file": ("New.txt", text.encode())},
        version=version,
    )
    return until(lambda: editor.get(page.url.path), lambda each: "refresh" not in each.text)
