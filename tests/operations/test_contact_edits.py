from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from bot.content.contacts import Contacts, Entry, OfficeHours, read_contacts
from bot.operations.contact_edits import (
    add_contact,
    change_contact,
    change_hours,
    contacts_file,
    take_out_contact,
)
from bot.operations.contact_uses import BUILT_IN, RING_FIRST, uses_of
from tests.shipped import CONTACTS, DATA, PHRASES

NEW = Entry(label="FGM lead", detail="01632 960099", checked_on=None, asked_as=("FGM", "101 club"))


@pytest.fixture
def folder(content: Path, data: Path) -> Path:
    """With the contacts inside, as in a draft."""
    assert contacts_file(content).exists()
    return content


def lines(folder: Path) -> list[str]:
    return contacts_file(folder).read_text("utf-8").splitlines()


def read(folder: Path) -> Contacts:
    return read_contacts(contacts_file(folder), PHRASES.contacts)


@pytest.mark.parametrize("section", ["local", "fixed"])
def test_a_contact_is_added_as_the_last_of_its_section(folder: Path, section: str) -> None:
    before = lines(folder)
    add_contact(folder, "local" if section == "local" else "fixed", "fgm_lead", NEW)
    after = lines(folder)
    assert [line for line in after if line not in before] == [
        *("  fgm_lead:", "    label: FGM lead", "    detail: 01632 960099"),
        "    asked_as: [FGM, 101 club]",
    ]
    entries: dict[str, Entry] = getattr(read(folder), section)
    assert list(entries)[-1] == "fgm_lead"
    assert entries["fgm_lead"] == NEW
    take_out_contact(folder, "local" if section == "local" else "fixed", "fgm_lead")
    assert lines(folder) == before


def test_a_change_touches_its_own_lines_and_no_others(folder: Path) -> None:
    before, old = lines(folder), CONTACTS.local["human_resources"]
    changed = old.model_copy(
        update={"checked_on": date(2026, 11, 30), "owner": "HR", "review_by": date(2027, 6, 1)}
    )
    change_contact(folder, "local", "human_resources", changed)
    after = lines(folder)
    new = ["    checked_on: 2026-11-30", "    owner: HR", "    review_by: 2027-06-01"]
    assert [line for line in after if line not in before] == new
    assert read(folder).local["human_resources"] == changed
    change_contact(folder, "local", "human_resources", old)
    assert lines(folder) == before


def test_what_is_left_out_leaves_no_line(folder: Path) -> None:
    real = Entry(label="LADO", detail="0161 496 0000", checked_on=date(2026, 11, 30))
    change_contact(folder, "local", "lado", real)
    assert read(folder).local["lado"] == real
    at = lines(folder).index("  lado:")
    assert lines(folder)[at + 1 : at + 4] == [
        *("    label: LADO", "    detail: 0161 496 0000", "    checked_on: 2026-11-30")
    ]


def test_office_hours_go_and_come_back(folder: Path) -> None:
    before, hours = lines(folder), CONTACTS.office_hours
    partnership, first = CONTACTS.partnership, CONTACTS.ring_first
    change_hours(folder, partnership, first, None)
    assert read(folder).office_hours is None
    change_hours(folder, partnership, first, hours)
    assert sorted(lines(folder)) == sorted(before)
    late = OfficeHours(days=("monday",), since=time(8, 30), until=time(20))
    change_hours(folder, "Exampleshire SCP", ("lado",), late)
    found = read(folder)
    assert found.office_hours == late
    assert (found.partnership, found.ring_first) == ("Exampleshire SCP", ("lado",))


def test_what_names_a_contact_is_told(folder: Path) -> None:
    lead = uses_of("safeguarding_lead", CONTACTS, folder, DATA)
    assert {BUILT_IN, RING_FIRST} <= set(lead.held_by)
    assert any("is said before an answer" in each for each in lead.held_by)
    assert lead.gaps
    assert uses_of("early_help", CONTACTS, folder, DATA).held_by == ()
