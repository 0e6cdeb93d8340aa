"""`principles eval`: how good the replies are to messages whose right treatment is known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.client import NotReachable, conversation, default_url
from bot.cli.console import complain, say
from bot.errors import UserFacingError
from bot.messages import Message
from bot.operations.content_folder import live_content
from bot.settings import Settings


def evaluate(
    sets: Annotated[
        list[Path],
        typer.Argument(
            metavar="SET...",
            exists=True,
            dir_okay=False,
            help="Files of messages, one JSON object a line.",
        ),
    ],
    url: Annotated[str | None, typer.Option(help="The assistant to ask.")] = None,
    write: Annotated[
        Path | None,
        typer.Option(help="A page with marks between which the figures are written."),
    ] = None,
    misses: Annotated[
        Path | None,
        typer.Option(help="Write every miss to this file. Whoever reads it has opened the set."),
    ] = None,
) -> None:
    """Ask a running assistant every message of the sets, and judge its replies."""
    # Imported late: they take a second, and help should not.
    from bot.content.phrases import read_phrases
    from bot.evaluation.items import Item, read_items
    from bot.evaluation.replies import JudgedReply
    from bot.evaluation.report import filled_in, miss_lines, report
    from knowledge.gold import GoldCheck
    from knowledge.library import Library
    from knowledge.relations import Relations

    settings = Settings.read()
    in_danger = read_phrases(settings.phrases_file).in_danger
    content = live_content(settings)
    library = Library.read(content)
    gold = GoldCheck(library, Relations.read(library, content))
    items = [item for file in sets for item in read_items(file, library)]
    base = url or default_url(settings)
    # Looked at before an hour of asking.
    page = write.read_text(encoding="utf-8") if write else ""
    if write:
        filled_in(page, "")

    def ask(item: Item) -> list[Message]:
        """Nothing where the assistant refuses: that is a miss."""
        try:
            with conversation(base, in_danger=in_danger) as talk:
                for said in item.context:
                    talk.type(said)
                return list(talk.type(item.q))
        except NotReachable:
            raise
        except UserFacingError as refused:
            complain(f"{item.id}: {refused}")
            return []

    say(f"Asking {len(items)} messages of {base}.")
    replies = [JudgedReply(item, ask(item), gold) for item in items]
    text = report(replies)
    typer.echo(text)
    if write:
        write.write_text(filled_in(page, text), encoding="utf-8")
    if misses:
        misses.write_text(miss_lines(replies), encoding="utf-8")
