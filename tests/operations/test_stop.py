"""The end of the assistant: what was asked is answered, and nothing is left running."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from bench.bots import copy_built, start_assistant
from bench.running import Running
from bot.messages import AnswerMessage, Message
from bot.settings import Settings
from tests.assistant import Assistant
from tests.teams.client import Chat
from tests.teams.microsoft import Microsoft, switched_on, texts

pytestmark = pytest.mark.rasa

QUESTION = "what does Knowsley say about recording?"
AT_ONCE = 12


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


@dataclass(frozen=True)
class HeldUp:
    running: Running
    state: Path
    rasa: psutil.Process
    turns: Sequence[Future[list[Message]]]

    @property
    def process(self) -> subprocess.Popen[bytes]:
        return self.running.process

    def stop(self) -> None:
        """As systemd does, which tells every process, and waits until the assistant has heard."""
        self.rasa.terminate()
        self.process.send_signal(signal.SIGTERM)
        log = self.state / "serve.log"
        assert wait_for(lambda: "Stopping" in log.read_text())


@pytest.fixture
def held_up(tmp_path: Path, microsoft: Microsoft) -> Iterator[HeldUp]:
    """An assistant of one's own whose Rasa has stopped for breath, with turns in flight."""
    state = tmp_path / "state"
    copy_built(Settings().state_dir, state)
    with (
        start_assistant(state, switched_on(microsoft.url)) as running,
        httpx.Client(base_url=f"{running.url}/api/v1", timeout=30, trust_env=False) as api,
        httpx.Client(base_url=running.url, trust_env=False) as in_teams,
        ThreadPoolExecutor(AT_ONCE) as people,
    ):
        assistant = Assistant(running.url, state, api, running)
        talks = [assistant.talk() for _ in range(AT_ONCE)]
        # What the first question takes longer than others would count against the time that turns
        # wait for Rasa.
        assert talks[0].say(QUESTION)
        (rasa,) = psutil.Process(running.process.pid).children()
        rasa.suspend()
        try:
            turns = [people.submit(talk.say, QUESTION) for talk in talks]
            Chat(in_teams, microsoft).say(QUESTION)
            assert wait_for(lambda: waiting_for(rasa, running) > AT_ONCE)
            yield HeldUp(running, state, rasa, turns)
        finally:
            with suppress(psutil.NoSuchProcess):
                rasa.kill()


def test_whoever_has_asked_is_answered_before_anything_ends(
    held_up: HeldUp, microsoft: Microsoft
) -> None:
    held_up.stop()
    held_up.rasa.resume()
    for turn in held_up.turns:
        assert isinstance(turn.result()[0], AnswerMessage)
    assert "Read it in the source" in texts(microsoft.wait_for(3)[2])
    assert held_up.process.wait(20) == 0
    assert not held_up.rasa.is_running()


def test_a_second_signal_ends_at_once(held_up: HeldUp) -> None:
    held_up.stop()
    held_up.process.send_signal(signal.SIGTERM)
    assert held_up.process.wait(5) == -signal.SIGTERM
    held_up.rasa.resume()
    assert wait_for(lambda: not held_up.rasa.is_running())


def waiting_for(rasa: psutil.Process, running: Running) -> int:
    """How many of the gateway's requests have reached Rasa's port."""
    (port,) = {c.laddr.port for c in rasa.net_connections("tcp") if c.status == "LISTEN"}
    gateway = psutil.Process(running.process.pid).net_connections("tcp")
    return sum(1 for c in gateway if c.raddr and c.raddr.port == port)
