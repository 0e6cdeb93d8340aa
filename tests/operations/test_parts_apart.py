"""Rasa in one process and the rest in another, of one secret and one Postgres."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from bench.bots import SERVE, copy_built
from bench.running import Running, free_port, running
from bot.conversation.rasa_client import CHANNEL
from bot.messages import AnswerMessage, QuestionMessage, SafetyMessage, TextMessage
from bot.operations import training
from bot.operations.content_folder import live_content
from bot.rasa.secret import HEADER
from bot.settings import HOME, Settings
from tests.assistant import Assistant
from tests.needs import schema_of_ones_own
from tests.operations.test_serve import wait_for

pytestmark = [pytest.mark.rasa, pytest.mark.slow]

SECRET = "parts-of-one-assistant-" + "x" * 12
QUESTION = "what does Knowsley say about recording?"


@dataclass
class Apart:
    """`settings` are the same for both, but for the state folder and the port."""

    settings: dict[str, str]
    folder: Path
    rasa_at: str
    assistant: Assistant
    rasa: Running

    def ask_rasa(self, path: str, secret: str) -> httpx.Response:
        headers = {HEADER: secret}
        return httpx.get(f"{self.rasa_at}{CHANNEL}/{path}", headers=headers, trust_env=False)


def started(
    settings: dict[str, str], state: Path, *roles: str, answers_at: str = "/readyz"
) -> AbstractContextManager[Running]:
    port = free_port()
    return running(
        [*SERVE, *roles],
        f"http://127.0.0.1:{port}",
        answers_at=answers_at,
        log=state / "serve.log",
        cwd=HOME,
        environment=settings | {"FP_PORT": str(port), "FP_STATE_DIR": str(state)},
    )


def start_rasa(settings: dict[str, str], folder: Path) -> AbstractContextManager[Running]:
    return started(settings, folder / "rasa", "rasa")


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    folder = tmp_path_factory.mktemp("apart")
    actions, rasa = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
    with ExitStack() as parts:
        url = parts.enter_context(schema_of_ones_own()).render_as_string(hide_password=False)
        settings = {
            "FP_ACTIONS_PORT": actions.rpartition(":")[2],
            "FP_ACTIONS_URL": actions,
            "FP_DATABASE_URL": url,
            "FP_RASA_PORT": rasa.rpartition(":")[2],
            "FP_RASA_SECRET": SECRET,
            "FP_RASA_URL": rasa,
        }
        for name in ("rasa", "rest"):
            copy_built(Settings().state_dir, folder / name)
        first = parts.enter_context(start_rasa(settings, folder))
        rest = started(settings, folder / "rest", "gateway", "actions", "jobs")
        gateway = parts.enter_context(rest)
        api = parts.enter_context(
            httpx.Client(base_url=f"{gateway.url}/api/v1", timeout=30, trust_env=False)
        )
        assistant = Assistant(gateway.url, folder / "rest", api, gateway)
        yield Apart(settings, folder, rasa, assistant, first)


def test_a_question_and_a_step_of_a_flow_go_through(apart: Apart) -> None:
    talk = apart.assistant.talk()
    assert isinstance(talk.say(QUESTION)[0], AnswerMessage)
    first = talk.say("can I share this without consent?")[-1]
    assert isinstance(first, QuestionMessage)
    second = talk.choose(first.options[1].id)[-1]
    assert isinstance(second, QuestionMessage)
    assert (second.flow.id, second.flow.step) != (first.flow.id, first.flow.step)
    erased = apart.assistant.api.delete(f"/conversations/{talk.id}", headers=talk.headers)
    assert erased.status_code == httpx.codes.NO_CONTENT


def test_each_part_is_a_process_of_its_own(apart: Apart) -> None:
    parent = psutil.Process(apart.rasa.process.pid)
    (child,) = parent.children()
    assert psutil.Process(apart.assistant.running.process.pid).children() == []
    # Neither the sources nor the encoder are opened beside Rasa.
    mapped = {Path(each.path).name for each in parent.memory_maps()}
    assert not {name for name in mapped if name.startswith(("libtorch", "model.onnx"))}
    (listens,) = (each.laddr for each in child.net_connections("tcp") if each.status == "LISTEN")
    assert (listens.ip, str(listens.port)) != ("127.0.0.1", apart.settings["FP_RASA_PORT"])


def test_only_who_has_the_secret_is_let_in(apart: Apart) -> None:
    settings = Settings()
    wanted = training.fingerprint(settings.home, live_content(settings))
    assert apart.ask_rasa("learnt", SECRET).json() == {"learnt": wanted}
    assert apart.ask_rasa("", SECRET).is_success
    for path in ("", "learnt", "webhook"):
        assert apart.ask_rasa(path, "x" * 40).status_code == httpx.codes.FORBIDDEN


def test_the_same_part_of_a_folder_is_refused_and_another_is_not(apart: Apart) -> None:
    environment = os.environ | apart.settings | {"FP_STATE_DIR": str(apart.folder / "rasa")}
    command = [*SERVE, "rasa"]
    again = subprocess.run(command, cwd=HOME, env=environment, capture_output=True, timeout=60)
    assert again.returncode == 5
    assert b"Another assistant is already running" in again.stderr
    with started(apart.settings, apart.folder / "rasa", "jobs") as jobs:
        assert httpx.get(f"{jobs.url}/healthz", trust_env=False).json() == {"status": "alive"}


def test_while_rasa_is_gone_danger_is_answered_and_then_all_goes_on(apart: Apart) -> None:
    api, talk = apart.assistant.api, apart.assistant.talk()
    os.killpg(apart.rasa.process.pid, signal.SIGKILL)
    apart.rasa.process.wait()
    assert api.get("/readyz").json()["missing"] == ["rasa"]
    told = talk.say(QUESTION)[0]
    assert isinstance(told, TextMessage)
    assert "999" in told.text
    danger = talk.say("she is not breathing")[0]
    assert isinstance(danger, SafetyMessage)
    with start_rasa(apart.settings, apart.folder):
        assert wait_for(lambda: api.get("/readyz").is_success)
        assert isinstance(talk.say(QUESTION)[0], AnswerMessage)
