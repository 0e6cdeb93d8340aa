"""A conversation with a running assistant, over the HTTP contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpx

from bot.errors import UserFacingError
from bot.messages import MESSAGES, Message
from bot.operations import ports
from bot.settings import Settings


class NotReachable(UserFacingError):
    pass


def default_url(settings: Settings) -> str:
    return ports.found_at(settings.host, settings.port)


class ClientConversation:
    """Raises NotReachable when nothing answers, UserFacingError when something is refused."""

    def __init__(self, http: httpx.Client, in_danger: str, area: str | None, mode: str) -> None:
        self.http = http
        self.in_danger = in_danger
        self.path = "/conversations"
        opened = self.request("POST", self.path, json={"area": area, "mode": mode})
        self.path += f"/{opened['conversation_id']}"
        http.headers["Authorization"] = f"Bearer {opened['token']}"
        self.greeting: list[Message] = MESSAGES.validate_python(opened["messages"])

    def type(self, text: str) -> Sequence[Message]:
        return self.turn({"text": text})

    def choose(self, option: str) -> Sequence[Message]:
        return self.turn({"choice": option})

    def turn(self, said: dict[str, str]) -> Sequence[Message]:
        reply = self.request("POST", f"{self.path}/messages", json=said)
        return MESSAGES.validate_python(reply["messages"])

    def request(self, method: str, path: str, **content: Any) -> Any:
        try:
            response = self.http.request(method, path, **content)
        except httpx.TransportError as error:
            raise NotReachable(
                f"No assistant answers at {address(self.http.base_url)}. Start one with `make run`,"
                f" or name another with --url. {self.in_danger}"
            ) from error
        if response.is_success:
            return response.json() if response.content else None
        raise UserFacingError(problem_in(response))


@contextmanager
def conversation(
    url: str, *, in_danger: str, area: str | None = None, mode: str = "guidance"
) -> Iterator[ClientConversation]:
    """A conversation that the assistant forgets afterwards.

    `in_danger` is said where no assistant can be reached.
    """
    try:
        client = httpx.Client(base_url=f"{url}/api/v1", timeout=30, trust_env=False)
    except httpx.InvalidURL as problem:
        raise UserFacingError(f"{url} is no address of an assistant ({problem}).") from None
    with client as http:
        opened = ClientConversation(http, in_danger, area, mode)
        try:
            yield opened
        finally:
            opened.request("DELETE", opened.path)


def address(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode()}"


def problem_in(response: httpx.Response) -> str:
    try:
        problem = response.json()
        return f"{problem['title']}. {problem['detail']}"
    except (ValueError, KeyError, TypeError):
        return (
            f"The server at {address(response.url)} does not speak as the"
            f" assistant does (HTTP {response.status_code}). Name the assistant with --url."
        )
