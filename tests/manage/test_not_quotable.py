"""Many passages are marked as not quotable at once, section by section."""

from __future__ import annotations

import re

from bot.manage.roles import Role
from tests.manage.test_documents import Editor, Signs, editor, signs_in

__all__ = ["editor", "signs_in"]


def ticked(page: str) -> list[str]:
    return re.findall(r'name="passage" value="([^"]+)" checked', page)


def test_all_of_a_section_is_marked_in_one_step(editor: Editor) -> None:
    editor.take_in()
    review = editor.get("/manage/documents/005/review").text
    where = re.findall(r'href="([^"]+)">Mark all of this section[^/]+: 4 Consent<', review)
    form = editor.get(where[0])
    assert "Mark “4 Consent” as not quotable" in form.text
    assert ticked(form.text) == ["005.4.1", "005.4.2", "005.4.3"]
    path = form.url.path
    chosen = ["005.4.1", "005.4.2"]
    two: dict[str, str | list[str]] = {"passage": chosen, "line": str(form.url.params["line"])}
    without = editor.send(path, **two)
    assert without.status_code == 422
    assert "say why" in without.text
    assert ticked(without.text) == chosen
    done = editor.send(path, **two, why="a table about the document")
    assert "Marked as not quotable." in done.text
    assert done.text.count("Not quotable:</strong> a table about the document.") == 2
    changes = editor.get("/manage/changes").text
    assert "Marked 2 passages as not quotable (a table about the document)" in changes


def test_of_the_whole_document_nothing_is_ticked_and_one_passage_stays(editor: Editor) -> None:
    editor.take_in()
    path = "/manage/documents/005/review/not-quotable"
    form = editor.get(path).text
    assert not ticked(form)
    assert "tick the passages" in editor.send(path, why="chart").text
    all_of_them = re.findall(r'name="passage" value="([^"]+)"', form)
    refused = editor.send(path, passage=all_of_them, why="chart")
    assert refused.status_code == 422
    assert "no passage would be left" in refused.text


def test_a_reader_marks_nothing(signs_in: Signs) -> None:
    reader = signs_in(Role.READER)
    assert "not quotable at once" not in reader.get("/manage/documents/001/review").text
    path = "/manage/documents/001/review/not-quotable"
    assert reader.get(path).status_code == 403
    assert reader.send(path, why="chart").status_code == 403
