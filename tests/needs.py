"""What a test needs of the machine, and what becomes of the test where that is missing."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
REQUIRED = "TEST_REQUIRES"
"""What must be there, with commas: `browser,pgvector,postgres`. `.ci/run` sets it."""
NO_POSTGRES = (
    "no Postgres answers: start one, and name it in TEST_POSTGRES_URL unless it is "
    "postgresql://postgres@127.0.0.1:5432/test"
)


def lacks(what: str, message: str) -> NoReturn:
    """Skips the test; where `what` is required it fails, as a skip would go unseen."""
    if what in os.environ.get(REQUIRED, "").split(","):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@contextmanager
def schema_of_ones_own() -> Iterator[URL]:
    """An empty schema of Postgres, which is gone afterwards."""
    schema = f"t{uuid.uuid4().hex}"
    url = make_url(POSTGRES)
    admin = create_engine(url.set(drivername="postgresql+psycopg"))
    try:
        with admin.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError:
        lacks("postgres", NO_POSTGRES)
    yield url.update_query_dict({"options": f"-csearch_path={schema}"})
    with admin.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()
