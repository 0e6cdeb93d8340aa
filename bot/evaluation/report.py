"""The evaluation as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import get_args

from bot.errors import UserFacingError
from bot.evaluation.items import Item, ItemKind
from bot.evaluation.measures import MEASURES
from bot.evaluation.replies import SHOWN, JudgedReply

LENGTHS = ("under 12", "12 to 39", "40 and more")
"""Of a message, in words."""
BEGIN, END = "<!-- principles eval: begin -->", "<!-- principles eval: end -->"
"""Between these a page holds the report."""
WHOLE = "all"


def report(replies: Sequence[JudgedReply]) -> str:
    authors = _grouped(replies, lambda item: item.author)
    sections = {
        "The whole and each author": {WHOLE: replies} | (authors if len(authors) > 1 else {}),
        "By kind": _grouped(replies, lambda item: item.kind, get_args(ItemKind)),
        "By style": _grouped(replies, lambda item: item.style or "none given"),
        "By length in words": _grouped(replies, _length, LENGTHS),
    }
    measured = (
        f"{len(replies)} messages by {', '.join(authors)}. After each share its 95 % interval."
    )
    parts = [measured]
    for title, groups in sections.items():
        parts += [f"### {title}", _table(groups)]
    return "\n\n".join(parts) + "\n"


def filled_in(page: str, text: str) -> str:
    """`page` with `text` between its marks. Raises UserFacingError where it has none."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise UserFacingError(
            f"Nothing was written. Put the lines {BEGIN} and {END} where the figures belong."
        )
    return f"{before}{BEGIN}\n\n{text}\n{END}{after}"


def miss_lines(replies: Iterable[JudgedReply]) -> str:
    """Every miss, one a line: id, kind, what it was lost to, message, first passages."""
    lines = (
        "\t".join(
            [
                each.item.id,
                each.item.kind,
                each.loss,
                " ".join(each.item.q.split()),
                " ".join(quote.passage_id for quote in each.quotes[:SHOWN]),
            ]
        )
        for each in replies
        if each.loss
    )
    return "".join(f"{line}\n" for line in lines)


def _grouped(
    replies: Iterable[JudgedReply], key: Callable[[Item], str], order: Sequence[str] = ()
) -> dict[str, Sequence[JudgedReply]]:
    """Without an `order`, by the alphabet."""
    groups: dict[str, list[JudgedReply]] = {}
    for reply in replies:
        groups.setdefault(key(reply.item), []).append(reply)
    return {name: groups[name] for name in order or sorted(groups) if name in groups}


def _length(item: Item) -> str:
    short, middling, long = LENGTHS
    words = len(item.q.split())
    return short if words < 12 else middling if words < 40 else long


def _table(groups: Mapping[str, Sequence[JudgedReply]]) -> str:
    """A measure a row, a group a column; no row for what no group has."""
    rows = [
        [measure.label, *(str(measure.of(replies)) for replies in groups.values())]
        for measure in MEASURES
    ]
    lines = [["", *groups], ["---"] * (len(groups) + 1), *(row for row in rows if any(row[1:]))]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
