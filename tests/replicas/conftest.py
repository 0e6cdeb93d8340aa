from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from bench.bots import SERVE, assistant_settings, copy_built
from bench.running import Running, running
from bot.settings import HOME, Settings
from tests.replicas.services import OwnPostgres, OwnRedis, own_services


class Replica:
    """A whole assistant, which keeps its ports and its state folder when it is started again."""

    def __init__(self, state: Path, environment: dict[str, str]) -> None:
        copy_built(Settings().state_dir, state)
        self.state = state
        self._settings = assistant_settings(state) | environment
        self.url = f"http://127.0.0.1:{self._settings['FP_PORT']}"
        self._running = ExitStack()
        self.start()

    def start(self) -> None:
        started = running(
            SERVE,
            self.url,
            answers_at="/api/v1/readyz",
            log=self.state / "serve.log",
            cwd=HOME,
            environment=self._settings,
        )
        self.process: Running = self._running.enter_context(started)

    def stop(self) -> None:
        """As a platform does; returns when it has ended."""
        self._running.close()

    @property
    def gateway(self) -> psutil.Process:
        return psutil.Process(self.process.process.pid)

    @property
    def rasa(self) -> psutil.Process:
        (rasa,) = self.gateway.children()
        return rasa

    def missing(self) -> list[str]:
        """Of the parts that /readyz asks."""
        reply = httpx.get(f"{self.url}/readyz", timeout=20, trust_env=False)
        return [] if reply.is_success else list(reply.json()["missing"])


@dataclass(frozen=True)
class Site:
    """Two servers, their database and their Redis."""

    one: Replica
    other: Replica
    postgres: OwnPostgres
    redis: OwnRedis

    @property
    def addresses(self) -> tuple[str, str]:
        return self.one.url, self.other.url


@contextmanager
def two_replicas(folder: Path) -> Iterator[Site]:
    with own_services() as (postgres, redis), ExitStack() as stack:
        together = {"FP_DATABASE_URL": postgres.url, "FP_REDIS_URL": redis.url}
        one = Replica(folder / "one", together)
        stack.callback(one.stop)
        other = Replica(folder / "other", together)
        stack.callback(other.stop)
        yield Site(one, other, postgres, redis)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with two_replicas(tmp_path_factory.mktemp("site")) as site:
        yield site
