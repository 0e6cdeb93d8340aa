"""The words of a message, with what their writing says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from bot.safety.lookalikes import without_accents

WORD = regex.compile(r"\p{L}+(?:[-’']\p{L}+)*")
POSSESSIVE = regex.compile(r"['’]s?$")
MIXED = regex.compile(r"(?:Mac|Mc|De|La|Le|Van|[OD][’'])\p{Lu}\p{Ll}+")
INITIAL = frozenset({"O", "D"})
SENTENCE_START = regex.compile(r"(?:^|[.!?:;(\n\"]\s*|- )$")


@dataclass(frozen=True)
class Token:
    text: str
    start: int
    first_in_sentence: bool

    @cached_property
    def plain(self) -> str:
        return without_accents(POSSESSIVE.sub("", self.text).casefold())

    @property
    def after(self) -> int:
        """Where the text goes on, behind a possessive."""
        return self.start + len(self.text)

    @property
    def end(self) -> int:
        return self.start + len(POSSESSIVE.sub("", self.text))

    @property
    def possessive(self) -> bool:
        return POSSESSIVE.search(self.text) is not None

    @property
    def capital(self) -> bool:
        """Written as a name is: not in capitals throughout, which is an abbreviation."""
        bare = POSSESSIVE.sub("", self.text)
        return MIXED.fullmatch(bare) is not None or all(
            part[:1].isupper() and (part[1:].islower() or part in INITIAL)
            for part in regex.split("[-’']", bare)
        )

    @property
    def capital_inside(self) -> bool:
        return self.capital and not self.first_in_sentence


def tokens_of(text: str) -> list[Token]:
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for found in WORD.finditer(text):
        start = found.start()
        opening = SENTENCE_START.search(text, max(0, start - 3), start) is not None
        yield Token(found[0], found.start(), opening)
