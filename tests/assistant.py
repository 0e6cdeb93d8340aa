"""The running assistant as tests talk to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.running import Running
from bot.messages import MESSAGES, Message


@dataclass(frozen=True)
class Talk:
    """One conversation with the running assistant."""

    api: httpx.Client
    id: str
    token: str
    greeting: list[Message]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def say(self, text: str) -> list[Message]:
        return self._turn({"text": text})

    def choose(self, choice: str) -> list[Message]:
        return self._turn({"choice": choice})

    def _turn(self, said: dict[str, str]) -> list[Message]:
        path = f"/conversations/{self.id}/messages"
        reply = self.api.post(path, json=said, headers=self.headers)
        return MESSAGES.validate_python(reply.raise_for_status().json()["messages"])


@dataclass(frozen=True)
class Assistant:
    """`api` speaks to `/api/v1` without a token."""

    url: str
    state_dir: Path
    api: httpx.Client
    running: Running

    def talk(self, area: str | None = None, mode: str = "guidance") -> Talk:
        reply = self.api.post("/conversations", json={"area": area, "mode": mode})
        opened = reply.raise_for_status().json()
        greeting = MESSAGES.validate_python(opened["messages"])
        return Talk(self.api, opened["conversation_id"], opened["token"], greeting)
