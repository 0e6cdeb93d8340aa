"""The parts of the assistant, and which of them one process is."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.engine import make_url

from bot.errors import UserFacingError
from bot.operations import ports
from bot.operations.ports import LOOPBACK
from bot.settings import Settings


class ProcessRole(StrEnum):
    """`gateway`: what people reach. `actions`: what Rasa asks for replies and vectors. `rasa`: Rasa
    itself. `jobs`: what removes that which has been kept too long."""

    GATEWAY = "gateway"
    ACTIONS = "actions"
    RASA = "rasa"
    JOBS = "jobs"


EVERY = frozenset(ProcessRole)

LOCKS = {
    ProcessRole.GATEWAY: "assistant",
    ProcessRole.ACTIONS: "assistant",
    ProcessRole.RASA: "rasa",
    ProcessRole.JOBS: "jobs",
}
"""What is held in the state folder. The gateway and the actions both make the index there."""


@dataclass(frozen=True)
class OwnParts:
    """The roles of this process. `settings` lead to its own parts where it has them; `secret` is
    what the parts ask each other for."""

    settings: Settings
    roles: frozenset[ProcessRole]
    secret: str

    @classmethod
    def of(cls, settings: Settings, roles: Collection[ProcessRole] = ()) -> OwnParts:
        """All, if none is named. Raises UserFacingError for parts that could not speak to the
        others."""
        chosen = frozenset(roles) or EVERY
        if chosen != EVERY and (lacking := list(_lacking(settings, chosen))):
            listed = "\n".join(f"- {each}" for each in lacking)
            raise UserFacingError(f"The parts cannot be started apart like this:\n{listed}")
        secret = settings.rasa_secret
        return cls(
            leading_to_own(settings, chosen),
            chosen,
            secret.get_secret_value() if secret else secrets.token_urlsafe(32),
        )

    def has(self, *roles: ProcessRole) -> bool:
        return self.roles.issuperset(roles)

    @property
    def names(self) -> str:
        return ", ".join(sorted(self.roles))

    @property
    def locks(self) -> list[str]:
        return sorted({LOCKS[each] for each in self.roles})


def leading_to_own(settings: Settings, roles: frozenset[ProcessRole]) -> Settings:
    """What a process has itself it asks for nowhere else, whatever is set for all of them."""
    own: dict[str, object] = {}
    if ProcessRole.ACTIONS in roles:
        own["actions_url"] = None
    if ProcessRole.RASA in roles:
        own["rasa_url"] = None
        if ProcessRole.GATEWAY in roles:
            own["rasa_host"] = LOOPBACK
    return settings.model_copy(update=own)


def _lacking(settings: Settings, roles: frozenset[ProcessRole]) -> Iterable[str]:
    if not settings.rasa_secret:
        yield "FP_RASA_SECRET: give every part the same, such as `openssl rand -hex 32` prints"
    if roles != {ProcessRole.RASA} and _is_file(settings.store_url):
        yield "FP_DATABASE_URL: name a Postgres; a file of SQLite belongs to one process"
    elif _is_file(settings.tracker_url):
        yield "FP_TRACKER_DB: name the Postgres in which Rasa is to remember"


def _is_file(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def with_own_actions(settings: Settings) -> Settings:
    """For a command that has the actions beside it for a while, on loopback."""
    return settings.model_copy(update={"actions_url": None, "actions_host": LOOPBACK})


@dataclass(frozen=True)
class TakenPorts:
    """`public`: the gateway, or what is asked whether the process is well. `inner`: the actions.
    `front`: what gateways elsewhere ask for Rasa, and `behind`: where that Rasa listens, kept from
    whoever takes any port that is free."""

    public: socket.socket
    inner: socket.socket | None
    front: socket.socket | None
    behind: socket.socket | None


def take_ports(own: OwnParts, held: ExitStack) -> TakenPorts:
    """Raises UserFacingError for one that cannot be had."""

    def take(host: str, port: int, setting: str) -> socket.socket:
        return held.enter_context(ports.take(host, port, setting))

    settings, inner, front, behind = own.settings, None, None, None
    public = take(settings.host, settings.port, "FP_PORT")
    if own.has(ProcessRole.ACTIONS):
        inner = take(settings.actions_host, settings.actions_port, "FP_ACTIONS_PORT")
    if own.has(ProcessRole.RASA, ProcessRole.GATEWAY):
        ports.check(LOOPBACK, settings.rasa_port, "FP_RASA_PORT")
    elif own.has(ProcessRole.RASA):
        front = take(settings.rasa_host, settings.rasa_port, "FP_RASA_PORT")
        behind = take(LOOPBACK, 0, "FP_RASA_PORT")
    return TakenPorts(public, inner, front, behind)
