"""What stands in the navigation of `/manage`, and who sees it."""

from __future__ import annotations

from typing import NamedTuple

from bot.manage.people import Person
from bot.manage.roles import Role


class NavItem(NamedTuple):
    title: str
    path: str
    role: Role
    """The least that sees it."""


NAV = (
    NavItem("Overview", "/manage", Role.READER),
    NavItem("Documents", "/manage/documents", Role.READER),
    NavItem("Notices", "/manage/notices", Role.READER),
    NavItem("Contacts", "/manage/contacts", Role.READER),
    NavItem("Changes", "/manage/changes", Role.READER),
    NavItem("History", "/manage/history", Role.READER),
    NavItem("Questions", "/manage/asked", Role.READER),
    NavItem("Report", "/manage/report", Role.READER),
    NavItem("Reviews due", "/manage/reviews", Role.READER),
    NavItem("Help", "/manage/help", Role.READER),
    NavItem("Accounts", "/manage/accounts", Role.ADMINISTRATOR),
    NavItem("What was done", "/manage/audit", Role.ADMINISTRATOR),
)


def nav_for(person: Person) -> list[NavItem]:
    return [item for item in NAV if person.role.includes(item.role)]
