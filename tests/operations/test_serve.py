"""The whole assistant as a person starts it: what it prints, what it survives, what it leaves."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from bench.bots import SERVE, assistant_settings, copy_built
from bot.messages import AnswerMessage, QuestionMessage
from bot.settings import HOME, Settings
from tests.assistant import Assistant

pytestmark = pytest.mark.rasa


def wait_for(condition: Callable[[], bool], seconds: float = 90) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


def principles(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli", *arguments]
    return subprocess.run(command, cwd=HOME, input=said, capture_output=True, text=True, timeout=60)


def test_a_question_and_a_flow_go_all_the_way(assistant: Assistant) -> None:
    talk = assistant.talk()
    answer = talk.say("does a partner interpreting for mum count as ok")[0]
    assert isinstance(answer, AnswerMessage)
    assert "interpreters should be provided" in answer.quotes[0].text
    question = talk.say("can I share this without consent?")[-1]
    assert isinstance(question, QuestionMessage)
    assert question.flow.id == "share_without_consent"


def test_ask_prints_quotes_and_says_by_its_exit_code_what_came_back(assistant: Assistant) -> None:
    answered = principles("ask", "what does Knowsley say about recording?", "--url", assistant.url)
    assert "[003.2.6." in answered.stdout
    assert answered.returncode == 0
    assert principles("ask", "what is the weather", "--url", assistant.url).returncode == 1
    assert principles("ask", "I want to die", "--url", assistant.url).returncode == 4


def test_chat_numbers_the_options_and_takes_the_number(assistant: Assistant) -> None:
    typed = "can I share this without consent?\n1\nexit\n"
    said = principles("chat", "--url", assistant.url, said=typed)
    assert "1  Yes" in said.stdout
    assert "The sources put the child's safety first" in said.stdout
    assert said.returncode == 0


def test_nothing_at_the_address_is_told_with_what_to_do() -> None:
    said = principles("ask", "anything", "--url", "http://127.0.0.1:9")
    assert said.returncode == 3
    assert "Start one with `make run`" in said.stderr


def test_a_second_assistant_on_the_same_state_is_refused(assistant: Assistant) -> None:
    with serving(assistant.state_dir) as second:
        assert second.wait(60) == 5
        assert "Another assistant is already running" in errors_of(second)


def test_a_port_in_use_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with serving(tmp_path, FP_PORT=port) as process:
            assert process.wait(60) == 5
            said = errors_of(process)
    assert f"Port {port} on 127.0.0.1 cannot be used" in said
    assert "set FP_PORT" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_rasa_never_outlives_the_assistant(tmp_path: Path, end: signal.Signals) -> None:
    copy_built(Settings().state_dir, tmp_path / "state")
    with serving(tmp_path / "state") as process:
        parent = psutil.Process(process.pid)
        assert wait_for(lambda: bool(parent.children()))
        (rasa,) = parent.children()
        process.send_signal(end)
        process.wait(30)
        assert wait_for(lambda: not rasa.is_running(), 10)


def test_a_dead_rasa_is_told_and_started_again(assistant: Assistant) -> None:
    (rasa,) = psutil.Process(assistant.running.process.pid).children()
    rasa.kill()
    log = assistant.state_dir / "serve.log"
    assert wait_for(lambda: "Rasa stopped by itself" in log.read_text())
    assert assistant.api.get("/readyz").status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert wait_for(lambda: assistant.api.get("/readyz").is_success)
    assert isinstance(assistant.talk().say("who should keep records?")[0], AnswerMessage)


@contextmanager
def serving(state_dir: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | assistant_settings(state_dir) | settings
    with subprocess.Popen(SERVE, cwd=HOME, env=environment, stderr=subprocess.PIPE) as process:
        yield process
        process.kill()


def errors_of(process: subprocess.Popen[bytes]) -> str:
    assert process.stderr is not None
    return process.stderr.read().decode()
