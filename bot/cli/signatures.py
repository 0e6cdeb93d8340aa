"""What a command may not publish before two people have signed it: the same as on the pages."""

from __future__ import annotations

import typer

from bot.cli.console import complain
from bot.cli.exits import Exit
from knowledge.editions import EditionDraft, Editions

HOW = (
    "Two different people sign it in the draft: each at /manage, or with `principles content sign`"
    " under an account of their own. Then `principles content draft publish` publishes it."
)


def must_be_signed(editions: Editions, draft: EditionDraft, how: str) -> None:
    """Ends the command where two people have to sign something that the draft changes, and have
    not. `how`: by what it gets into the draft that people see and sign."""
    if told := lacking(editions, draft):
        complain(f"Not published. {told} {how} {HOW}")
        raise typer.Exit(Exit.NOT_SOUND)


def lacking(editions: Editions, draft: EditionDraft) -> str:
    """What lacks signatures, in a sentence; empty where nothing does."""
    from bot.operations.signing import lacking_between

    found = lacking_between(editions.folder(draft.made_from), draft.folder).called
    return f"Two different people have to sign {' and '.join(found)} first." if found else ""
