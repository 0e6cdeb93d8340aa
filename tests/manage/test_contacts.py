"""Whom practitioners are told to turn to, at `/manage/contacts`."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot.content.contacts import Contacts, read_contacts
from bot.content.data_files import DataFiles
from bot.manage.roles import Role
from bot.operations.content_folder import open_drafts
from bot.settings import HOME, Settings
from tests.manage.people import csrf
from tests.manage.test_documents import Editor, Signs, editor, signs_in
from tests.shipped import PHRASES

__all__ = ["editor", "signs_in"]

PATH = "/manage/contacts"
LADO = f"{PATH}/lado"
TYPED: dict[str, str | list[str]] = {
    "label": "LADO, the designated officer for allegations",
    "detail": "0161 496 0000, lado@example.gov.uk, 9 to 5",
    "asked_as": "LADO\ndesignated officer",
    "checked_on": "2026-11-28",
    "owner": "Safeguarding unit",
    "review_by": "2027-02-01",
}
NEW = {
    **TYPED,
    "section": "local",
    "label": "Harmful practices lead",
    "asked_as": "FGM lead",
}
HOURS: dict[str, str | list[str]] = {
    "partnership": "Exampleshire SCP",
    "first": ["lado", "", "nspcc"],
    "days": ["monday", "friday"],
    "since": "08:30",
    "until": "16:00",
    "closed_on": "2027-12-27\n2027-12-28",
}


def send(editor: Editor, path: str, **fields: str | list[str]) -> httpx.Response:
    own = csrf(editor.get("/manage"))
    return editor.client.post(path, data={"csrf": own, **fields}, follow_redirects=True)


def change(editor: Editor, path: str = LADO, **fields: str | list[str]) -> httpx.Response:
    return send(editor, path, **{"seen": editor.seen(path), **TYPED, **fields})


def draft_of(tmp_path: Path) -> Path:
    drafts = open_drafts(Settings(state_dir=tmp_path))
    draft = drafts.open()
    assert draft
    return drafts.folder(draft)


def in_draft(tmp_path: Path) -> Contacts:
    return read_contacts(DataFiles(HOME / "data", draft_of(tmp_path)).contacts, PHRASES.contacts)


def test_all_are_listed_by_area_with_what_is_overdue(editor: Editor) -> None:
    page = editor.get(PATH).text
    assert page.index("Example Safeguarding Children Partnership</h2>") < page.index("LADO")
    assert page.index("The same across England</h2>") < page.index("about a child</a>")
    assert "Overdue: nobody has ever checked it." in page
    assert "It is still an example." in page
    assert "Monday, Tuesday, Wednesday, Thursday, Friday, 09:00 to 17:00" in page
    assert editor.get(f"{PATH}/none").status_code == 404


def test_a_contact_is_changed_in_the_draft_and_the_rest_of_its_file_stays(
    editor: Editor, tmp_path: Path
) -> None:
    assert "Kept in the draft." in change(editor).text
    entry = in_draft(tmp_path).local["lado"]
    assert entry.detail == TYPED["detail"]
    assert entry.asked_as == ("LADO", "designated officer")
    assert not entry.example
    before = (HOME / "data" / "contacts.yaml").read_text("utf-8").splitlines()
    after = (draft_of(tmp_path) / "data" / "contacts.yaml").read_text("utf-8").splitlines()
    assert set(before) - set(after) == {
        "    detail: Example Council, 01632 960004 (example, not a real number)"
    }
    changes = unescape(editor.get("/manage/changes").text)
    assert "becomes “0161 496 0000, lado@example.gov.uk, 9 to 5”." in changes
    assert "It is an example: “yes” becomes “no”." in changes
    assert f'<a href="{LADO}">' in changes
    assert "Everything in the draft can be answered from" in editor.checked()


@pytest.mark.parametrize(
    ("path", "field", "typed", "told"),
    [
        (LADO, "label", "", "This is empty. Write it."),
        (LADO, "label", "HR", "There is a contact of this name already."),
        (LADO, "detail", " ", "This is empty. Write it."),
        (LADO, "detail", "01632 960004 (example)", "It still says that it is an example."),
        (LADO, "asked_as", "LADO\nmash", "“mash” means Children's social care already."),
        (LADO, "checked_on", "2099-01-01", "This day is still to come."),
        (LADO, "review_by", "soon", "“soon” is no date."),
        (f"{PATH}/emergency", "detail", "112", "it must name 999"),
    ],
)
def test_each_slip_is_told_beside_its_field_and_nothing_is_lost(
    editor: Editor, path: str, field: str, typed: str, told: str
) -> None:
    page = change(editor, path, **{"owner": "an office of my own", field: typed})
    assert page.status_code == 422
    beside = re.search(rf'id="{field}-error">(.*?)</p>', unescape(page.text))
    assert beside
    assert told in beside.group(1)
    assert f'<a href="#{field}">' in page.text
    assert 'value="an office of my own"' in page.text
    assert "Nothing waits" in editor.get("/manage/changes").text


def test_who_saves_over_a_change_of_somebody_else_sees_both(editor: Editor) -> None:
    opened_before = editor.seen(LADO)
    change(editor, detail="01 hers")
    refused = change(editor, detail="02 his", seen=opened_before)
    assert refused.status_code == 409
    assert "somebody changed this since you opened the page" in refused.text
    assert 'value="01 hers"' in refused.text
    assert "<strong>Your form said:</strong> 02 his" in refused.text
    assert "01 hers" in editor.get(PATH).text


def test_a_contact_is_added_and_taken_out_again(editor: Editor, tmp_path: Path) -> None:
    added = send(editor, f"{PATH}/new", **NEW)
    assert "Added in the draft." in added.text
    path = f"{PATH}/harmful_practices_lead"
    contacts = in_draft(tmp_path)
    assert contacts.named("ring the FGM lead") == ("harmful_practices_lead",)
    assert list(contacts.local)[-1] == "harmful_practices_lead"
    twice = send(editor, f"{PATH}/new", **NEW)
    assert twice.status_code == 422
    assert "There is a contact of this name already" in twice.text
    assert (
        send(editor, f"{PATH}/new", **{**NEW, "label": "Other", "section": ""}).status_code == 422
    )
    seen = editor.seen(path)
    gone = send(editor, f"{path}/take-out", seen=seen)
    assert "Taken out in the draft." in gone.text
    assert editor.get(path).status_code == 404
    refused = send(editor, path, **{**NEW, "seen": seen})
    assert "somebody took this contact out" in refused.text
    assert 'value="Harmful practices lead"' in refused.text


def test_what_something_names_is_not_taken_out(editor: Editor) -> None:
    page = editor.get(LADO).text
    assert "The assistant itself names it, also in danger." in page
    assert "topics that the documents do not answer lead to it" in page
    assert "Take this contact out" not in page
    refused = send(editor, f"{LADO}/take-out", seen=editor.seen(LADO))
    assert refused.status_code == 409
    assert "something still names it" in refused.text
    early_help = editor.get(f"{PATH}/early_help").text
    assert "Take this contact out" in early_help
    seen = editor.seen(f"{PATH}/early_help")
    change(editor, f"{PATH}/early_help", label="Early help", asked_as="")
    assert send(editor, f"{PATH}/early_help/take-out", seen=seen).status_code == 409


def test_office_hours_and_whom_to_ring_first_are_changed(editor: Editor, tmp_path: Path) -> None:
    path = f"{PATH}/hours"
    seen = editor.seen(path)
    kept = send(editor, path, seen=seen, **HOURS)
    assert "Kept in the draft." in kept.text
    contacts = in_draft(tmp_path)
    assert contacts.ring_first == ("lado", "nspcc")
    hours = contacts.office_hours
    assert hours
    assert (hours.days, f"{hours.since:%H:%M}") == (("monday", "friday"), "08:30")
    assert len(hours.closed_on) == 2
    changes = editor.get("/manage/changes").text
    assert "becomes “Monday, Friday, 08:30 to 16:00, not on 27 December 2027" in changes
    stale = send(editor, path, seen=seen, **{**HOURS, "until": "17:30"})
    assert stale.status_code == 409
    assert "<strong>Your form said:</strong> 17:30" in stale.text
    assert 'value="16:00"' in stale.text
    send(editor, path, seen=editor.seen(path), always="true", **HOURS)
    assert in_draft(tmp_path).office_hours is None
    send(editor, path, seen=editor.seen(path), **HOURS)
    assert in_draft(tmp_path).office_hours == hours


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("partnership", "", "This is empty."),
        ("first", ["", ""], "Choose at least one contact."),
        ("first", ["nobody_there"], "There is no such contact"),
        ("days", [], "Choose a day"),
        ("since", "early", "“early” is no time of day."),
        ("until", "08:00", "later than when they begin"),
        ("closed_on", "2027-12-27\nChristmas", "“Christmas” is no date."),
    ],
)
def test_a_slip_in_the_office_hours_is_told_beside_its_field(
    editor: Editor, field: str, typed: str | list[str], told: str
) -> None:
    path = f"{PATH}/hours"
    page = send(editor, path, seen=editor.seen(path), **{**HOURS, field: typed})
    assert page.status_code == 422
    beside = re.search(rf'id="{field}-error">(.*?)</p>', unescape(page.text))
    assert beside
    assert told in beside.group(1)
    assert "2027-12-27" in page.text


def test_a_reader_sees_everything_and_changes_nothing(signs_in: Signs) -> None:
    reader = signs_in(Role.READER)
    assert "01632 960004" in reader.get(LADO).text
    assert "Keep in the draft" not in reader.get(LADO).text
    assert "Add a contact" not in reader.get(PATH).text
    for path in ("new", "hours"):
        assert reader.get(f"{PATH}/{path}").status_code == 403
    for path in ("new", "hours", "lado", "lado/take-out"):
        assert send(reader, f"{PATH}/{path}", **{**TYPED, **HOURS}).status_code == 403
    assert "Nothing waits" in reader.get("/manage/changes").text
