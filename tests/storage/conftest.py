from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'kept.db'}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A schema of one's own."""
    schema = f"t{uuid.uuid4().hex}"
    admin = create_engine(POSTGRES.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with admin.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        pytest.skip("no Postgres here: set TEST_POSTGRES_URL to test with it")
    yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
    with admin.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database of either kind."""
    named: str = request.getfixturevalue(f"{request.param}_url")
    return named


@pytest.fixture
def raw(url: str) -> Iterator[Engine]:
    """The same database, as somebody else sees it."""
    yield from opened_raw(url)


@pytest.fixture
def raw_postgres(postgres_url: str) -> Iterator[Engine]:
    yield from opened_raw(postgres_url)


def opened_raw(url: str) -> Iterator[Engine]:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    yield engine
    engine.dispose()
