"""The kill switch, with no deploy and no restart: a row in the database, for every server of it, or
a file that an administrator puts in place, for one."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot.content.contacts import Contacts
from bot.content.phrases import KillSwitchPhrases
from bot.errors import Refusal
from bot.messages import TextMessage
from bot.storage.engine import in_database
from bot.storage.tables import off_switch

WHOM = ("childrens_social_care", "emergency_duty_team", "safeguarding_lead")

LOOKS_EVERY_S = 2.0
"""So long a server may go on after the switch in the database was turned."""


class SharedSwitch:
    """The switch in the database. `reason` is as it was found last: a database that fails turns
    nothing on or off."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.reason: str | None = None

    def look(self) -> str | None:
        """Why it is off, which may be empty; None while it is on. Raises SQLAlchemyError."""
        newest = select(off_switch.c.reason).order_by(off_switch.c.since.desc()).limit(1)
        with self._engine.connect() as connection:
            self.reason = connection.scalar(newest)
        return self.reason

    def turn_off(self, reason: str, who: str) -> None:
        """In the place of another reason, if there is one. Raises SQLAlchemyError."""
        row = {"since": int(time.time()), "reason": reason, "who": who}
        with self._engine.begin() as connection:
            connection.execute(delete(off_switch))
            connection.execute(insert(off_switch).values(row))

    def turn_on(self) -> bool:
        """Whether it was off. Raises SQLAlchemyError."""
        with self._engine.begin() as connection:
            return connection.execute(delete(off_switch)).rowcount > 0

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            with suppress(SQLAlchemyError):
                await in_database(self.look)
            await asyncio.sleep(LOOKS_EVERY_S)


class KillSwitch:
    def __init__(
        self, file: Path, shared: SharedSwitch, contacts: Contacts, phrases: KillSwitchPhrases
    ) -> None:
        self._file = file
        self._shared = shared
        self._contacts = contacts
        self._phrases = phrases

    @property
    def reason(self) -> str | None:
        """Why the assistant is off, in the words of who turned it off; None while it is on."""
        in_file, shared = self._in_file(), self._shared.reason
        if in_file is None and shared is None:
            return None
        return in_file or shared or self._phrases.no_reason

    def _in_file(self) -> str | None:
        try:
            # A switch that is there and cannot be read is a switch all the same; a pipe hangs.
            if not self._file.is_file():
                return "" if self._file.exists() else None
            return self._file.read_text("utf-8", "replace").strip()
        except FileNotFoundError:
            return None
        except OSError:
            return ""

    def message(self, reason: str) -> TextMessage:
        people = "\n".join(f"{each.label}: {each.detail}" for each in self._contacts.of(*WHOM))
        return TextMessage(text=self._phrases.message.format(reason=reason, contacts=people))

    def check(self) -> None:
        """Raises a Refusal while the assistant is off."""
        if reason := self.reason:
            people = [each.model_dump(mode="json") for each in self._contacts.of(*WHOM)]
            raise Refusal("switched-off", members={"contacts": people}, reason=reason)
