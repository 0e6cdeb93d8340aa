"""`principles database …`."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from bot.settings import Settings
from bot.storage.engine import connected
from bot.storage.upgrade import NEWEST, VERSIONS
from tests.cli.conftest import Run
from tests.needs import POSTGRES, schema_of_ones_own
from tests.storage.test_partnership import drop

pytestmark = pytest.mark.usefixtures("nobody_answers")


def test_the_tables_are_made_and_their_version_told(
    principles: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert principles("database", "version") == 1
    assert "There is no database" in capsys.readouterr().err
    assert not Settings.read().state_dir.exists()
    assert principles("database", "upgrade") == 0
    told = capsys.readouterr().err
    assert f"conversations.db are of version {NEWEST}." in told
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


def test_a_partnership_gets_a_place_and_secrets_that_a_server_starts_with(
    principles: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name, folder = f"p{uuid.uuid4().hex[:20]}", tmp_path / "secrets"
    create = ("database", "create", name, folder, "--admin", POSTGRES)
    assert principles(*create, "--redis", "redis://127.0.0.1:6379") == 0
    try:
        assert principles(*create) == 5
        monkeypatch.setenv("FP_SECRETS_DIR", str(folder))
        assert principles("database", "version") == 0
        settings = Settings.read()
        with connected(settings.store_url).connect() as connection:
            assert connection.scalar(text("SELECT current_user")) == name
            assert connection.scalar(text("SELECT current_schema()")) == name
        assert settings.redis_url
        assert settings.namespace.startswith("principles:")
    finally:
        drop(name)
