"""A database of any age becomes what the tables say, and one that is too new is left alone."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect, select, text
from sqlalchemy.exc import IntegrityError

from bot.asked.contribution import UsageEvent
from bot.asked.store import AskedStore
from bot.settings import HOME
from bot.storage.engine import DatabaseUnusable, open_store
from bot.storage.tables import metadata
from bot.storage.upgrade import (
    COPIES_KEPT_S,
    MIGRATIONS,
    NEWEST,
    UPGRADE_LOCK,
    VERSIONS,
    UnknownVersion,
    is_up_to_date,
    remove_old_copies,
)

HERE = Path(__file__).parent
CONVERSATION = """
    INSERT INTO conversations (id, token_hash, mode, expires_at, seen_at, turns, held, stop)
    VALUES ('c', 'hash', 'guidance', 2, 1, 3, 'a question', 0)
"""
TURN = """
    INSERT INTO turns (conversation_id, number, messages, offers, key_hash, at)
    VALUES ('c', {}, '[]', '', 'key', 1)
"""


def before_versions(engine: Engine) -> list[str]:
    """The statements that made a database before there were versions."""
    script = (HERE / f"before_versions.{engine.dialect.name}.sql").read_text(encoding="utf-8")
    return script.split(";\n")[:-1]


def run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def is_as_the_tables_say(engine: Engine) -> bool:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        return not compare_metadata(context, metadata)


def version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def test_the_names_of_the_files_are_their_order() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert [each.revision for each in scripts.walk_revisions()] == VERSIONS[::-1]
    assert scripts.get_current_head() == NEWEST


def test_an_empty_database_becomes_what_the_tables_say(url: str, raw: Engine) -> None:
    open_store(url).dispose()
    assert version(raw) == NEWEST
    assert is_as_the_tables_say(raw)


def test_a_database_from_before_versions_loses_nothing(url: str, raw: Engine) -> None:
    run(
        raw,
        *before_versions(raw),
        CONVERSATION,
        TURN.format(0),
        "INSERT INTO feedback VALUES ('c', 0, 'useful', NULL, 1)",
        "INSERT INTO learners VALUES ('l', '2026-11-22 09:00:00')",
        "INSERT INTO learner_results VALUES ('l', 'm', '2026-11-22', 3, 4, 'q', 'v')",
        "INSERT INTO ended_sessions VALUES ('s', 9)",
    )
    inspected = inspect(raw)
    columns = {
        table: ", ".join(each["name"] for each in inspected.get_columns(table))
        for table in inspected.get_table_names()
    }

    def rows() -> list[object]:
        with raw.connect() as connection:
            return [
                connection.execute(text(f"SELECT {names} FROM {table}")).all()
                for table, names in columns.items()
            ]

    before = rows()
    assert all(before)
    open_store(url).dispose()
    assert rows() == before
    assert version(raw) == NEWEST
    assert is_as_the_tables_say(raw)


def test_what_a_database_from_before_versions_lacks_is_made(url: str, raw: Engine) -> None:
    """Without sign-in nothing asked for the ended sessions. Once, keys were not unique."""
    run(
        raw,
        *before_versions(raw),
        "DROP TABLE ended_sessions",
        "DROP INDEX one_turn_a_key",
        CONVERSATION,
        *(TURN.format(number) for number in range(3)),
    )
    open_store(url).dispose()
    assert is_as_the_tables_say(raw)
    with raw.connect() as connection:
        keys = connection.scalars(text("SELECT key_hash FROM turns ORDER BY number")).all()
    assert keys == ["key", None, None]
    with pytest.raises(IntegrityError):
        run(raw, TURN.format(3))


def test_what_was_asked_and_counted_before_there_were_marks_stays(url: str, raw: Engine) -> None:
    """And a mark of nothing, because nobody knows whose it was."""
    open_store(url).dispose()
    run(
        raw,
        "DROP TABLE asked_questions",
        "DROP TABLE usage_counts",
        "CREATE TABLE asked_questions (day DATE, text VARCHAR(120), kind VARCHAR(20),"
        " area VARCHAR(80), edition VARCHAR(20), passages TEXT NOT NULL, times INTEGER NOT NULL,"
        " PRIMARY KEY (day, text, kind, area, edition))",
        "CREATE TABLE usage_counts (day DATE, area VARCHAR(80), edition VARCHAR(20),"
        " event VARCHAR(20), flow VARCHAR(80), times INTEGER NOT NULL,"
        " PRIMARY KEY (day, area, edition, event, flow))",
        "INSERT INTO asked_questions VALUES"
        " ('2026-11-22', 'who is the lado', 'not_found', '', 'shipped', '000.p1', 7)",
        "INSERT INTO usage_counts VALUES ('2026-11-22', '', 'shipped', 'not_found', '', 9)",
        "ALTER TABLE learner_results DROP COLUMN answered",
        "DROP TABLE off_switch",
        "UPDATE alembic_version SET version_num = '0004'",
    )
    store = AskedStore(open_store(url))
    assert is_as_the_tables_say(raw)
    (tally,) = store.asked(date.min)
    assert (tally.text, tally.count, tally.passages) == ("who is the lado", 7, ("000.p1",))
    assert tally.marks == frozenset()
    counted = UsageEvent(date(2026, 11, 22), "", "shipped", "not_found")
    assert store.counts(date.min, date.max) == [(counted, 9)]


def test_an_upgrade_that_fails_changes_nothing(url: str, raw: Engine) -> None:
    run(raw, "CREATE TABLE turns (conversation_id VARCHAR(40))")
    with pytest.raises(DatabaseUnusable):
        open_store(url)
    assert inspect(raw).get_table_names() == ["turns"]


def test_a_database_of_a_newer_assistant_is_left_alone(url: str, raw: Engine) -> None:
    open_store(url).dispose()
    run(raw, "UPDATE alembic_version SET version_num = '9999'", "DROP TABLE feedback")
    with pytest.raises(UnknownVersion) as refused:
        open_store(url)
    for part in ("9999", NEWEST, "restore the backup", "FP_DATABASE_URL"):
        assert part in str(refused.value)
    assert "feedback" not in inspect(raw).get_table_names()


def test_the_tables_of_rasa_beside_them_are_left_alone(url: str, raw: Engine) -> None:
    run(raw, "CREATE TABLE memories (sender VARCHAR(40))", "INSERT INTO memories VALUES ('c')")
    open_store(url).dispose()
    with raw.connect() as connection:
        assert connection.scalars(text("SELECT sender FROM memories")).all() == ["c"]


def test_a_database_that_is_up_to_date_is_not_written_to(url: str) -> None:
    """So the account that runs the assistant needs no right to change tables."""
    open_store(url).dispose()
    ran: list[str] = []

    def note(*arguments: object) -> None:
        ran.append(str(arguments[2]).split()[0])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        open_store(url).dispose()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert set(ran) <= {"SELECT", "PRAGMA"}


def test_alembic_is_imported_only_where_there_is_something_to_do(sqlite_url: str) -> None:
    open_store(sqlite_url).dispose()
    program = (
        "import sys; from bot.storage.engine import DatabaseUnusable, open_store;"
        f" open_store({sqlite_url!r}); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], cwd=HOME, check=True)


def test_a_file_that_another_process_is_making_is_waited_for(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(tmp_path / "kept.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        other.rollback()

    monkeypatch.setattr(time, "sleep", wait)
    open_store(sqlite_url).dispose()
    assert waits
    other.close()


def test_of_servers_that_start_at_once_one_upgrades_and_the_others_wait(
    postgres_url: str, raw_postgres: Engine
) -> None:
    name = f"waiter{uuid.uuid4().hex}"
    waiter = Thread(target=lambda: open_store(f"{postgres_url}&application_name={name}").dispose())
    waits = text("SELECT 1 FROM pg_stat_activity WHERE application_name = :n AND wait_event = :w")
    with raw_postgres.begin() as first:
        first.execute(select(UPGRADE_LOCK))
        waiter.start()
        while waiter.is_alive() and not first.scalar(waits, {"n": name, "w": "advisory"}):
            # Else the transaction sees the activity as it was when it first looked.
            first.execute(text("SELECT pg_stat_clear_snapshot()"))
        assert waiter.is_alive()
        first.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
        first.execute(text(f"INSERT INTO alembic_version VALUES ('{NEWEST}')"))
    waiter.join()
    assert inspect(raw_postgres).get_table_names() == ["alembic_version"]


def test_an_older_file_is_copied_first_and_the_copy_goes_in_time(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    file = Path(str(engine.url.database))
    run(engine, *before_versions(engine), CONVERSATION)
    upgraded = open_store(sqlite_url)
    (copy,) = file.parent.glob("*.before-*")
    with closing(sqlite3.connect(copy)) as before:
        assert before.execute("SELECT id FROM conversations").fetchall() == [("c",)]
        tables = before.execute("SELECT name FROM sqlite_master").fetchall()
    assert ("alembic_version",) not in tables
    made = copy.stat().st_mtime
    assert remove_old_copies(upgraded, lambda: made + COPIES_KEPT_S - 1) == 0
    assert remove_old_copies(upgraded, lambda: made + COPIES_KEPT_S + 1) == 1
    assert not copy.exists()


def test_an_empty_file_is_not_copied(sqlite_url: str) -> None:
    file = Path(str(open_store(sqlite_url).url.database))
    assert not list(file.parent.glob("*.before-*"))


def test_tables_of_a_newer_assistant_serve_this_one_and_older_ones_do_not(url: str) -> None:
    engine = open_store(url)
    assert is_up_to_date(engine)
    run(engine, "UPDATE alembic_version SET version_num = '9999'")
    assert is_up_to_date(engine)
    run(engine, "UPDATE alembic_version SET version_num = '0001'")
    assert not is_up_to_date(engine)
    run(engine, "DROP TABLE alembic_version")
    assert not is_up_to_date(engine)


def test_a_damaged_file_is_told_with_what_to_do(sqlite_url: str) -> None:
    Path(str(create_engine(sqlite_url).url.database)).write_bytes(b"not a database" * 100)
    with pytest.raises(DatabaseUnusable, match="file is not a database") as told:
        open_store(sqlite_url)
    assert "put it back from a backup" in str(told.value)


def test_a_postgres_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(DatabaseUnusable) as told:
        open_store("postgresql://ann:s3cret@127.0.0.1:1/kept")
    assert "postgresql+psycopg://ann:***@127.0.0.1:1/kept cannot be used" in str(told.value)
    assert "Look whether it runs" in str(told.value)
    assert "s3cret" not in str(told.value)
