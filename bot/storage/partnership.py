"""A place of its own in a Postgres that several partnerships share: a schema and an account, which
sees nothing of any other."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from bot.errors import UserFacingError

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""Postgres' own limit is 63 letters."""


def make_place(admin_url: str, name: str) -> str:
    """Makes the account and its schema, both called `name`, and gives the URL to set.

    Raises UserFacingError where the name cannot be used or is taken, and where the database cannot
    be reached or its account may not do this.
    """
    if not NAME.fullmatch(name):
        raise UserFacingError(
            f"{name} cannot name a partnership here: use small letters, digits and _, at most 40,"
            " a letter first."
        )
    password = secrets.token_urlsafe(24)
    address = make_url(admin_url).set(drivername="postgresql")
    try:
        with psycopg.connect(address.render_as_string(hide_password=False)) as admin:
            _make(admin, name, password)
    except (psycopg.errors.DuplicateObject, psycopg.errors.DuplicateSchema):
        raise UserFacingError(
            f"There is an account or a schema {name} already. Nothing was changed. Choose another"
            " name, or drop what is there if nobody needs it any more."
        ) from None
    except psycopg.Error as error:
        why = str(error).strip().partition("\n")[0]
        raise UserFacingError(
            f"The place could not be made, and nothing was changed: {why}"
        ) from error
    own = address.set(username=name, password=password)
    return own.render_as_string(hide_password=False)


def _make(admin: psycopg.Connection, name: str, password: str) -> None:
    """In one transaction."""
    account = sql.Identifier(name)
    for statement in (
        "CREATE ROLE {account} LOGIN PASSWORD {password}",
        # So that the administrator, who need not be a superuser, may give the schema away.
        "GRANT {account} TO CURRENT_USER",
        "CREATE SCHEMA {account} AUTHORIZATION {account}",
        # It finds its own tables, and nothing in the schema that all accounts may see.
        "ALTER ROLE {account} SET search_path = {account}",
    ):
        admin.execute(sql.SQL(statement).format(account=account, password=sql.Literal(password)))


def write_secrets(folder: Path, database_url: str, redis_url: str) -> None:
    """What the servers of a partnership are told by FP_SECRETS_DIR, for this account alone."""
    folder.mkdir(mode=0o700, parents=True)
    told = {
        "fp_database_url": database_url,
        "fp_redis_url": redis_url,
        "fp_session_secret": secrets.token_hex(32),
        "fp_metrics_token": secrets.token_hex(32),
    }
    for name, value in told.items():
        if value:
            file = folder / name
            file.touch(mode=0o600)
            file.write_text(value)
