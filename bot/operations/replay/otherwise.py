"""In which way a reply is another than before, the weightiest first."""

from __future__ import annotations

from typing import Literal, get_args

from bot.operations.replay.replies import ReplayedReply
from knowledge.quotes import Quote
from knowledge.revision.wording import Words, own_words, words

Otherwise = Literal["lost", "verdict", "document", "words", "order", "further"]
"""`lost`: the passage that stood first is not shown any more. `verdict`: it is answered where it
was not, or the other way round. `document`: another document stands first. `words`: the passage
that stands first has other words. `order`: the same passages in another order, or another one of
the same document first. `further`: only what is shown after the first is other."""
IN_ORDER: tuple[Otherwise, ...] = get_args(Otherwise)
JOINS = {"and", "or"}
"""At the end of an item they only say that another one follows in its list."""


def otherwise(before: ReplayedReply, after: ReplayedReply) -> Otherwise | None:
    """None where a person is shown the same."""
    if before.act != after.act:
        return "verdict"
    if before.first is None or after.first is None:
        return None
    if not any(_is_same(before.first, each) for each in after.quotes):
        return "lost"
    if before.first.citation.document_id != after.first.citation.document_id:
        return "document"
    if not _is_same(before.first, after.first):
        return "order"
    if _said(before.first) != _said(after.first):
        return "words"
    return _further(before.quotes, after.quotes)


def _further(before: tuple[Quote, ...], after: tuple[Quote, ...]) -> Otherwise | None:
    old, new = (
        [(each.citation.document_id, _said(each)) for each in side] for side in (before, after)
    )
    if old == new:
        return None
    return "order" if sorted(old) == sorted(new) else "further"


def _is_same(one: Quote, other: Quote) -> bool:
    """A passage that was cut or numbered anew has another id."""
    same_document = one.citation.document_id == other.citation.document_id
    return one.passage_id == other.passage_id or (same_document and _said(one) == _said(other))


def _said(quote: Quote) -> Words:
    """Its words without its own number, which is shown beside it."""
    said = own_words(quote.text, quote.citation.reference)
    while said and said[-1] in JOINS:
        said = said[:-1]
    return words(quote.lead_in) + said
