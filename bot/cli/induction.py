"""`principles induction`: check the modules of the induction programme, and export them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import say
from bot.cli.flows import open_flows
from bot.content.phrases import read_phrases
from bot.operations.content_folder import data_files, live_content, open_editions
from bot.settings import Settings

induction = typer.Typer(
    help="Check and export the induction programme.", no_args_is_help=True, rich_markup_mode=None
)


@induction.command()
def check() -> None:
    """Name every problem of the modules with file and line."""
    from bot.induction import sound_programme
    from knowledge.library import Library

    settings = Settings.read()
    folder = live_content(settings)
    library, modules = Library.read(folder), data_files(settings, folder).induction
    programme = sound_programme(modules, library, open_flows(settings))
    say(f"{len(programme.modules)} modules are sound.")


@induction.command()
def export(file: Annotated[Path, typer.Argument(help="The ZIP file to write.")]) -> None:
    """Write the live edition's modules as a SCORM 1.2 package for a learning platform."""
    from bot.induction import sound_programme
    from bot.induction.lessons import Lessons
    from bot.web.scorm import scorm_package
    from knowledge.library import Library

    settings = Settings.read()
    editions = open_editions(settings)
    edition = editions.live()
    folder = editions.folder(edition.id)
    library, data = Library.read(folder), data_files(settings, folder)
    phrases, flows = read_phrases(data.phrases), open_flows(settings)
    programme = sound_programme(data.induction, library, flows)
    lessons = Lessons.of(programme, flows, library.quote, phrases)
    file.write_bytes(scorm_package(lessons, phrases, edition.id))
    say(f"Wrote {len(lessons.programme.modules)} modules of edition {edition.id} to {file}.")
