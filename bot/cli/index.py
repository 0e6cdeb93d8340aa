"""`principles index`: the search index, built when something in it has changed."""

from __future__ import annotations

from rich.progress import Progress

from bot.cli.console import err, say
from bot.operations.state_folder import make_private
from bot.settings import Settings


def index() -> None:
    """Build the search index of the sources, if anything has changed since the last time."""
    from bot.container import open_knowledge

    settings = Settings.read()
    make_private(settings.state_dir)
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("Indexing the sources", total=None)
        open_knowledge(settings, lambda done, total: bar.update(task, completed=done, total=total))
    say("The index of the sources is up to date.")
