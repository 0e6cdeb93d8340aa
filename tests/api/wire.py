"""A wire to a real service that a test can cut, or keep open and silent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal


class Wire:
    """Passes bytes between a port of its own and a service on this machine."""

    def __init__(self, listener: socket.socket, port: int) -> None:
        self.port: int = listener.getsockname()[1]
        self._listener = listener
        self._service = port
        self._state: Literal["whole", "cut", "silent"] = "whole"
        self._ends: list[socket.socket] = []
        self._changed = threading.Condition()

    def cut(self) -> None:
        """Every connection breaks, and so does every new one."""
        self._become("cut")
        self.close()

    def fall_silent(self) -> None:
        """Connections stay, and new ones are taken, but nothing comes through any more."""
        self._become("silent")

    def fix(self) -> None:
        self._become("whole")

    def close(self) -> None:
        while self._ends:
            end = self._ends.pop()
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def run(self) -> None:
        """Until the listener is closed."""
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._state == "cut":
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._service))
            self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _become(self, state: Literal["whole", "cut", "silent"]) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                with self._changed:
                    self._changed.wait_for(lambda: self._state != "silent")
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire_to(port: int) -> Iterator[Wire]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        wire = Wire(listener, port)
        threading.Thread(target=wire.run, daemon=True).start()
        try:
            yield wire
        finally:
            wire.fix()
            wire.close()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
