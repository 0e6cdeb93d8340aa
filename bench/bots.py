"""The two bots that are compared: a stock `rasa init` bot, and the assistant."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import httpx

from bench.load import Send
from bench.running import Running, free_port, running
from bot.settings import HOME, Settings
from knowledge.index import EMBEDDED

SERVE = [sys.executable, "-m", "bot.cli", "serve"]
RASA = HOME / ".venv-rasa" / "bin" / "python"
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


class Bot(Protocol):
    name: str
    texts: Sequence[str]

    def build(self) -> None:
        """What need not be measured, done once."""

    def start(self) -> AbstractContextManager[Running]: ...

    async def open(self, http: httpx.AsyncClient) -> Send:
        """What sends one turn of a conversation of its own."""


class StockBot:
    """What `rasa init` makes, one worker, over its REST webhook."""

    name = "stock"
    texts: Sequence[str] = ("hello", "good", "bye", "very sad", "are you a bot?", "not good", "yes")

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "stock"

    def build(self) -> None:
        if any(self.folder.glob("models/*.tar.gz")):
            return
        print("Building the stock bot, once. This takes a minute or two.", flush=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [RASA, "-m", "rasa", "init", "--no-prompt", "--init-dir", str(self.folder)],
            check=True,
            env=os.environ | QUIET,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def start(self) -> AbstractContextManager[Running]:
        port = free_port()
        return running(
            [RASA, "-m", "rasa", "run", "--quiet", "-i", "127.0.0.1", "-p", str(port)],
            f"http://127.0.0.1:{port}",
            answers_at="/",
            log=self.folder / "run.log",
            cwd=self.folder,
            environment=QUIET,
        )

    async def open(self, http: httpx.AsyncClient) -> Send:
        sender = uuid4().hex

        async def send(text: str) -> None:
            said = {"sender": sender, "message": text}
            reply = await http.post("/webhooks/rest/webhook", json=said)
            if not reply.is_success:
                raise RuntimeError(f"the stock bot did not answer: {reply.status_code}")

        return send


class OurAssistant:
    """The whole assistant, asked questions that its sources answer, and others."""

    name = "ours"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "ours"
        lines = (HOME / "knowledge" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        self.texts: Sequence[str] = [
            question for line in lines for question in json.loads(line)["questions"]
        ]

    def build(self) -> None:
        copy_built(Settings().state_dir, self.folder)

    def start(self) -> AbstractContextManager[Running]:
        return start_assistant(self.folder)

    async def open(self, http: httpx.AsyncClient) -> Send:
        opened = (await http.post("/api/v1/conversations", json={})).raise_for_status().json()
        path = f"/api/v1/conversations/{opened['conversation_id']}/messages"
        bearer = {"Authorization": f"Bearer {opened['token']}"}

        async def send(text: str) -> None:
            reply = await http.post(path, json={"text": text}, headers=bearer)
            if not reply.is_success:
                raise RuntimeError(f"the assistant did not answer: {reply.text}")

        return send


def copy_built(built: Path, folder: Path) -> None:
    """A state folder of its own, with the index and the models already built. What is only read is
    linked; the vectors that are kept are a database, which a program of its own writes to."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("index", "models"):
        if (built / name).is_dir():
            shutil.copytree(built / name, folder / name, copy_function=_linked)


def _linked(source: str, target: str) -> None:
    link = shutil.copyfile if Path(source).name == EMBEDDED else os.link
    link(source, target)


def assistant_settings(state_dir: Path) -> dict[str, str]:
    """Free ports, a state folder of its own, and limits that no measurement meets."""
    ports = {f"FP_{name}": str(free_port()) for name in ("PORT", "ACTIONS_PORT", "RASA_PORT")}
    limits = {"FP_CONVERSATION_LIMIT": "60000/minute", "FP_CLIENT_LIMIT": "60000/minute"}
    return ports | limits | {"FP_STATE_DIR": str(state_dir)}


def start_assistant(
    state_dir: Path,
    environment: Mapping[str, str] | None = None,
    command: Sequence[str | Path] = SERVE,
) -> AbstractContextManager[Running]:
    settings = assistant_settings(state_dir) | dict(environment or {})
    return running(
        command,
        f"http://127.0.0.1:{settings['FP_PORT']}",
        answers_at="/api/v1/readyz",
        log=state_dir / "serve.log",
        cwd=HOME,
        environment=settings,
    )
