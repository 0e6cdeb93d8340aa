"""Local accounts, for a partnership without a sign-in of its own."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.errors import UserFacingError
from bot.manage.passwords import check_strength, hashed, one_time_password, verified
from bot.manage.roles import Role
from bot.storage.tables import manage_accounts, manage_sign_ins

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
DISPLAY_CHARACTERS = 120


@dataclass(frozen=True)
class Account:
    """`name` is what one signs in with, `display_name` what others see. Times are UTC."""

    name: str
    display_name: str
    role: Role
    must_change: bool
    disabled: bool
    created_at: datetime
    signed_in_at: datetime | None


class AccountRefused(UserFacingError):
    """Why it cannot be done, and what can."""


class Accounts:
    """Synchronous. Whatever reads or writes raises SQLAlchemyError where the database fails.

    A new password or role, disabling and removing end every sign-in of that account at once.
    """

    def __init__(self, engine: Engine, now: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._now = now

    def all(self) -> list[Account]:
        rows = select(manage_accounts).order_by(manage_accounts.c.name)
        with self._engine.connect() as database:
            return list(map(_account, database.execute(rows)))

    def exist(self) -> bool:
        with self._engine.connect() as database:
            return database.execute(select(manage_accounts.c.name).limit(1)).first() is not None

    def is_known(self, name: str) -> bool:
        its = select(manage_accounts.c.name).where(manage_accounts.c.name == name)
        with self._engine.connect() as database:
            return database.execute(its).first() is not None

    def find(self, name: str) -> Account:
        """Raises AccountRefused where there is none."""
        with self._engine.connect() as database:
            return _account(_row(database, name))

    def administrators(self) -> list[str]:
        """Their names as others see them, of those who can sign in."""
        return [
            each.display_name
            for each in self.all()
            if each.role is Role.ADMINISTRATOR and not each.disabled
        ]

    def add(self, name: str, display_name: str, role: Role, password: str) -> Account:
        """Raises AccountRefused and WeakPassword."""
        check_strength(password, name, *display_name.split())
        return self._insert(name, display_name, role, password, must_change=False)

    def invite(self, name: str, display_name: str, role: Role) -> tuple[Account, str]:
        """The account and its one-time password. Raises AccountRefused."""
        password = one_time_password()
        return self._insert(name, display_name, role, password, must_change=True), password

    def _insert(
        self, name: str, display_name: str, role: Role, password: str, *, must_change: bool
    ) -> Account:
        name, shown = _name(name), _display_name(display_name or name)
        row = {
            "name": name,
            "display_name": shown,
            "role": role.value,
            "password_hash": hashed(password),
            "must_change": must_change,
            "disabled": False,
            "created_at": int(self._now()),
            "signed_in_at": None,
        }
        try:
            with self._engine.begin() as database:
                database.execute(insert(manage_accounts).values(row))
        except IntegrityError:
            raise AccountRefused(
                f"There is an account '{name}' already. Choose another name."
            ) from None
        return self.find(name)

    def check(self, name: str, password: str) -> Account | None:
        """The account, if this is its password and it may sign in. An unknown name, a wrong
        password and a disabled account take the same work."""
        name = name.strip().lower()
        found = select(manage_accounts).where(manage_accounts.c.name == name)
        with self._engine.connect() as database:
            row = database.execute(found).first()
        if not verified(row.password_hash if row else None, password) or not row or row.disabled:
            return None
        return _account(row)

    def signed_in(self, name: str) -> None:
        self._change(name, {"signed_in_at": int(self._now())}, ends_sign_ins=False)

    def set_password(self, name: str, password: str) -> None:
        """Raises AccountRefused and WeakPassword."""
        account = self.find(name)
        check_strength(password, account.name, *account.display_name.split())
        self._change(name, {"password_hash": hashed(password), "must_change": False})

    def give_one_time_password(self, name: str) -> str:
        """Raises AccountRefused."""
        password = one_time_password()
        self._change(name, {"password_hash": hashed(password), "must_change": True})
        return password

    def set_role(self, name: str, role: Role) -> None:
        """Raises AccountRefused, also for the last administrator."""
        self._change(name, {"role": role.value}, keeps_one=role is not Role.ADMINISTRATOR)

    def disable(self, name: str) -> None:
        """Raises AccountRefused, also for the last administrator."""
        self._change(name, {"disabled": True}, keeps_one=True)

    def enable(self, name: str) -> None:
        """Raises AccountRefused."""
        self._change(name, {"disabled": False})

    def remove(self, name: str) -> None:
        """Raises AccountRefused, also for the last administrator."""
        with self._engine.begin() as database:
            row = _row(database, name)
            _keep_one(database, row)
            _end_sign_ins(database, row.name)
            database.execute(delete(manage_accounts).where(manage_accounts.c.name == row.name))

    def _change(
        self,
        name: str,
        values: dict[str, Any],
        *,
        keeps_one: bool = False,
        ends_sign_ins: bool = True,
    ) -> None:
        with self._engine.begin() as database:
            row = _row(database, name)
            if keeps_one:
                _keep_one(database, row)
            its = manage_accounts.c.name == row.name
            database.execute(update(manage_accounts).where(its).values(values))
            if ends_sign_ins:
                _end_sign_ins(database, row.name)


def _row(database: Connection, name: str) -> Row[Any]:
    wanted = manage_accounts.c.name == name.strip().lower()
    row = database.execute(select(manage_accounts).where(wanted)).first()
    if row is None:
        raise AccountRefused(f"There is no account '{name}'. `principles accounts list` lists all.")
    return row


def _keep_one(database: Connection, row: Row[Any]) -> None:
    """Nobody could give a role any more."""
    others = (
        select(func.count())
        .select_from(manage_accounts)
        .where(
            manage_accounts.c.role == Role.ADMINISTRATOR.value,
            manage_accounts.c.disabled.is_(False),
            manage_accounts.c.name != row.name,
        )
    )
    if row.role == Role.ADMINISTRATOR and not row.disabled and not database.scalar(others):
        raise AccountRefused(
            f"'{row.name}' is the last administrator. Make somebody else an administrator first."
        )


def _end_sign_ins(database: Connection, name: str) -> None:
    database.execute(delete(manage_sign_ins).where(manage_sign_ins.c.account == name))


def _name(name: str) -> str:
    name = name.strip().lower()
    if not NAME.fullmatch(name):
        raise AccountRefused(
            f"'{name}' cannot be a name to sign in with. Use up to 64 small letters, digits, dots,"
            " dashes, underscores or @, and begin with a letter or a digit: an e-mail address"
            " will do."
        )
    return name


def _display_name(name: str) -> str:
    shown = " ".join(name.split())
    if not shown.isprintable() or len(shown) > DISPLAY_CHARACTERS:
        raise AccountRefused(
            f"Write the person's name in at most {DISPLAY_CHARACTERS} letters, as others know them."
        )
    return shown


def _account(row: Row[Any]) -> Account:
    return Account(
        row.name,
        row.display_name,
        Role(row.role),
        row.must_change,
        row.disabled,
        datetime.fromtimestamp(row.created_at, UTC),
        None if row.signed_in_at is None else datetime.fromtimestamp(row.signed_in_at, UTC),
    )
