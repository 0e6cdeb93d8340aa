"""Who has signed in at `/manage`."""

from __future__ import annotations

from dataclasses import dataclass

from bot.manage.roles import Role


@dataclass(frozen=True)
class Person:
    """`name` is what the history of the editions shows."""

    name: str
    role: Role
