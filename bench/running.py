"""A program that is started, answers, is used, and is gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from socket import create_server

import httpx
import psutil

STARTS_WITHIN_S = 280.0
STOPS_WITHIN_S = 15.0


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[bytes]
    url: str
    seconds_to_answer: float

    def memory(self) -> dict[str, float]:
        """Resident GB of each of its processes, by what it is."""
        parent = psutil.Process(self.process.pid)
        return {
            f"{_name(each)} ({each.pid})": each.memory_info().rss / 1e9
            for each in [parent, *parent.children(recursive=True)]
        }


def _name(process: psutil.Process) -> str:
    words = process.cmdline()
    module = words[words.index("-m") + 1] if "-m" in words else Path(words[0]).name
    return " ".join([module, *(word for word in words if word in {"run", "serve"})])


def free_port() -> int:
    with closing(create_server(("127.0.0.1", 0))) as taken:
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str | Path],
    url: str,
    *,
    answers_at: str,
    log: Path,
    cwd: Path,
    environment: Mapping[str, str],
) -> Iterator[Running]:
    """Raises RuntimeError with the end of its log when the program ends before it answers."""
    began = time.monotonic()
    with log.open("wb") as words:
        process = subprocess.Popen(
            list(map(str, command)),
            cwd=cwd,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(process, url + answers_at, log)
        yield Running(process, url, time.monotonic() - began)
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOPS_WITHIN_S)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_S
    with httpx.Client(trust_env=False) as client:
        while process.poll() is None and time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                if client.get(address).is_success:
                    return
            time.sleep(0.1)
    last = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
    raise RuntimeError(f"{address} never answered:\n{last}")
