"""What to check before relying on a reply: its quotations' notices, each once, in one order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import get_args

from pydantic import BaseModel

from knowledge.areas import area_name
from knowledge.quotes import Citation, Notice, NoticeKind, Quote

ORDER: Sequence[NoticeKind] = get_args(NoticeKind)
"""What is out of date comes before what is damaged, local or said otherwise elsewhere."""


class Check(BaseModel):
    """One thing to check. `kind` is none for words that stand beside the whole outcome.

    `places`: the paragraphs that it is about, as a reader names them. `checked_on` is none where
    nobody has checked it; `unsigned` is the remark on that nobody has signed it.
    """

    kind: NoticeKind | None = None
    text: str
    places: list[str] = []
    checked_on: date | None = None
    unsigned: str | None = None


def checks_of(quotes: Iterable[Quote]) -> list[Check]:
    """Of each kind the newest concern first; quotations of one notice are named together."""
    shown = list(quotes)
    places: dict[str, dict[str, None]] = {}
    for quote in shown:
        for notice in quote.notices:
            places.setdefault(notice.text, {})[place_of(quote.citation)] = None
    return [_check(notice, list(places[notice.text])) for notice in notices_of(shown)]


def notices_of(quotes: Iterable[Quote]) -> list[Notice]:
    """The notices of several quotations, each once: of each kind the newest concern first."""
    notices: dict[str, Notice] = {}
    for quote in quotes:
        for notice in quote.notices:
            notices.setdefault(notice.text, notice)
    newest = sorted(notices.values(), key=lambda each: each.checked_on, reverse=True)
    return sorted(newest, key=lambda each: ORDER.index(each.kind))


def place_of(citation: Citation) -> str:
    """A paragraph in a few words: "Knowsley §2.3.3", or by the title of a text of no one area."""
    whose = area_name(citation.area) if citation.area else citation.title
    return f"{whose} {citation.reference}"


def _check(notice: Notice, places: list[str]) -> Check:
    return Check(
        kind=notice.kind,
        text=notice.body or notice.text,
        places=places,
        checked_on=None if notice.by_itself else notice.checked_on,
        unsigned=notice.unsigned,
    )
