from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

from bot.content.contacts import Contacts, read_contacts
from bot.settings import HOME
from knowledge.errors import ContentError
from tests.shipped import CONTACTS, PHRASES

SHIPPED = HOME / "data" / "contacts.yaml"


@pytest.fixture(scope="module")
def contacts() -> Contacts:
    return read_contacts(SHIPPED, PHRASES.contacts)


def test_every_shipped_local_number_says_that_it_is_an_example(contacts: Contacts) -> None:
    numbered = {
        role for role, entry in contacts.local.items() if any(map(str.isdigit, entry.detail))
    }
    assert numbered <= set(contacts.examples)
    assert all("example" in contacts.local[role].detail for role in contacts.examples)


def test_a_contact_says_where_it_is_from(contacts: Contacts) -> None:
    lado, emergency = contacts.of("lado", "emergency")
    assert (lado.source, emergency.source, emergency.detail) == ("local", "fixed", "999")


def test_a_number_not_checked_for_a_year_says_so(contacts: Contacts) -> None:
    assert contacts.of("lado", today=date(2027, 11, 21))[0].note is None
    note = contacts.of("lado", today=date(2027, 11, 22))[0].note
    assert note is not None
    assert "21 November 2026" in note
    assert "lado" in contacts.unchecked(date(2027, 11, 22))


def test_a_number_never_checked_says_so(contacts: Contacts) -> None:
    assert "Nobody has checked" in (contacts.of("samaritans")[0].note or "")


@pytest.mark.parametrize(
    ("ask", "labels"),
    [
        (["data_protection", "legal"], ["Data protection officer", "Legal team"]),
        (["MASH", "children's social care"], ["Children's social care"]),
        (["legal team", " Solicitor "], ["Legal team"]),
        (["paediatrician"], ["Paediatrician"]),
        (["legal team manager", "NSPCC guidance"], ["Legal team manager", "NSPCC guidance"]),
        (["local chronology guidance"], ["Local chronology guidance"]),
    ],
)
def test_a_gap_names_people_and_nobody_else_is_named(
    contacts: Contacts, ask: list[str], labels: list[str]
) -> None:
    assert [contact.label for contact in contacts.asked(ask)] == labels


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("duty manager", "there is no contact 'duty manager'; perhaps 'manager' is meant"),
        ("Legal team", "perhaps 'legal' is meant"),
        ("bursar", "there is no contact 'bursar'. The contacts are safeguarding_lead, manager,"),
    ],
)
def test_a_name_that_is_no_contact_is_told_with_those_that_are(
    contacts: Contacts, name: str, says: str
) -> None:
    (problem,) = contacts.lacking(["lado", name, "emergency"])
    assert says in problem


def test_a_missing_role_is_named(tmp_path: Path) -> None:
    file = yaml.safe_load(SHIPPED.read_text("utf-8"))
    del file["local"]["lado"]
    broken = tmp_path / "contacts.yaml"
    broken.write_text(yaml.safe_dump(file), "utf-8")
    with pytest.raises(ContentError, match="add under `local`: lado"):
        read_contacts(broken, PHRASES.contacts)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "contacts.yaml:1: this is not YAML"),
        ("partnership: x", "local"),
        (None, "no such file"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str | None, says: str) -> None:
    broken = tmp_path / "contacts.yaml"
    if text is not None:
        broken.write_text(text, "utf-8")
    with pytest.raises(ContentError, match=says):
        read_contacts(broken, PHRASES.contacts)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("who do I ring", ()),
        ("number for social care", ("childrens_social_care",)),
        ("wat number is it 4 social servises", ("childrens_social_care",)),
        ("adult social care number", ("adult_safeguarding",)),
        ("LADO and the DPO", ("lado", "data_protection")),
        ("do I ring 101 or 999", ("police_101", "emergency")),
        ("it is through three people", ()),
    ],
)
def test_roles_are_named_by_whole_words_that_may_be_misspelt(
    text: str, roles: tuple[str, ...]
) -> None:
    assert CONTACTS.named(text) == roles


@pytest.mark.parametrize(
    ("now", "closed"),
    [
        (datetime(2026, 11, 30, 8, 59), True),
        (datetime(2026, 11, 30, 9, 0), False),
        (datetime(2026, 11, 30, 17, 0), True),
        (datetime(2026, 11, 28, 12, 0), True),
        (datetime(2026, 12, 25, 12, 0), True),
    ],
)
def test_office_hours_are_days_and_times_and_leave_out_holidays(
    now: datetime, closed: bool
) -> None:
    assert CONTACTS.closed(now) is closed


def test_without_office_hours_somebody_is_always_at_work() -> None:
    always = CONTACTS.model_copy(update={"office_hours": None})
    night = datetime(2026, 11, 29, 23, 0)
    assert always.to_ring(("lado",), night) == ("lado",)
    assert CONTACTS.to_ring(("lado",), night) == ("emergency_duty_team", "lado")
