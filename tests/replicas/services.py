"""A Postgres and a Redis of one's own, which a test may kill, stop and start again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.needs import lacks

STARTS_WITHIN_S = 60.0
OWNER = "postgres"
"""Postgres refuses to run as root; Debian's packages make this account for it."""


class Service:
    """A program that listens at a socket in `folder`, so that no other program has its port."""

    def __init__(self, command: list[str], folder: Path, socket: Path) -> None:
        self._command = command
        self._socket = socket
        self._log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not self._answers():
            assert time.monotonic() < deadline, self._log.read_text(errors="replace")[-2000:]
            assert self._process.poll() is None, self._log.read_text(errors="replace")[-2000:]
            time.sleep(0.05)

    def _answers(self) -> bool:
        return self._socket.exists()

    def send(self, number: signal.Signals) -> None:
        """To it and to every process that it has started."""
        assert self._process is not None
        for each in family(self._process.pid):
            with suppress(psutil.NoSuchProcess):
                each.send_signal(number)
        if number == signal.SIGKILL:
            self._process.wait()
            self._socket.unlink(missing_ok=True)


class OwnPostgres(Service):
    def __init__(self, folder: Path) -> None:
        programs = programs_of_postgres()
        as_owner = as_another(OWNER) if os.geteuid() == 0 else []
        self.host = str(folder)
        self.owner = OWNER
        self._programs = programs
        if as_owner:
            shutil.chown(folder, OWNER)
            folder.chmod(0o755)
        self._data = folder / "data"
        made = [*("-D", str(self._data)), *("-U", OWNER), "-A", "trust", "--no-sync"]
        subprocess.run(
            [*as_owner, str(programs / "initdb"), *made], check=True, capture_output=True, cwd="/"
        )
        options = ["-c", "listen_addresses=", "-k", str(folder)]
        command = [*as_owner, str(programs / "postgres"), "-D", str(self._data), *options]
        super().__init__(command, folder, folder / ".s.PGSQL.5432")
        (folder / "log").touch(mode=0o666)

    @property
    def url(self) -> str:
        return f"postgresql://{OWNER}@/postgres?host={self.host}"

    def _answers(self) -> bool:
        ready = [str(self._programs / "pg_isready"), "-h", self.host, "-q"]
        return subprocess.run(ready, check=False).returncode == 0

    def run(self, program: str, *arguments: str) -> None:
        subprocess.run([str(self._programs / program), *arguments], check=True)

    def send(self, number: signal.Signals) -> None:
        super().send(number)
        if number == signal.SIGKILL:
            (self._data / "postmaster.pid").unlink(missing_ok=True)


def programs_of_postgres() -> Path:
    """Where Debian keeps them, which puts only clients on the path; or what is on the path."""
    if found := sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        return found[0].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    lacks("postgres", "no initdb here: install Postgres to try what its end does")


class OwnRedis(Service):
    def __init__(self, folder: Path) -> None:
        program = shutil.which("redis-server")
        if program is None:
            lacks("redis", "no redis-server here: install Redis to try what its end does")
        self.socket = folder / "redis.sock"
        quiet = ["--port", "0", "--save", "", "--appendonly", "no", "--dir", str(folder)]
        super().__init__([program, *quiet, "--unixsocket", str(self.socket)], folder, self.socket)

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"


def as_another(account: str) -> list[str]:
    return ["setpriv", f"--reuid={account}", f"--regid={account}", "--clear-groups"]


def family(process: int) -> list[psutil.Process]:
    """The process and all that it started, children first: nobody is left to start them again."""
    parent = psutil.Process(process)
    return [*parent.children(recursive=True), parent]


@contextmanager
def own_services() -> Iterator[tuple[OwnPostgres, OwnRedis]]:
    """Both running. Their sockets need a short path."""
    with TemporaryDirectory(prefix="fp-pg-") as one, TemporaryDirectory(prefix="fp-redis-") as two:
        services = OwnPostgres(Path(one)), OwnRedis(Path(two))
        try:
            for each in services:
                each.start()
            yield services
        finally:
            for each in services:
                with suppress(psutil.NoSuchProcess, AssertionError):
                    each.send(signal.SIGKILL)
