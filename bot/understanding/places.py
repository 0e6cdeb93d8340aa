"""The place whose source a question asks for, among the places that people may mean."""

from __future__ import annotations

import re
from collections.abc import Collection

from knowledge.words import WORD, plain

PLACE = r"(?P<place>(?:(?:north|south|east|west|mid|greater) )?[a-z]+)"
FRAMES = tuple(
    re.compile(frame.replace("PLACE", PLACE))
    for frame in (
        r"\bwhat do(?:es)? (?:the )?PLACE (?:\w+ ){0,2}?(?:say|ask|want|tell)\b",
        r"^(?:and )?in PLACE\b",
        r"\b(?:in|for|according to) PLACE$",
        r"\bPLACE (?:procedures?|polic(?:y|ies)|protocols?|guidance|scp|partnership)\b",
    )
)
"""How a question asks for the source of a place."""


class Places:
    """`names`: of towns, counties and boroughs, each one word in small letters."""

    def __init__(self, names: Collection[str] = ()) -> None:
        self._names = frozenset(names)

    def asked_of(self, text: str) -> str | None:
        """The place, as people write it; None where none is asked for its source."""
        words = " ".join(WORD.findall(plain(text)))
        for frame in FRAMES:
            for found in frame.finditer(words):
                *before, name = found["place"].split()
                for form in (name, name.removesuffix("s")):
                    if form in self._names:
                        return " ".join((*before, form)).title()
        return None
