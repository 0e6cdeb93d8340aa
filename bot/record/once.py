"""The passages and the notices of an outcome: each once, however often it is quoted or warns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from bot.messages import OutcomeMessage
from knowledge.quotes import Notice, NoticeKind, Quote

Item = TypeVar("Item")

GRAVEST_FIRST: tuple[NoticeKind, ...] = ("superseded", "damaged", "differs", "local")


@dataclass(frozen=True)
class Numbered:
    """Passages in the order in which they are quoted, notices with the newest first. Both are
    counted from 1."""

    quotes: tuple[Quote, ...]
    notices: tuple[Notice, ...]

    @classmethod
    def of(cls, outcome: OutcomeMessage) -> Numbered:
        shown = [*outcome.quotes, *(quote for card in outcome.cards for quote in card.quotes)]
        notices = first_of_each((n for quote in shown for n in quote.notices), lambda n: n.id)
        return cls(
            tuple(first_of_each(shown, lambda quote: quote.passage_id)),
            tuple(sorted(notices, key=_newest_first)),
        )

    def quotation(self, quote: Quote) -> int:
        return [each.passage_id for each in self.quotes].index(quote.passage_id) + 1

    def notice(self, notice: Notice) -> int:
        return [each.id for each in self.notices].index(notice.id) + 1


def first_of_each(items: Iterable[Item], key: Callable[[Item], str]) -> list[Item]:
    found: dict[str, Item] = {}
    for each in items:
        found.setdefault(key(each), each)
    return list(found.values())


def _newest_first(notice: Notice) -> tuple[int, int]:
    """Of those that were checked on one day the gravest."""
    return -notice.checked_on.toordinal(), GRAVEST_FIRST.index(notice.kind)
