"""The form of what holds for all contacts: whom to ring first, and when they are at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from bot.content.contacts import DAYS, Contacts, OfficeHours
from bot.manage.contact_form import entries_of
from bot.manage.seen import sum_of
from bot.manage.typed_fields import Slips, TypedFields, lines
from bot.operations.contact_edits import CLOCK

MORE_FIRST = 1
"""Empty places beyond those that are taken, for whom to ring first."""
NO_DAYS = "Choose a day, or that somebody is always there."
NOBODY_FIRST = "Choose at least one contact."
UNKNOWN = "There is no such contact in the draft any more."
NOT_AFTER = "This has to be later than when they begin."
NO_DATE = "'{line}' is no date. Write each on a line of its own, like 2027-12-25."


class HoursForm(BaseModel):
    """As it is typed. `first`: roles, in their order, empty for a place that is not taken.
    `always`: somebody is always there. `closed_on`: one date a line."""

    seen: str = ""
    partnership: str = ""
    first: list[str] = []
    always: bool = False
    days: list[str] = []
    since: str = ""
    until: str = ""
    closed_on: str = ""

    @classmethod
    def of(cls, contacts: Contacts) -> HoursForm:
        hours = contacts.office_hours
        shown = cls(
            partnership=contacts.partnership,
            first=list(contacts.ring_first),
            always=hours is None,
            days=list(hours.days) if hours else [],
            since=hours.since.strftime(CLOCK) if hours else "",
            until=hours.until.strftime(CLOCK) if hours else "",
            closed_on="\n".join(each.isoformat() for each in hours.closed_on) if hours else "",
        )
        return shown.model_copy(update={"seen": sum_of(shown)})

    @property
    def places(self) -> list[str]:
        """Of those to ring first, with room for more."""
        return [*filter(None, self.first), *[""] * MORE_FIRST]


@dataclass(frozen=True)
class ContactsInCommon:
    partnership: str
    ring_first: tuple[str, ...]
    hours: OfficeHours | None


def read_hours(form: HoursForm, contacts: Contacts) -> tuple[ContactsInCommon | None, Slips]:
    """None where a slip has to be mended first."""
    typed = TypedFields()
    partnership = typed.needed("partnership", form.partnership)
    first = tuple(dict.fromkeys(filter(None, form.first)))
    if not first:
        typed.slips["first"] = NOBODY_FIRST
    elif not set(first) <= entries_of(contacts).keys():
        typed.slips["first"] = UNKNOWN
    hours = None if form.always else _hours(typed, form)
    if typed.slips:
        return None, typed.slips
    return ContactsInCommon(partnership, first, hours), {}


def _hours(typed: TypedFields, form: HoursForm) -> OfficeHours | None:
    days = tuple(day for day in DAYS if day in form.days)
    if not days:
        typed.slips["days"] = NO_DAYS
    since, until = typed.time("since", form.since), typed.time("until", form.until)
    if since and until and until <= since:
        typed.slips["until"] = NOT_AFTER
    closed_on = [_date(typed, line) for line in lines(form.closed_on)]
    if typed.slips or not (since and until):
        return None
    return OfficeHours(
        days=days, since=since, until=until, closed_on=tuple(filter(None, closed_on))
    )


def _date(typed: TypedFields, line: str) -> date | None:
    try:
        return date.fromisoformat(line)
    except ValueError:
        typed.slips["closed_on"] = NO_DATE.format(line=line)
        return None


def shown_otherwise(form: HoursForm, contacts: Contacts) -> dict[str, str]:
    """By field what the draft says now, where the form says something else."""
    now, labels = HoursForm.of(contacts), entries_of(contacts)
    said = {
        "partnership": now.partnership,
        "first": ", ".join(labels[each].label for each in contacts.ring_first),
        "always": "yes" if now.always else "no",
        "days": ", ".join(day.capitalize() for day in now.days) or "none",
        "since": now.since or "none",
        "until": now.until or "none",
        "closed_on": ", ".join(lines(now.closed_on)) or "none",
    }
    return {name: words for name, words in said.items() if _told(form, name) != _told(now, name)}


def _told(form: HoursForm, name: str) -> object:
    value = getattr(form, name)
    if isinstance(value, list):
        return [*filter(None, value)]
    return lines(value) if isinstance(value, str) else value
