from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from hypothesis import settings

from bench.bots import copy_built, start_assistant
from bench.running import free_port
from bot.flows import Flows
from bot.settings import Settings
from tests.api.listener import listening
from tests.assistant import Assistant
from tests.shipped import FLOWS
from tests.teams.microsoft import Microsoft, switched_on

# One gateway, with one log, for all who test what it serves.
pytest_plugins = ["tests.api.gateway"]

# The same examples everywhere, as Hypothesis chooses in CI, and none fails for being slow.
settings.register_profile("seeded", derandomize=True, deadline=None, database=None)
settings.load_profile("seeded")


# What a partnership has set or published is neither read nor written to: the tests know the shipped
# content. Of the state folder they have the index and the models, which take minutes to build.
for name in ("FP_CONTENT_DIR", "FP_HOME"):
    os.environ.pop(name, None)
built = Settings().state_dir
own_state = TemporaryDirectory(prefix="principles-tests-")
for name in ("index", "models"):
    (built / name).mkdir(parents=True, exist_ok=True)
    Path(own_state.name, name).symlink_to(built / name)
os.environ["FP_STATE_DIR"] = own_state.name


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: once a browser is open, its event loop runs in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def flows() -> Flows:
    """The flows as they are shipped."""
    return FLOWS


@pytest.fixture(scope="session")
def demo_port() -> int:
    """Where the demonstration page is served, if a test serves it."""
    return free_port()


@pytest.fixture(scope="session")
def teams_port() -> int:
    """Where Microsoft is stood in for, if a test does so."""
    return free_port()


@pytest.fixture(scope="session")
def stub(teams_port: int) -> Iterator[Microsoft]:
    stub = Microsoft()
    with listening(stub.app, teams_port) as stub.url:
        yield stub


@pytest.fixture
def microsoft(stub: Microsoft) -> Iterator[Microsoft]:
    stub.reset()
    yield stub
    assert stub.wrong == []


@pytest.fixture(scope="session")
def assistant(
    tmp_path_factory: pytest.TempPathFactory, demo_port: int, teams_port: int
) -> Iterator[Assistant]:
    """With a state folder of its own, and the index and the models of the checkout's.

    It lets the demonstration page embed the chat, and answers Teams.
    """
    demo = f"http://127.0.0.1:{demo_port}"
    embedding = {"FP_ALLOWED_ORIGINS": demo, "FP_FRAME_ANCESTORS": demo}
    teams = switched_on(f"http://127.0.0.1:{teams_port}")
    state_dir = tmp_path_factory.mktemp("assistant")
    copy_built(Settings().state_dir, state_dir)
    with (
        start_assistant(state_dir, embedding | teams) as running,
        httpx.Client(base_url=f"{running.url}/api/v1", timeout=30, trust_env=False) as api,
    ):
        yield Assistant(running.url, state_dir, api, running)
