"""What the draft changes in the answers, at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.progress import Progress

from bot.cli.console import complain, err, say
from bot.settings import Settings
from knowledge.editions import WaitingDraft

if TYPE_CHECKING:
    from bot.operations.replay import Comparison

OF_GAPS = (
    "A question of a known gap stands for those who put it in other words: whoever asks it in its"
    " own is told what the gap says."
)
Told = Callable[[int, int], None]


def answers_checked(settings: Settings, draft: WaitingDraft, folder: Path) -> Comparison:
    """Opens the live edition and the draft, and asks both. Raises ContentError, and UserFacingError
    where the encoder cannot be used."""
    from bot.container import open_knowledge
    from bot.operations.previews import open_draft
    from bot.operations.replay import asked_of, compared
    from knowledge.evaluation_set import read_evaluation_set

    with progressing("Opening the live edition") as progress:
        live = open_knowledge(settings, progress)
    with progressing("Opening the draft") as progress:
        opened = open_draft(settings, live, draft, folder, progress)
    questions = asked_of(live, opened, read_evaluation_set(opened.library, folder))
    with progressing("Checking answers") as progress:
        return compared(live, opened, questions, area=settings.area, progress=progress)


@contextmanager
def progressing(what: str) -> Iterator[Told]:
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def told(found: Comparison) -> None:
    """The regressions to standard error, as slips are, and the rest to standard output."""
    if found.told:
        say("Look at each of these: a new passage may only seem to answer.")
    for sentence in found.told:
        typer.echo(sentence)
    say(found.counted)
    say(OF_GAPS)
    if not found.regressions:
        typer.echo("No answer got worse.")
        return
    count = len(found.regressions)
    complain(f"{count} answer{'' if count == 1 else 's'} got worse:")
    complain("\n".join(map(str, found.regressions)))
