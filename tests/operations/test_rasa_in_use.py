"""A Rasa that has learnt an edition takes over from the one that answers; Rasa's own commands are
played by a script, as training it takes minutes."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

import httpx
import pytest

from bench.running import free_port
from bot.errors import UserFacingError
from bot.operations import training
from bot.operations.rasa_in_use import OTHER, RasaInUse
from bot.operations.rasa_process import MODEL, PYTHON
from bot.settings import HOME, Settings

RASA = """#!{python}
import http.server, os, pathlib, sys
arguments = sys.argv[3:]
def after(name): return arguments[arguments.index(name) + 1]
if arguments[0] == "train":
    if os.environ["FP_RASA_EDITION"].endswith("broken"):
        sys.exit("no such intent")
    model = pathlib.Path(after("--out"), after("--fixed-model-name") + ".tar.gz")
    model.write_text(os.environ["FP_RASA_EDITION"])
else:
    model = pathlib.Path(after("--model")).read_text()
    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200); self.end_headers(); self.wfile.write(model.encode())
        def log_message(self, *_): pass
    http.server.HTTPServer(("127.0.0.1", int(after("--port"))), Answers).serve_forever()
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    for path in (HOME / "data").iterdir():
        (home / "data" / path.name).symlink_to(path)
    for name in ("knowledge", "requirements", "config.yml", "domain.yml"):
        (home / name).symlink_to(HOME / name)
    (home / PYTHON).parent.mkdir(parents=True)
    (home / PYTHON).write_text(RASA.format(python=sys.executable))
    (home / PYTHON).chmod(0o700)
    return Settings(home=home, state_dir=tmp_path / "state", rasa_port=free_port())


def edition(folder: Path, trigger: str) -> Path:
    """Flows in which one more trigger starts the first."""
    (folder / "data").mkdir(parents=True)
    shutil.copytree(HOME / "data" / "flows", folder / "data" / "flows")
    for name in ("flows_shared.yaml", "citation_rules.yaml"):
        shutil.copy(HOME / "data" / name, folder / "data")
    flow = folder / "data" / "flows" / "record_keeping.yaml"
    flow.write_text(flow.read_text("utf-8").replace("triggers:\n", f"triggers:\n  - {trigger}\n"))
    return folder


class Served:
    """A Rasa that has learnt `first` and answers, and what the gateway would ask."""

    def __init__(self, settings: Settings, first: Path) -> None:
        self.settings, self.first = settings, first
        self.said: list[str] = []
        self.address = f"http://127.0.0.1:{settings.rasa_port}"
        self.rasa = RasaInUse(settings, "secret", self.said.append, ends_after_s=0.2)

    async def __aenter__(self) -> Served:
        await training.train(self.settings, "secret", self.said.append, self.first)
        self.life = asyncio.create_task(self.rasa.live())
        self.rasa.has_learnt(self.first)
        await asyncio.wait_for(self.rasa.up.wait(), 180)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.life.cancel()
        await asyncio.wait({self.life})

    def exchange(self, address: str) -> None:
        self.address = address

    async def go_over(self, edition: Path) -> None:
        take_over = await self.rasa.learn(edition, self.exchange)
        take_over()

    async def answers(self) -> str:
        """The name of the edition that the Rasa which is asked has learnt."""
        async with httpx.AsyncClient(trust_env=False) as client:
            return Path((await client.get(f"{self.address}/")).text).name


def test_what_rasa_does_not_learn_asks_for_no_other_rasa(
    settings: Settings, tmp_path: Path
) -> None:
    async def run() -> None:
        async with Served(settings, edition(tmp_path / "one", "puffins")) as served:
            same = edition(tmp_path / "same", "puffins")
            before = served.address
            await served.go_over(same)
            assert served.address == before
            assert len(served.said) == 1

    asyncio.run(run())


def test_another_takes_over_beside_it_and_the_way_back_needs_no_training(
    settings: Settings, tmp_path: Path
) -> None:
    async def run() -> None:
        one, two = edition(tmp_path / "one", "puffins"), edition(tmp_path / "two", "auks")
        async with Served(settings, one) as served:
            first = served.address
            take_over = await served.rasa.learn(two, served.exchange)
            assert await served.answers() == "one"
            take_over()
            assert served.address != first
            assert await served.answers() == "two"
            trained = list(served.said)
            await served.go_over(one)
            assert served.said == trained
            assert await served.answers() == "one"
            assert served.address == first
            assert training.is_current(settings, two)
            assert training.is_current(settings, one, settings.models_dir / OTHER)
            assert not served.life.done()

    asyncio.run(run())


def test_one_that_cannot_be_trained_leaves_the_one_that_answers(
    settings: Settings, tmp_path: Path
) -> None:
    async def run() -> None:
        async with Served(settings, edition(tmp_path / "one", "puffins")) as served:
            broken = edition(tmp_path / "broken", "auks")
            with pytest.raises(UserFacingError, match="no such intent"):
                await served.rasa.learn(broken, served.exchange)
            assert await served.answers() == "one"
            assert (settings.models_dir / MODEL).is_file()

    asyncio.run(run())
