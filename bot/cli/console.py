"""Where the command line writes: answers to standard output, everything else to standard error."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

out = Console(highlight=False, soft_wrap=False)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def complain(sentence: str) -> None:
    err.print(Text(sentence))


def say(sentence: str) -> None:
    """What goes on while a command works."""
    err.print(Text(sentence, style="dim"))
