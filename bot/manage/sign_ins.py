"""Who is signed in at `/manage`: a row for each, and a random token in the browser's cookie."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert, or_, select, update

from bot.conversation.tokens import digest, new_token
from bot.manage.accounts import Account
from bot.manage.people import Person
from bot.manage.roles import Role
from bot.storage.tables import manage_accounts, manage_sign_ins

LIFE_S = 8 * 3600
"""A working day: whoever comes back the next morning signs in again."""
IDLE_S = 3600
"""An hour: a long read or a meeting, and no longer on a screen that somebody has left."""
NOTED_EVERY_S = 60
"""That somebody is still there is written down once a minute, not at each page."""


@dataclass(frozen=True)
class OpenSignIn:
    """`account` is the name of a local one; None where a provider vouches for the person."""

    person: Person
    account: str | None
    must_change: bool


class SignIns:
    """Synchronous. Raises SQLAlchemyError where the database fails. Only hashes of tokens are kept.

    `by_provider`: only whom the provider vouches for counts; otherwise only local accounts do.
    """

    def __init__(
        self, engine: Engine, *, by_provider: bool, now: Callable[[], float] = time.time
    ) -> None:
        self._engine = engine
        self._by_provider = by_provider
        self._now = now

    def begin(self, account: Account) -> str:
        """The token of a new sign-in with a local account."""
        return self._begin(account.name, Person(account.display_name, account.role))

    def begin_for(self, person: Person) -> str:
        """The token of a new sign-in for whom the provider vouches."""
        return self._begin(None, person)

    def _begin(self, account: str | None, person: Person) -> str:
        token, now = new_token(), int(self._now())
        row = {
            "id_hash": digest(token),
            "account": account,
            "person": person.name,
            "role": person.role.value,
            "since": now,
            "seen_at": now,
        }
        over = or_(
            manage_sign_ins.c.since <= now - LIFE_S, manage_sign_ins.c.seen_at <= now - IDLE_S
        )
        with self._engine.begin() as database:
            database.execute(delete(manage_sign_ins).where(over))
            database.execute(insert(manage_sign_ins).values(row))
        return token

    def find(self, token: str) -> OpenSignIn | None:
        """Who is signed in with the token, within its time."""
        now, id_hash = int(self._now()), digest(token)
        rows = (
            select(
                manage_sign_ins,
                manage_accounts.c.display_name,
                manage_accounts.c.role.label("account_role"),
                manage_accounts.c.must_change,
                manage_accounts.c.disabled,
            )
            .outerjoin(manage_accounts, manage_accounts.c.name == manage_sign_ins.c.account)
            .where(manage_sign_ins.c.id_hash == id_hash)
        )
        with self._engine.connect() as database:
            row = database.execute(rows).first()
        if row is None or row.since + LIFE_S <= now or row.seen_at + IDLE_S <= now:
            return None
        if row.disabled or (row.account is None) != self._by_provider:
            return None
        if row.seen_at + NOTED_EVERY_S <= now:
            self._note(id_hash, now)
        if row.account is None:
            return OpenSignIn(Person(row.person, Role(row.role)), None, False)
        person = Person(row.display_name, Role(row.account_role))
        return OpenSignIn(person, row.account, row.must_change)

    def _note(self, id_hash: str, now: int) -> None:
        its = manage_sign_ins.c.id_hash == id_hash
        with self._engine.begin() as database:
            database.execute(update(manage_sign_ins).where(its).values(seen_at=now))

    def end(self, token: str) -> None:
        with self._engine.begin() as database:
            database.execute(
                delete(manage_sign_ins).where(manage_sign_ins.c.id_hash == digest(token))
            )
