"""Who signs a document on its page, and what is not published unsigned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.manage.roles import Role
from tests.manage.people import accounts_in, sign_in
from tests.manage.test_documents import Editor, Signs, administrator, approver, editor, signs_in

__all__ = ["administrator", "approver", "editor", "signs_in"]

PATH = "/manage/documents/002"
FACTS = {"title": "Another title", "publisher": "SCP", "version": "v2"}


def text_of(editor: Editor) -> str:
    return editor.get(PATH).text.partition('name="text" value="')[2].partition('"')[0]


def publish(approver: Editor) -> httpx.Response:
    approver.checked()
    return approver.send("/manage/changes/publish", seen=approver.seen(), why="agreed")


@pytest.fixture
def second(approver: Editor, tmp_path: Path) -> Iterator[Editor]:
    """Another approver."""
    accounts = accounts_in(tmp_path)
    accounts.add("approver-two", "Cy Example", Role.APPROVER, "otter ladder violin")
    with httpx.Client(base_url=approver.client.base_url, timeout=60) as own:
        assert not sign_in(own, "approver-two").is_error
        yield Editor(own)


def lift(person: Editor, why: str = "It is a list of addresses") -> httpx.Response:
    return person.send(f"{PATH}/needs-two", why=why)


def test_neither_of_the_two_lets_one_person_sign(
    editor: Editor, approver: Editor, administrator: Editor
) -> None:
    editor.send(f"{PATH}/needs-two", two="true")
    for each in (editor, approver):
        page = each.get(PATH).text
        assert "An administrator can let one person sign it" in page
        assert "<summary>Let one person sign it" not in page
        assert lift(each).status_code == 403
    assert "<summary>Let one person sign it" in administrator.get(PATH).text
    without = lift(administrator, " ")
    assert without.status_code == 409
    assert "write why one person is enough" in without.text
    assert "Two different people have to sign it." in editor.get(PATH).text
    assert lift(administrator).status_code == 200
    said = "because: It is a list of addresses"
    assert said in editor.get("/manage/changes").text
    assert said in administrator.get("/manage/audit").text
    editor.describe("002", **FACTS)
    assert publish(approver).status_code == 200
    newest = approver.get("/manage/history").text
    assert said in newest


def test_two_different_people_sign_before_it_is_published(
    editor: Editor, approver: Editor, second: Editor, administrator: Editor
) -> None:
    assert "Nobody has signed it" in editor.get(PATH).text
    assert "Ask for two people" in editor.get(PATH).text
    editor.send(f"{PATH}/needs-two", two="true")
    editor.describe(PATH.rpartition("/")[2], **FACTS)
    refused = publish(approver)
    assert refused.status_code == 409
    assert "Two different people have to sign Another title first" in refused.text
    text = text_of(approver)
    assert editor.send(f"{PATH}/sign", text=text, role="editor").status_code == 403
    page = approver.send(f"{PATH}/sign", text=text, role="policy officer").text
    assert "Signed by Approver Example, policy officer" in page
    assert "It needs a second person" in page
    assert "You have signed this text" in page
    again = approver.send(f"{PATH}/sign", text=text, role="policy officer")
    assert again.status_code == 409
    assert publish(approver).status_code == 409
    second.send(f"{PATH}/sign", text=text, role="safeguarding lead")
    assert publish(approver).status_code == 200
    assert "Cy Example, safeguarding lead" in editor.get(PATH).text
    lift(administrator)
    assert publish(approver).status_code == 200


def test_the_mark_is_lifted_by_two_and_other_documents_need_no_signature(
    editor: Editor, approver: Editor, administrator: Editor
) -> None:
    editor.send(f"{PATH}/needs-two", two="true")
    assert publish(approver).status_code == 200
    editor.describe("003", **FACTS)
    assert publish(approver).status_code == 200
    lift(administrator)
    assert publish(approver).status_code == 409


def test_only_the_text_that_was_seen_is_signed(approver: Editor) -> None:
    wrong = approver.send(f"{PATH}/sign", text="0" * 64, role="policy officer")
    assert wrong.status_code == 409
    assert "changed since you looked at it" in wrong.text
    assert approver.send(f"{PATH}/sign", text=text_of(approver)).status_code == 409


def test_a_reader_sees_the_sign_off_and_signs_nothing(signs_in: Signs) -> None:
    reader = signs_in(Role.READER)
    assert "An approver signs it" in reader.get(PATH).text
    assert reader.send(f"{PATH}/needs-two", two="true").status_code == 403
