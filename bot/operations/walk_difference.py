"""In what one state of a decision or a lesson differs from another: in what it says, or only in
what that rests on."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Literal

WalkDiffers = Literal["words", "dates", "citations", "upkeep"]
CITATIONS = frozenset({"quotes", "settled_by", "quote", "passage", "passages"})
"""Keys of what is cited, in flows, cards, lessons and notices that are spoken."""
UPKEEP = frozenset(
    {"triggers", "examples", "offered_if_sure", "answers", "also", "owner", "review_by"}
)
"""Keys of what leads there, or tells who looks after it: nobody reads them in an answer."""
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b(?:(?:\d{{1,2}} )?(?:{MONTHS}) )?(?:19|20)\d\d\b")


def walk_differs(old: Any, new: Any) -> WalkDiffers:
    """The most that differs of them: words that say something else before dates alone, and those
    before what is cited."""
    old, new = _without(old, UPKEEP), _without(new, UPKEEP)
    if old == new:
        return "upkeep"
    old, new = _without(old, CITATIONS), _without(new, CITATIONS)
    if old == new:
        return "citations"
    return "dates" if _undated(old) == _undated(new) else "words"


def _without(value: Any, keys: Collection[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(each, keys) for key, each in value.items() if key not in keys}
    return [_without(each, keys) for each in value] if isinstance(value, list) else value


def _undated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _undated(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_undated(each) for each in value]
    return DATE.sub("", value) if isinstance(value, str) else value
