"""A whole number as a file states it, which may be no number, or one made to do harm."""

from __future__ import annotations

import re

WHOLE = re.compile(r"[0-9]{1,9}")


def whole_number(text: str | None, default: int, most: int) -> int:
    """`default` for what is no whole number, and never more than `most`."""
    return min(int(text), most) if text and WHOLE.fullmatch(text) else default
