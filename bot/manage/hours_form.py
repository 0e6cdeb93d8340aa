"""The form of what holds for all contacts: whom to ring first, and when they are at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from bot.content.contacts import DAYS, Contacts, OfficeHours
from bot.manage.contact_form import entries_of
from bot.manage.seen import sum_of
from bot.manage.typed_days import read_day, said_day, shown_day
from bot.manage.typed_fields import NOTHING, TICKED, Slips, TypedFields, lines, one_line
from bot.operations.contact_edits import CLOCK

MORE_FIRST = 1
"""Empty places beyond those that are taken, for whom to ring first."""
NO_DAYS = "Choose a day, or that somebody is always there."
NOBODY_FIRST = "Choose at least one contact."
UNKNOWN = "There is no such contact in the draft any more."
NOT_AFTER = "This has to be later than when they begin."
NO_DATE = "“{line}” is no date. Write each on a line of its own, such as 25 December 2027."


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
            closed_on="\n".join(map(shown_day, hours.closed_on)) if hours else "",
        )
        return shown.model_copy(update={"seen": sum_of(shown)})

    def said(self) -> dict[str, str]:
        return {
            "partnership": one_line(self.partnership) or NOTHING,
            "first": ", ".join(filter(None, self.first)) or NOTHING,
            "always": TICKED[self.always],
            "days": ", ".join(day.capitalize() for day in self.days) or NOTHING,
            "since": self.since or NOTHING,
            "until": self.until or NOTHING,
            "closed_on": ", ".join(map(said_day, lines(self.closed_on))) or NOTHING,
        }

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
        return read_day(line)
    except ValueError:
        typed.slips["closed_on"] = NO_DATE.format(line=line)
        return None
