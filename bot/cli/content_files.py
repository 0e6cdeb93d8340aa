"""`principles content export` and `publish`: the content as files, changed by hand or script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from bot.cli.console import complain, say
from bot.cli.editions import account, wait_until_live
from bot.cli.exits import Exit
from bot.cli.signatures import must_be_signed
from bot.errors import UserFacingError
from bot.operations.content_folder import own_editions
from bot.settings import Settings
from knowledge.editions import EditionDraft, Editions
from knowledge.editions.contents import (
    CONTENT,
    DATA,
    OF_DATA,
    OPTIONAL,
    files_of,
    is_content,
)
from knowledge.errors import Location, Violation

EXPORTED = "edition.txt"
"""In an exported folder it holds the id of the edition, on the first line."""
ABOUT = (
    "The first line is the edition that these files were exported from. Leave it as it is:"
    " `principles content publish` refuses to undo what somebody else has published since."
)
NAMED = 3

Folder = Annotated[Path, typer.Argument(help="The folder with the files of the content.")]


def export_content(folder: Folder) -> None:
    """Write the live edition as files, to be changed and published.

    The folder must be new or empty. The flows and whatever else lies below `data` in a checkout lie
    below `data` here.
    """
    settings = Settings.read()
    editions = own_editions(settings)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserFacingError(f"{folder} is there already and not an empty folder. Name another.")
    live = editions.live()
    with editions.copy(live.id) as copied, _writing(folder):
        for inside, path in files_of(copied).items():
            (folder / inside).parent.mkdir(parents=True, exist_ok=True)
            (folder / inside).write_bytes(path.read_bytes())
        _note(folder, live.id)
    say(f"Wrote edition {live.id} to {folder}. `principles content publish` publishes it.")


def publish_content(
    folder: Folder,
    why: Annotated[str, typer.Option("--why", help="Why, for whoever reads the history.")],
) -> None:
    """Check every file of an exported folder, and publish it as an edition.

    Ends with 1 when something is wrong, and names every slip with file and line. Refused where
    another edition was published since the export. A running assistant goes over without a stop.
    """
    from bot.operations.content_check import checked_content

    settings = Settings.read()
    editions = own_editions(settings)
    draft = EditionDraft(folder, _exported(folder))
    live = editions.live()
    if draft.made_from != live.id:
        raise UserFacingError(
            f"{live.who} has published edition {live.id} since {folder} was exported"
            f" ({live.summary}). Export that to another folder, and make the change there."
        )
    slips = [*_out_of_place(folder), *checked_content(folder, settings.data_dir).slips]
    if slips:
        complain("\n".join(map(str, slips)))
        raise typer.Exit(Exit.NOT_SOUND)
    must_be_signed(editions, draft, "Make that change at /manage.")
    edition = editions.publish(draft, account(), why, _summary(editions, live.id, folder))
    _note(folder, edition.id)
    say(f"Published edition {edition.id}. {edition.summary}")
    wait_until_live(settings, edition)


def _exported(folder: Path) -> str:
    try:
        return (folder / EXPORTED).read_text("utf-8").split()[0]
    except (OSError, ValueError, IndexError):
        raise UserFacingError(
            f"{folder / EXPORTED} does not name an edition. Export the live edition to an empty"
            " folder first: `principles content export FOLDER`."
        ) from None


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as refused:
        raise UserFacingError(f"{folder} could not be written: {refused.strerror}.") from refused


def _note(folder: Path, edition: str) -> None:
    (folder / EXPORTED).write_text(f"{edition}\n\n{ABOUT}\n", "utf-8")


def _out_of_place(folder: Path) -> Iterator[Violation]:
    """What is missing would be taken from what was shipped, and what is no content is not kept."""
    for name in (*CONTENT, *(f"{DATA}/{each}" for each in OF_DATA)):
        if name not in OPTIONAL and not (folder / name).exists():
            yield Violation(Location(name), "this is missing; export the live edition again")
    for path in sorted(folder.rglob("*")):
        inside = PurePosixPath(path.relative_to(folder).as_posix())
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.is_file() and not (hidden or is_content(inside) or str(inside) == EXPORTED):
            problem = "this is no file of the content, so it cannot be published; move it away"
            yield Violation(Location(str(inside)), problem)


def _summary(editions: Editions, live: str, folder: Path) -> str:
    with editions.copy(live) as before:
        was, now = files_of(before), files_of(folder)
        changed = [
            str(inside)
            for inside in sorted(was.keys() | now.keys())
            if inside not in was
            or inside not in now
            or was[inside].read_bytes() != now[inside].read_bytes()
        ]
    more = f" and {len(changed) - NAMED} more" if len(changed) > NAMED else ""
    return f"Changed {', '.join(changed[:NAMED])}{more}"
