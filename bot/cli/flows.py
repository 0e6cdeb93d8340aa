"""`principles flows`: check the flow files, draw them, table their paths, remake a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.console import say
from bot.content.phrases import Phrases, read_phrases
from bot.errors import UserFacingError
from bot.flows import Flows, read_flows
from bot.operations.content_folder import live_content, live_data, open_editions
from bot.record import Format
from bot.settings import Settings
from knowledge.errors import ContentError

if TYPE_CHECKING:
    from knowledge.library import Library

flows = typer.Typer(help="Check, draw and table the scripted flows.", no_args_is_help=True)


@flows.command()
def check() -> None:
    """Name every problem of the flow files with file and line."""
    from bot.flows.check import problems
    from knowledge.library import Library

    settings = Settings.read()
    read = open_flows(settings)
    library = Library.read(live_content(settings))
    found = [str(each) for each in problems(read, library.passages)]
    if found:
        raise UserFacingError("\n".join(found))
    say(f"{len(read)} flows are sound.")


@flows.command()
def draw() -> None:
    """Write the catalogue, a page a flow, to docs/flows."""
    from bot.flows.draw import contents, page

    settings = Settings.read()
    read, docs = open_flows(settings), settings.home / "docs" / "flows"
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "README.md").write_text(contents(read), encoding="utf-8")
    for flow in read.values():
        (docs / f"{flow.id}.md").write_text(page(flow, read), encoding="utf-8")
    say(f"Drew {len(read)} flows in {docs.relative_to(settings.home)}.")


@flows.command()
def table() -> None:
    """Write the golden table of every path and outcome to docs/flows/golden.md."""
    from bot.flows.table import golden
    from bot.record import sources_version
    from knowledge.library import Library

    settings = Settings.read()
    library = Library.read(live_content(settings))
    file = settings.home / "docs" / "flows" / "golden.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(golden(open_flows(settings), sources_version(library)), encoding="utf-8")
    say(f"Wrote {file.relative_to(settings.home)}.")


@flows.command()
def record(
    stamp: Annotated[str, typer.Argument(help="The stamp line printed on a record.")],
    to: Annotated[Path, typer.Argument(help="The file to write.")],
    format: Annotated[Format, typer.Option(help="What to write.")] = "markdown",
) -> None:
    """Make a record again from its stamp, when the flows are still the same."""
    from bot.record import RecordRenderer
    from bot.record.contents import RecordDocument
    from bot.record.reproduce import again
    from bot.record.stamp import Printed
    from bot.rendering.flows import FlowRenderer
    from bot.rendering.plain_text import PlainText

    settings = Settings.read()
    phrases = read_phrases(settings.phrases_file)
    plain_text = PlainText(phrases.quotations)
    try:
        printed = Printed.parse(stamp)
        library = library_of(printed.stamp.sources, settings)
        outcome = again(
            printed, FlowRenderer(open_flows(settings, phrases), library.quote, plain_text)
        )
    except ValueError as problem:
        raise UserFacingError(f"{problem}.") from problem
    renderer = RecordRenderer(RecordDocument(phrases.record, phrases.outcomes, plain_text))
    to.write_bytes(renderer.render(outcome, printed.stamp, format).content)
    say(f"Wrote {to}.")


def library_of(sources: str, settings: Settings) -> Library:
    """What the record quotes. Raises UserFacingError where it is no longer here."""
    from bot.record import sources_version
    from knowledge.library import Library

    edition, _, version = sources.partition("-")
    try:
        library = Library.read(open_editions(settings).folder(edition))
    except ContentError:
        # A record from before editions were noted has the hash alone.
        library, version = Library.read(live_content(settings)), sources
    if version and version != sources_version(library):
        raise UserFacingError("The sources have changed since this record was made.")
    return library


def open_flows(settings: Settings, phrases: Phrases | None = None) -> Flows:
    """Those of the live edition."""
    said = phrases.flows.model_dump() if phrases else {}
    try:
        return read_flows(live_data(settings).flows, said)
    except ContentError as broken:
        raise UserFacingError(str(broken)) from broken
