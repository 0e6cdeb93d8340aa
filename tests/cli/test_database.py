"""`principles database …`."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, inspect, text

from bot.settings import Settings
from bot.storage.engine import connected
from bot.storage.upgrade import NEWEST, VERSIONS
from tests.cli.conftest import Run
from tests.needs import schema_of_ones_own

pytestmark = pytest.mark.usefixtures("nobody_answers")


def test_the_tables_are_made_and_their_version_told(
    principles: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert principles("database", "version") == 1
    assert "version none" in capsys.readouterr().err
    assert principles("database", "upgrade") == 0
    assert capsys.readouterr().err == f"The tables are of version {NEWEST}.\n"
    assert principles("database", "version") == 0
    with connected(Settings.read().store_url).begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{VERSIONS[-2]}'"))
    assert principles("database", "version") == 1
    assert "principles database upgrade" in capsys.readouterr().err


def test_in_postgres_rasas_table_is_made_too(
    principles: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with schema_of_ones_own() as url:
        named = url.render_as_string(hide_password=False)
        monkeypatch.setenv("FP_DATABASE_URL", named)
        assert principles("database", "upgrade") == 0
        engine = create_engine(url.set(drivername="postgresql+psycopg"))
        assert {"memories", "off_switch"} <= set(inspect(engine).get_table_names())
        engine.dispose()
