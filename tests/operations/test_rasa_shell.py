"""What a shell is told for Rasa's own commands, and that the listener ends with the shell."""

from __future__ import annotations

import os
import subprocess
import sys
from shlex import quote

import httpx
import psutil
import pytest

from bot.operations.rasa_shell import exports, is_running
from bot.rasa.secret import HEADER
from bot.settings import HOME

ENDS_WITHIN_S = 60


def test_exports_are_quoted_for_a_shell() -> None:
    told = {"FP_RASA_DB": "postgresql://a:b c'$d@host/x", "TF_CPP_MIN_LOG_LEVEL": "3"}
    script = f'{exports(told)}printf "%s|%s" "$FP_RASA_DB" "$TF_CPP_MIN_LOG_LEVEL"'
    said = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout == "postgresql://a:b c'$d@host/x|3"


def test_a_process_runs_until_it_has_ended() -> None:
    child = subprocess.Popen(["sleep", "60"])
    assert is_running(child.pid)
    child.kill()
    child.wait()
    assert not is_running(child.pid)


@pytest.mark.encoder
def test_one_line_makes_a_shell_ready_and_nothing_outlives_it() -> None:
    line = f'eval "$({quote(sys.executable)} -m bot.cli rasa $$)"'
    script = f"{line}; env; echo ready; read over"
    shell = subprocess.Popen(
        ["sh", "-c", script], cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert shell.stdout is not None
    lines = list(iter(shell.stdout.readline, "ready\n"))
    told = dict(line.rstrip("\n").partition("=")[::2] for line in lines)
    url, secret = told["FP_ACTIONS_URL"], {HEADER: told["FP_RASA_SECRET"]}
    assert httpx.get(f"{url}/health", headers=secret, trust_env=False).is_success
    texts = {"texts": ["a child is in danger"]}
    vectors = httpx.post(f"{url}/encode", json=texts, headers=secret, trust_env=False)
    assert len(vectors.content) == 384 * 4
    assert httpx.get(f"{url}/health", trust_env=False).status_code == 403
    folder = os.path.dirname(told["FP_RASA_DB"].removeprefix("sqlite:///"))
    assert os.stat(folder).st_mode & 0o077 == 0
    (listener,) = (
        each for each in psutil.process_iter(["cmdline"]) if is_listener(each, shell.pid)
    )
    shell.communicate("over\n")
    psutil.wait_procs([listener], timeout=ENDS_WITHIN_S)
    assert not listener.is_running() or listener.status() == psutil.STATUS_ZOMBIE
    assert not os.path.exists(folder)


def is_listener(process: psutil.Process, shell: int) -> bool:
    return (process.info["cmdline"] or [])[-3:] == ["rasa", str(shell), "--listen"]
