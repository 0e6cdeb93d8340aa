"""Brings a database up to the newest version of its tables.

To change a table: change it in `tables`, and add `migrations/versions/NNNN_what_changes.py` whose
`revision` is NNNN and whose `down_revision` is the number before. The tests hold the two together.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, column, func, inspect, select, table
from sqlalchemy.exc import OperationalError

from bot.errors import UserFacingError
from bot.storage.tables import conversations

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
# From the names of the files, because alembic takes a quarter of a second to import, and most
# starts find nothing to do.
VERSIONS = sorted(file.name.partition("_")[0] for file in MIGRATIONS.glob("versions/[0-9]*.py"))
NEWEST = VERSIONS[-1]

COPIES_KEPT_S = 7 * 24 * 3600
"""A week is enough to find that a release is not what was hoped for."""

ALEMBIC_VERSION = table("alembic_version", column("version_num"))
UPGRADE_LOCK = func.pg_advisory_xact_lock(func.hashtext("first-principles"))

_one_at_a_time = threading.Lock()
"""alembic's `context` is a global of the process."""


class UnknownVersion(UserFacingError):
    """The database has a version that this code has no migration for."""

    def __init__(self, found: str) -> None:
        super().__init__(
            f"The database has version {found} of the tables, and this assistant knows them only"
            f" up to {NEWEST}. Nothing was changed. Either a newer assistant has upgraded the"
            " database: start that one again, or restore the backup from before the upgrade. Or"
            " another program keeps its tables there: give the assistant a database of its own"
            " (FP_DATABASE_URL)."
        )


def version(connection: Connection) -> str | None:
    """None for an empty database, and for one from before there were versions."""
    if not inspect(connection).has_table(ALEMBIC_VERSION.name):
        return None
    return connection.scalar(select(ALEMBIC_VERSION.c.version_num))


def upgrade(engine: Engine) -> None:
    """All of it, or nothing. Of several processes that start at once one does it.

    Raises UnknownVersion, and SQLAlchemyError where the database fails.
    """
    found = version_of(engine)
    if found == NEWEST:
        return
    if found is not None and found not in VERSIONS:
        raise UnknownVersion(found)
    copy_of_sqlite(engine, found)
    _migrate(engine)


def version_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return version(connection)


def copy_of_sqlite(engine: Engine, found: str | None) -> Path | None:
    """A copy of a SQLite file beside it, for the way back to the release before; none of an empty
    one. A copy of Postgres is its own programs' work."""
    file = sqlite_file(engine)
    if file is None or not inspect(engine).has_table(conversations.name):
        return None
    copy = file.with_name(f"{file.name}.before-{NEWEST}-was-{found or 'unversioned'}")
    # Another process that upgrades it meanwhile has made one too.
    with suppress(OperationalError), engine.connect() as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))
    return copy


def remove_old_copies(engine: Engine, now: Callable[[], float] = time.time) -> int:
    """How many: they hold conversations that are to be gone in time. Raises OSError."""
    file = sqlite_file(engine)
    copies = file.parent.glob(f"{file.name}.before-*") if file else ()
    old = [each for each in copies if each.stat().st_mtime < now() - COPIES_KEPT_S]
    for each in old:
        each.unlink(missing_ok=True)
    return len(old)


def sqlite_file(engine: Engine) -> Path | None:
    named = engine.url.database
    return Path(named) if engine.dialect.name == "sqlite" and named else None


def is_up_to_date(engine: Engine) -> bool:
    """Whether the tables are at least of this code's version. A newer assistant only adds to them
    (docs/adr/0019-one-database-many-servers.md), so that the one before goes on beside it."""
    found = version_of(engine)
    return found is not None and (found == NEWEST or found not in VERSIONS)


def _migrate(engine: Engine) -> None:
    # Imported before the lock is held: others may be waiting for it.
    from alembic.command import upgrade as run_migrations
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _one_at_a_time, engine.begin() as connection:
        _lock(connection)
        config.attributes["connection"] = connection
        run_migrations(config, NEWEST)


def _lock(connection: Connection) -> None:
    """Until the transaction ends."""
    if connection.dialect.name == "sqlite":
        # sqlite3 itself begins a transaction only before it writes rows, not before CREATE.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    # A turn gives up after seconds. An upgrade of many rows, or the wait for it, takes longer.
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
    connection.execute(select(UPGRADE_LOCK))
