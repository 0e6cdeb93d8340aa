"""`principles chat`: a conversation in the terminal, its options numbered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from bot.cli.client import conversation, default_url
from bot.cli.console import complain, out
from bot.cli.render import TerminalRenderer
from bot.content.phrases import read_phrases
from bot.errors import UserFacingError
from bot.messages import Message, Option, QuestionMessage, ReadingMessage
from bot.settings import Settings


def chat(
    area: Annotated[
        str | None,
        typer.Option(
            help="Your local area, by its name in `content list`; its document comes first."
        ),
    ] = None,
    induction: Annotated[
        bool, typer.Option("--induction", help="Learn the principles, module by module.")
    ] = False,
    url: Annotated[str | None, typer.Option(help="The assistant to talk to.")] = None,
) -> None:
    """Talk with a running assistant. Type a question, or the number of an option.

    An empty line, `exit` or Ctrl-D ends the conversation, and the assistant forgets it.
    """
    mode = "induction" if induction else "guidance"
    settings = Settings.read()
    phrases = read_phrases(settings.phrases_file)
    renderer = TerminalRenderer(phrases)
    with conversation(
        url or default_url(settings), in_danger=phrases.in_danger, area=area, mode=mode
    ) as talk:
        offered = show(talk.greeting, renderer)
        while (typed := listen()) not in {"", "exit", "quit"}:
            try:
                number = int(typed) if typed.isascii() and typed.isdecimal() else 0
                if 1 <= number <= len(offered):
                    reply = talk.choose(offered[number - 1].id)
                else:
                    reply = talk.type(typed)
            except UserFacingError as error:
                complain(str(error))
            else:
                offered = show(reply, renderer) or offered


def listen() -> str:
    try:
        return input("\n> ").strip()
    except EOFError:
        return ""


def show(messages: Sequence[Message], renderer: TerminalRenderer) -> list[Option]:
    """Prints the messages and returns the options in the order of their numbers.

    In a walk the open question's options have the first numbers, so that they never move. What
    the message may have meant instead has the last ones.
    """
    offered: list[Option] = []
    asked = bool(messages) and isinstance(messages[-1], QuestionMessage)
    instead = [option for message in messages for option in other_readings(message)]

    def number(options: Sequence[Option]) -> None:
        for option in options:
            offered.append(option)
            out.print(Text(f"  {len(offered)}  {option.label}"))

    for message in messages:
        options = [] if asked and message is not messages[-1] else options_of(message)
        out.print()
        out.print(renderer.render(message, [*options, *instead]))
        number(options)
    if instead:
        out.print()
        out.print(Text(renderer.phrases.replies.did_you_mean))
        number(instead)
    return offered


def options_of(message: Message) -> list[Option]:
    """But for the other readings."""
    controls = message.controls if isinstance(message, QuestionMessage) else []
    others = other_readings(message)
    return [*(each for each in message.options if each not in others), *controls]


def other_readings(message: Message) -> list[Option]:
    return message.did_you_mean if isinstance(message, ReadingMessage) else []
