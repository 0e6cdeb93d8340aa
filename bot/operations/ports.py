"""The ports of the assistant, taken before anything is started."""

from __future__ import annotations

import socket

from bot.errors import UserFacingError

LOOPBACK = "127.0.0.1"
WILDCARDS = ("0.0.0.0", "::")  # noqa: S104  # compared with


def take(host: str, port: int, setting: str) -> socket.socket:
    """A socket bound to the port, not yet listening. Port 0 is any that is free.

    Raises UserFacingError when it cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        raise UserFacingError(
            f"Port {port} on {host} cannot be used ({error.strerror})."
            f" Stop the program that holds it, or set {setting} to another port, and start again."
        ) from error
    return taken


def address(host: str, port: int) -> str:
    """As a browser takes it: an IPv6 address stands in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def found_at(host: str, port: int) -> str:
    """The address of what listens on `host`, from its own machine."""
    return address(LOOPBACK if host in WILDCARDS else host, port)


def check(host: str, port: int, setting: str) -> None:
    """Raises UserFacingError when another program holds the port."""
    take(host, port, setting).close()
