"""What production refuses to start with, each named with what to do about it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from stat import S_IRWXO

from bot.channels.teams.settings import TeamsSettings
from bot.content.contacts import Contacts
from bot.errors import UserFacingError
from bot.settings import Settings, secrets_folder

SESSION_SECRET_CHARACTERS = 32
TEAMS_UNSAFE = "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS"


def check(settings: Settings, contacts: Contacts | None = None) -> None:
    """Raises UserFacingError in production mode when a setting is unsafe.

    Without `contacts` only what concerns a process in which nothing is answered: Rasa, or the jobs.
    """
    if settings.mode != "production":
        return
    unsafe = list(_unsafe_anywhere(settings))
    if contacts:
        unsafe += _unsafe(settings, contacts)
    if unsafe:
        listed = "\n".join(f"- {each}" for each in unsafe)
        raise UserFacingError(f"The assistant does not start in production like this:\n{listed}")


def _unsafe_anywhere(settings: Settings) -> Iterator[str]:
    if settings.log_level == "debug":
        yield "FP_LOG_LEVEL: debug is for development"
    for name in ("actions_host", "rasa_host"):
        if not _is_loopback(getattr(settings, name)) and not settings.rasa_secret:
            yield f"FP_RASA_SECRET: set it, as FP_{name.upper()} is open to a network"
    for path in _readable_by_anyone(secrets_folder()):
        yield f"{path}: every account of this machine may open it; take that away (chmod o= …)"


def _unsafe(settings: Settings, contacts: Contacts) -> Iterator[str]:
    if not settings.public_url.startswith("https://"):
        yield "FP_PUBLIC_URL: give the address that people use; it must begin with https://"
    for name in ("allowed_origins", "frame_ancestors"):
        for origin in getattr(settings, name):
            if not origin.startswith("https://") or "*" in origin:
                yield f"FP_{name.upper()}: {origin}: name each site, as https://…, with no asterisk"
    if not _is_loopback(settings.host) and not settings.trusted_proxies:
        yield "FP_TRUSTED_PROXIES: name the proxy that ends TLS, as FP_HOST is open to a network"
    if "*" in settings.trusted_proxies:
        yield "FP_TRUSTED_PROXIES: name each proxy; with an asterisk anyone may pose as any client"
    if settings.oidc_issuer and not settings.oidc_issuer.startswith("https://"):
        yield "FP_OIDC_ISSUER: it must begin with https://"
    secret = settings.session_secret
    if secret and len(secret.get_secret_value()) < SESSION_SECRET_CHARACTERS:
        yield (
            f"FP_SESSION_SECRET: {SESSION_SECRET_CHARACTERS} random characters or more,"
            " as `openssl rand -hex 32` gives them"
        )
    if contacts.examples:
        yield (
            "data/contacts.yaml: these are still the shipped examples: "
            + ", ".join(contacts.examples)
        )
    if os.environ.get(TEAMS_UNSAFE):
        yield f"{TEAMS_UNSAFE}: remove it, anyone could write to the Teams channel"
    if TeamsSettings.read().stub_url:
        yield "FP_TEAMS_STUB_URL: remove it, it stands in for Microsoft in tests"


def _readable_by_anyone(folder: Path | None) -> Iterator[Path]:
    """The files of ours in the secrets folder; a mounted one may hold links."""
    for path in sorted(folder.iterdir()) if folder else ():
        if path.name.lower().startswith("fp_") and path.stat().st_mode & S_IRWXO:
            yield path


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
