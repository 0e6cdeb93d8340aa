"""Brings a database up to the newest version of its tables.

To change a table: change it in `tables`, and add `migrations/versions/NNNN_what_changes.py` whose
`revision` is NNNN and whose `down_revision` is the number before. The tests hold the two together.
"""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, column, func, inspect, select, table

from bot.errors import UserFacingError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
# From the names of the files, because alembic takes a quarter of a second to import, and most
# starts find nothing to do.
VERSIONS = sorted(file.name.partition("_")[0] for file in MIGRATIONS.glob("versions/[0-9]*.py"))
NEWEST = VERSIONS[-1]

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
    with engine.connect() as connection:
        found = version(connection)
        if found == NEWEST:
            return
        if found is not None and found not in VERSIONS:
            raise UnknownVersion(found)
    _migrate(engine)


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
