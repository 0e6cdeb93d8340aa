"""An edition in the words of whoever published it."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten

from bot.operations.published_draft import given_reason
from knowledge.editions import Edition

TITLE = 140
"""Characters of a title: of a longer first line it has the beginning."""
NAMELESS = "An edition without a summary"


@dataclass(frozen=True)
class EditionWords:
    """`title`: the first line of what the person wrote, or what was changed where they wrote
    nothing. `more`: what the title lacks of it. `changes`: what was changed, in one line; empty
    where that is the title. `noted`: each change, with by whom and when, and which answers were
    worse."""

    title: str
    more: str
    changes: str
    noted: str

    @classmethod
    def of(cls, edition: Edition) -> EditionWords:
        reason = given_reason(edition.why)
        noted = edition.why.strip()[len(reason) :].strip()
        if not reason:
            return cls(edition.summary or NAMELESS, "", "", noted)
        first, _, others = reason.partition("\n")
        if len(first) > TITLE:
            return cls(shorten(first, TITLE, placeholder="…"), reason, edition.summary, noted)
        return cls(first, others.strip(), edition.summary, noted)
