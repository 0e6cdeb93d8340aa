"""A real server for an application, in a thread, on a port that nothing else can take."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp


def bound() -> socket.socket:
    """A socket with a port of its own. Until a server listens there, whoever knocks is refused."""
    at = socket.socket()
    at.bind(("127.0.0.1", 0))
    return at


def address_of(at: socket.socket) -> str:
    return f"http://127.0.0.1:{at.getsockname()[1]}"


@contextmanager
def listening(app: ASGIApp, at: socket.socket | None = None) -> Iterator[str]:
    """Yields its address. `at` is bound, and closed at the end."""
    with at or bound() as listener:
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, proxy_headers=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield address_of(listener)
        finally:
            server.should_exit = True
            thread.join()
