"""Numbers in words: "number six", "the fifteenth", "the last one"."""

from __future__ import annotations

import re
from collections.abc import Iterator

CARDINALS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
LAST = -1
LASTS = ("last", "final")
WORD = re.compile(r"[a-z]+|\d+")


def numbers(text: str) -> Iterator[int]:
    """Every place in a list that the words name, in their order; LAST for the last.

    "One" after another such word is no number ("the sixth one"), nor are years and document ids.
    """
    found = False
    for word in WORD.findall(text.lower()):
        number = _number(word)
        if number is not None and not (word == "one" and found):
            found = True
            yield number


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word) if len(word) < 3 else None
    if word in LASTS:
        return LAST
    known = next((each for each in (CARDINALS, ORDINALS) if word in each), None)
    return known.index(word) + 1 if known else None
