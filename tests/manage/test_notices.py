"""The notices beside passages at `/manage/notices`: listed, changed, added, taken out, signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot.manage.roles import Role
from bot.operations.content_folder import open_drafts
from bot.settings import HOME, Settings
from knowledge.notices import NoticeRecord, read_records
from tests.manage.people import accounts_in, csrf, sign_in
from tests.manage.test_documents import Editor, Signs, administrator, approver, editor, signs_in

__all__ = ["administrator", "approver", "editor", "signs_in"]

PATH = "/manage/notices"
DATED = f"{PATH}/boards-replaced"
TYPED: dict[str, str | list[str]] = {
    "text": "Local safeguarding children boards have been replaced. Check with your lead.",
    "kind": "superseded",
    "certainty": "B",
    "owner": "policy officer",
    "checked_on": "2026-11-28",
    "review_by": "2027-11-28",
    "passages": ["001.EO.p2"],
    "do": "keep",
}
NEW = {**TYPED, "name": "Missed visits: one day", "passages": ["000.p1", "000.p2"]}


def send(editor: Editor, path: str, **fields: str | list[str]) -> httpx.Response:
    own = csrf(editor.get("/manage"))
    return editor.client.post(path, data={"csrf": own, **fields}, follow_redirects=True)


def change(editor: Editor, path: str = DATED, **fields: str | list[str]) -> httpx.Response:
    return send(editor, path, **{"seen": editor.seen(path), **TYPED, **fields})


def in_draft(tmp_path: Path, notice_id: str) -> NoticeRecord | None:
    drafts = open_drafts(Settings(state_dir=tmp_path))
    draft = drafts.open()
    assert draft
    return next((r for r in read_records(drafts.folder(draft)) if r.id == notice_id), None)


def sum_of(editor: Editor) -> str:
    """Of what an approver signs; empty where there is nothing to sign."""
    return editor.get(DATED).text.partition('name="text" value="')[2].partition('"')[0]


def sign(editor: Editor, **fields: str) -> httpx.Response:
    given = {"text": sum_of(editor), "role": "policy officer", **fields}
    return editor.send(f"{DATED}/sign", **given)


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


def test_all_are_listed_the_first_due_first_with_who_signed_and_where(editor: Editor) -> None:
    page = editor.get(PATH).text
    assert page.index("duty-to-share-2026") < page.index("consent-default-dated")
    assert page.index("consent-default-dated") < page.index("boards-replaced")
    assert "To be reviewed by 31 January 2027. Nobody has signed it." in page
    assert '<a href="/manage/documents/001/passages/001.EO.p2">' in page
    assert ", all of it" in page
    assert "data/notices.yaml" in page
    assert editor.get(f"{PATH}/none").status_code == 404


def test_what_is_overdue_is_marked(editor: Editor) -> None:
    assert "Kept in the draft." in change(editor, review_by="2026-11-01").text
    page = editor.get(PATH).text
    assert '<li class="late">' in page
    assert "Overdue: was to be reviewed by 1 November 2026." in page
    assert page.index("boards-replaced") < page.index("duty-to-share-2026")


def test_a_notice_is_changed_in_the_draft_and_the_rest_of_its_file_stays(
    editor: Editor, tmp_path: Path
) -> None:
    before = (HOME / "knowledge" / "notices.yaml").read_text("utf-8").splitlines()
    kept = change(editor, passages=["001.EO.p2", "000.p1", "000.p2"])
    assert "Kept in the draft." in kept.text
    record = in_draft(tmp_path, "boards-replaced")
    assert record
    assert record.text == TYPED["text"]
    assert record.passages == ("001.EO.p2", "000.p1", "000.p2")
    drafts = open_drafts(Settings(state_dir=tmp_path))
    draft = drafts.open()
    assert draft
    after = (drafts.folder(draft) / "notices.yaml").read_text("utf-8").splitlines()
    assert set(before) - set(after) <= {
        '    passages: ["001.EO.p2"]',
        "      Local safeguarding children boards were replaced by safeguarding partners by"
        " September 2019.",
        "    checked_on: 2026-11-21",
        "    review_by: 2027-05-21",
    }
    changes = unescape(editor.get("/manage/changes").text)
    assert "becomes “Local safeguarding children boards have been replaced." in changes
    assert "Passages: “Equal Opportunities ¶2 of Underlying policy" in changes
    assert "001.EO.p2" not in changes
    assert f'<a href="{DATED}">Notice: Boards replaced</a>' in changes


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("text", "  ", "This is empty. Write it."),
        ("owner", "", "This is empty. Write it."),
        ("kind", "rumour", "Choose one of these."),
        ("certainty", "", "Choose one of these."),
        ("certainty", "C", "word it as not certain"),
        ("checked_on", "2099-01-01", "This day is still to come."),
        ("review_by", "soon", "“soon” is no date."),
        ("review_by", "", "This is empty. Write it."),
        ("passages", [], "It stands beside nothing."),
        ("passages", ["009.none"], "not in the draft any more"),
    ],
)
def test_each_slip_is_told_beside_its_field_and_nothing_is_lost(
    editor: Editor, field: str, typed: str | list[str], told: str
) -> None:
    owner = "" if field == "owner" else "an office of my own"
    sent: dict[str, str | list[str]] = {"owner": owner, field: typed}
    page = change(editor, DATED, **sent)
    assert page.status_code == 422
    beside = "text" if told.startswith("word it") else field
    told_beside = re.search(rf'id="{beside}-error">(.*?)</p>', unescape(page.text))
    assert told_beside
    assert told in told_beside.group(1)
    assert f'<a href="#{beside}">' in page.text
    assert "<title>Error: " in page.text
    assert f'name="owner" value="{owner}"' in page.text
    assert "Nothing waits" in editor.get("/manage/changes").text


def test_who_saves_over_a_change_of_somebody_else_sees_both(editor: Editor) -> None:
    opened_before = editor.seen(DATED)
    change(editor, text="Hers. Check it.")
    refused = change(editor, text="His. Check it.", seen=opened_before)
    assert refused.status_code == 409
    page = unescape(refused.text)
    assert "somebody changed this notice since you opened the page" in page
    assert "Hers. Check it.</textarea>" in page
    assert "<strong>Your form said:</strong> His. Check it." in page
    assert page.count("Your form said:") == 1
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    assert change(editor, text="His. Check it.", seen=found.group(1)).status_code == 200


def test_who_changes_what_was_taken_out_may_add_it_anew(editor: Editor) -> None:
    seen = editor.seen(DATED)
    gone = send(editor, f"{DATED}/take-out", seen=seen)
    assert "Taken out in the draft." in gone.text
    refused = send(editor, DATED, **{**TYPED, "text": "Mine. Check it.", "seen": seen})
    assert refused.status_code == 409
    assert "somebody took this notice out" in refused.text
    assert "Mine. Check it.</textarea>" in refused.text
    assert send(editor, f"{PATH}/new", **{**TYPED, "name": "boards-replaced"}).status_code == 200


def test_what_somebody_changed_is_not_taken_out_unseen(editor: Editor) -> None:
    seen = editor.seen(DATED)
    change(editor)
    refused = send(editor, f"{DATED}/take-out", seen=seen)
    assert refused.status_code == 409
    assert "Look at it again" in refused.text
    assert editor.get(DATED).status_code == 200


def test_a_notice_is_added_beside_a_passage(editor: Editor, tmp_path: Path) -> None:
    passage = editor.get("/manage/documents/000/passages/000.p1").text
    assert f"{PATH}/new?passage=000.p1" in passage
    form = editor.get(f"{PATH}/new?passage=000.p1").text
    assert re.search(r'value="000\.p1" checked', form)
    added = send(editor, f"{PATH}/new", **NEW)
    assert "Added in the draft." in added.text
    record = in_draft(tmp_path, "missed-visits-one-day")
    assert record
    assert record.passages == ("000.p1", "000.p2")
    assert record.signed_by is None
    assert "missed-visits-one-day" in editor.get("/manage/documents/000/passages/000.p1").text
    assert "Everything in the draft can be answered from" in editor.checked()
    twice = send(editor, f"{PATH}/new", **NEW)
    assert twice.status_code == 422
    assert "There is a notice of this name already" in twice.text
    assert send(editor, f"{PATH}/new", **{**NEW, "name": "?"}).status_code == 422


def test_passages_are_looked_for_and_what_was_typed_stays(editor: Editor) -> None:
    words = "Family members participating in meetings"
    found = change(editor, do="look", find=words, text="Half a notice")
    assert found.status_code == 200
    assert "Half a notice</textarea>" in found.text
    assert "nothing is kept yet" in found.text
    ticked = re.findall(r'name="passages" value="([^"]+)"( checked)?', found.text)
    assert ("001.EO.p2", " checked") in ticked
    assert len(ticked) > 1
    assert "Nothing waits" in editor.get("/manage/changes").text
    assert "nothing is kept yet" in change(editor, find=words).text
    assert "Kept in the draft." in change(editor, find=words, looked=words).text


def test_an_approver_signs_and_a_change_opens_it_again(editor: Editor, approver: Editor) -> None:
    assert "An approver signs it." in editor.get(DATED).text
    assert sign(editor).status_code == 403
    lacks_role = sign(approver, role=" ")
    assert lacks_role.status_code == 422
    assert "in which role you sign" in lacks_role.text
    assert sign(approver, text="0" * 64).status_code == 409
    signed = sum_of(approver)
    page = sign(approver).text
    assert "Signed by Approver Example, policy officer" in page
    assert "You have signed this notice" in page
    again = sign(approver, text=signed)
    assert again.status_code == 409
    assert "Approver Example has signed this text already" in again.text
    change(
        editor,
        text="Local safeguarding children boards were replaced by safeguarding partners"
        " by September 2019.",
        review_by="2027-12-01",
    )
    assert "Signed by Approver Example" in editor.get(DATED).text
    change(editor)
    assert "Open again, because it has changed since it was signed by" in editor.get(DATED).text
    assert "Nobody has signed it as it stands." in editor.get("/manage/changes").text


def test_where_two_have_to_sign_it_is_not_published_before(
    editor: Editor, approver: Editor, second: Editor, administrator: Editor
) -> None:
    page = send(editor, f"{DATED}/needs-two", two="true").text
    assert "Two different people have to sign it." in page
    change(editor)
    refused = publish(approver)
    assert refused.status_code == 409
    assert "Two different people have to sign the notice “Boards replaced” first" in refused.text
    assert "It needs a second person." in sign(approver).text
    assert publish(approver).status_code == 409
    sign(second, role="safeguarding lead")
    assert publish(approver).status_code == 200
    assert "Cy Example, safeguarding lead" in editor.get(DATED).text
    assert send(approver, f"{DATED}/needs-two", why="a slip").status_code == 403
    send(administrator, f"{DATED}/needs-two", why="Only its owner has changed")
    assert publish(approver).status_code == 200


def test_a_reader_sees_everything_and_changes_nothing(signs_in: Signs) -> None:
    reader = signs_in(Role.READER)
    page = reader.get(DATED).text
    assert "Nobody has signed it" in page
    assert "Keep in the draft" not in page
    assert "Add a notice" not in reader.get(PATH).text
    assert reader.get(f"{PATH}/new").status_code == 403
    for path in ("", "/take-out", "/needs-two", "/sign"):
        assert send(reader, f"{DATED}{path}", **TYPED).status_code == 403
    assert send(reader, f"{PATH}/new", **NEW).status_code == 403
    assert "Nothing waits" in reader.get("/manage/changes").text
