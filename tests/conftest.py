from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from hypothesis import settings

from bench.bots import copy_built, start_assistant
from bot.flows import Flows
from bot.settings import Settings
from demo.host import HostPage
from tests.api.listener import address_of, bound, listening
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
def demo() -> Iterator[HostPage]:
    """The demonstration page, if a test serves it: the assistant has to know where it will be."""
    with HostPage() as page:
        yield page


@pytest.fixture(scope="session")
def teams_at() -> Iterator[socket.socket]:
    """Where Microsoft is stood in for, if a test does so."""
    with bound() as at:
        yield at


@pytest.fixture(scope="session")
def stub(teams_at: socket.socket) -> Iterator[Microsoft]:
    stub = Microsoft()
    with listening(stub.app, teams_at) as stub.url:
        yield stub


@pytest.fixture
def microsoft(stub: Microsoft) -> Iterator[Microsoft]:
    stub.reset()
    yield stub
    assert stub.wrong == []


@pytest.fixture(scope="session")
def assistant(
    tmp_path_factory: pytest.TempPathFactory, demo: HostPage, teams_at: socket.socket
) -> Iterator[Assistant]:
    """With a state folder of its own, and the index and the models of the checkout's.

    It lets the demonstration page embed the chat, and answers Teams.
    """
    embedding = {"FP_ALLOWED_ORIGINS": demo.origin, "FP_FRAME_ANCESTORS": demo.origin}
    teams = switched_on(address_of(teams_at))
    state_dir = tmp_path_factory.mktemp("assistant")
    copy_built(Settings().state_dir, state_dir)
    with (
        start_assistant(state_dir, embedding | teams) as running,
        httpx.Client(base_url=f"{running.url}/api/v1", timeout=30, trust_env=False) as api,
    ):
        yield Assistant(running.url, state_dir, api, running)
