"""The languages that the assistant has words of its own in."""

from __future__ import annotations

from bot.container import Container
from bot.errors import Refusal


def unknown_language(container: Container) -> Refusal:
    return Refusal("unknown-language", members={"languages": container.safety.languages})
