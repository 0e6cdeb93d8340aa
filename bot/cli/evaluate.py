"""`principles eval`: how good the answers are, on questions whose answers are known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.client import conversation
from bot.cli.console import say
from bot.messages import Message
from bot.settings import Settings

SETS = Path("tests", "eval")
"""The development questions and their other wordings, in a checkout."""


def evaluate(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="Questions, one JSON object a line; without a file, the development questions."
        ),
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="A running assistant, to measure conversations as well.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write the report as Markdown to this file.")
    ] = None,
    misses: Annotated[Path | None, typer.Option(help="Write every miss to this file.")] = None,
) -> None:
    """Measure search, abstention and two baselines; with --url, conversations too."""
    # Imported late: the encoder takes seconds, and help should not.
    from bot.content.phrases import read_phrases
    from bot.evaluation.baselines import EncoderAlone, Ours, WordsAlone
    from bot.evaluation.conversations import exchanges, measures
    from bot.evaluation.items import Item, read_items
    from bot.evaluation.report import miss_lines
    from bot.evaluation.report import report as written
    from bot.evaluation.scores import run
    from bot.evaluation.wordings import consistency, read_wordings
    from knowledge import Knowledge

    settings = Settings.read()
    sets = settings.home / SETS
    file = file or sets / "questions.jsonl"
    items = read_items(file)
    knowledge = Knowledge.open(settings.state_dir, folder=settings.knowledge_dir)
    systems = (Ours(knowledge), WordsAlone(knowledge), EncoderAlone(knowledge))
    results = {system.name: run(system, items, knowledge.library) for system in systems}
    talked = None
    if url:
        phrases = read_phrases(settings.phrases_file)

        def ask(item: Item) -> list[Message]:
            with conversation(url, in_danger=phrases.in_danger) as talk:
                for said in item.context:
                    talk.type(said)
                return list(talk.type(item.q))

        say(f"Asking {len(items)} questions of {url}.")
        talked = measures(list(exchanges(items, ask)), knowledge.library)
    same = consistency(knowledge, read_wordings(sets / "wordings.tsv"))
    text = written(_short(file, settings.home), results, same, talked)
    typer.echo(text)
    if report:
        report.write_text(text, encoding="utf-8")
    if misses:
        misses.write_text(miss_lines(results[Ours.name]), encoding="utf-8")


def _short(file: Path, home: Path) -> Path:
    return file.relative_to(home) if file.is_relative_to(home) else Path(file.name)
