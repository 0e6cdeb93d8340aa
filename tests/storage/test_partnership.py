"""Partnerships that share a Postgres and a Redis: nothing of one is seen at another's."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from bot.conversation.kill_switch import SharedSwitch
from bot.errors import UserFacingError
from bot.storage.engine import alone, open_store
from bot.storage.partnership import make_place, write_secrets
from tests.api.gateway import served
from tests.api.standins import Make, StandIn, Talk
from tests.needs import NO_POSTGRES, POSTGRES, lacks

REDIS = "redis://127.0.0.1:6379"


@dataclass(frozen=True)
class Partnership:
    name: str
    url: str
    client: httpx.Client


@pytest.fixture(scope="module")
def admin() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def place_of_ones_own(stack: ExitStack) -> tuple[str, str]:
    """Its name and URL; it is gone when the stack ends."""
    name = f"p{uuid.uuid4().hex[:20]}"
    try:
        url = make_place(POSTGRES, name)
    except UserFacingError as error:
        if "cannot" in str(error) or "could not" in str(error):
            lacks("postgres", NO_POSTGRES)
        raise
    stack.callback(drop, name)
    return name, url


def drop(name: str) -> None:
    engine = create_engine(POSTGRES.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        connection.execute(text(f"DROP ROLE {name}"))
    engine.dispose()


@pytest.fixture(scope="module")
def two(
    admin: ExitStack, make_container: Make, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Partnership, Partnership]:
    def start() -> Partnership:
        name, url = place_of_ones_own(admin)
        container = make_container(
            state_dir=tmp_path_factory.mktemp(name),
            database_url=url,
            redis_url=REDIS,
            client_limit="30/minute",
        )
        admin.callback(container.engine.dispose)
        return Partnership(name, url, admin.enter_context(served(container)))

    return start(), start()


def test_a_token_of_one_opens_nothing_at_the_other(
    two: tuple[Partnership, Partnership], rasa: StandIn
) -> None:
    one, other = two
    talk = Talk(one.client)
    talk.say("who keeps it")
    path = f"/api/v1/conversations/{talk.id}"
    assert one.client.get(path, headers=talk.headers).is_success
    for reply in (
        other.client.get(path, headers=talk.headers),
        other.client.delete(path, headers=talk.headers),
        other.client.post(f"{path}/messages", json={"text": "a"}, headers=talk.headers),
    ):
        assert reply.status_code == 401
    assert one.client.get(path, headers=talk.headers).is_success


def test_the_account_of_one_cannot_open_the_tables_of_the_other(
    two: tuple[Partnership, Partnership],
) -> None:
    one, other = two
    engine = create_engine(one.url.replace("postgresql:", "postgresql+psycopg:"))
    for statement in (
        f"SELECT * FROM {other.name}.conversations",
        f"DELETE FROM {other.name}.turns",
        f"CREATE TABLE {other.name}.theirs (x int)",
    ):
        with engine.connect() as connection, pytest.raises(ProgrammingError, match="permission"):
            connection.execute(text(statement))
    engine.dispose()


def test_one_turned_off_leaves_the_other_on(two: tuple[Partnership, Partnership]) -> None:
    one, other = (open_store(each.url) for each in two)
    SharedSwitch(one).turn_off("only here", "a test")
    assert SharedSwitch(other).look() is None
    SharedSwitch(one).turn_on()
    one.dispose()
    other.dispose()


def test_what_one_asks_does_not_use_up_the_limit_of_the_other(
    two: tuple[Partnership, Partnership], rasa: StandIn
) -> None:
    one, other = two
    statuses = {one.client.post("/api/v1/conversations").status_code for _ in range(31)}
    assert 429 in statuses
    assert other.client.post("/api/v1/conversations").status_code == 201


@pytest.mark.anyio
async def test_both_sweep_at_once(two: tuple[Partnership, Partnership], anyio_backend: str) -> None:
    one, other = (open_store(each.url) for each in two)
    async with alone(one, "work") as ours, alone(other, "work") as theirs:
        assert (ours, theirs) == (True, True)
    one.dispose()
    other.dispose()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_a_name_that_is_taken_changes_nothing(admin: ExitStack) -> None:
    name, url = place_of_ones_own(admin)
    with pytest.raises(UserFacingError, match="already"):
        make_place(POSTGRES, name)
    open_store(url).dispose()


@pytest.mark.parametrize(
    "name", ["", "1", "Solihull", "a b", 'a"; DROP ROLE postgres; --', "a" * 41]
)
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(UserFacingError, match="small letters"):
        make_place(POSTGRES, name)


def test_a_postgres_that_does_not_answer_is_told() -> None:
    with pytest.raises(UserFacingError, match="nothing was changed") as told:
        make_place("postgresql://ann:s3cret@127.0.0.1:1/x", "somebody")
    assert "s3cret" not in str(told.value)


def test_secrets_are_for_one_account_alone(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    write_secrets(folder, "postgresql://a:b@c/d", "")
    assert {each.name for each in folder.iterdir()} == {
        *("fp_database_url", "fp_session_secret", "fp_metrics_token")
    }
    assert {each.stat().st_mode & 0o777 for each in (folder, *folder.iterdir())} == {0o700, 0o600}
    assert len((folder / "fp_session_secret").read_text()) == 64
