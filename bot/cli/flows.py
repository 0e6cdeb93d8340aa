"""`principles flows`: check the flow files, draw them, table their paths, remake a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import say
from bot.errors import UserFacingError
from bot.flows import Flows, read_flows
from bot.record import Format
from bot.settings import HOME
from knowledge.errors import ContentError

FLOWS = HOME / "data" / "flows"
DOCS = HOME / "docs" / "flows"

flows = typer.Typer(help="Check, draw and table the scripted flows.", no_args_is_help=True)


@flows.command()
def check() -> None:
    """Name every problem of the flow files with file and line."""
    from bot.flows.check import problems
    from knowledge.library import Library

    read = open_flows()
    found = [str(each) for each in problems(read, Library.read().passages)]
    if found:
        raise UserFacingError("\n".join(found))
    say(f"{len(read)} flows are sound.")


@flows.command()
def draw() -> None:
    """Write the catalogue, a page a flow, to docs/flows."""
    from bot.flows.draw import contents, page

    read = open_flows()
    DOCS.mkdir(parents=True, exist_ok=True)
    (DOCS / "README.md").write_text(contents(read), encoding="utf-8")
    for flow in read.values():
        (DOCS / f"{flow.id}.md").write_text(page(flow, read), encoding="utf-8")
    say(f"Drew {len(read)} flows in {DOCS.relative_to(HOME)}.")


@flows.command()
def table() -> None:
    """Write the golden table of every path and outcome to docs/flows/golden.md."""
    from bot.flows.table import golden
    from bot.record import sources_version
    from knowledge.library import Library

    written = golden(open_flows(), sources_version(Library.read()))
    DOCS.mkdir(parents=True, exist_ok=True)
    (DOCS / "golden.md").write_text(written, encoding="utf-8")
    say(f"Wrote {(DOCS / 'golden.md').relative_to(HOME)}.")


@flows.command()
def record(
    stamp: Annotated[str, typer.Argument(help="The stamp line printed on a record.")],
    to: Annotated[Path, typer.Argument(help="The file to write.")],
    format: Annotated[Format, typer.Option(help="What to write.")] = "markdown",
) -> None:
    """Make a record again from its stamp, when the flows and sources are still the same."""
    from bot.record import render, sources_version
    from bot.record.reproduce import again
    from bot.record.stamp import Printed
    from bot.rendering.flows import FlowRenderer
    from knowledge.library import Library

    library = Library.read()
    try:
        printed = Printed.parse(stamp)
        outcome = again(printed, FlowRenderer(open_flows(), library.quote))
    except ValueError as problem:
        raise UserFacingError(f"{problem}.") from problem
    if printed.stamp.sources != sources_version(library):
        raise UserFacingError("The sources have changed since this record was made.")
    to.write_bytes(render(outcome, printed.stamp, format).content)
    say(f"Wrote {to}.")


def open_flows() -> Flows:
    try:
        return read_flows(FLOWS)
    except ContentError as broken:
        raise UserFacingError(str(broken)) from broken
