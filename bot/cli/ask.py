"""`principles ask`: one question, its answer, and an exit code that says which."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.cli.client import conversation, default_url
from bot.cli.console import out
from bot.cli.exits import Exit
from bot.cli.render import TerminalRenderer
from bot.content.phrases import read_phrases
from bot.messages import MESSAGES
from bot.settings import Settings


def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    area: Annotated[
        str | None,
        typer.Option(
            help="Your local area, by its name in `content list`; its document comes first."
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the messages as JSON, for a script.")
    ] = False,
    url: Annotated[str | None, typer.Option(help="The assistant to ask.")] = None,
) -> None:
    """Ask one question and print what the sources say.

    Ends with 0 when the sources answer it, 1 when they do not or may not, 2 when the command was
    not understood, 3 when no assistant can be reached, and 4 when safety comes first.
    """
    settings = Settings.read()
    phrases = read_phrases(settings.phrases_file)
    with conversation(url or default_url(settings), in_danger=phrases.in_danger, area=area) as talk:
        messages = talk.type(question)
    if as_json:
        print(json.dumps(MESSAGES.dump_python(list(messages), mode="json"), ensure_ascii=False))
    else:
        for message in messages:
            out.print(TerminalRenderer(phrases).render(message))
    raise typer.Exit(Exit.for_reply(messages))
