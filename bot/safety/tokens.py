"""The words of a message, with what their writing says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from bot.safety.lookalikes import without_accents

# Of parts joined by hyphens and apostrophes a word has a few: "a-b-c-d…" is many words.
WORD = regex.compile(r"\p{L}+(?:[-’']\p{L}+){0,3}+")
POSSESSIVE = regex.compile(r"['’][sS]?$")
PARTS = regex.compile("[-’']")
MIXED = regex.compile(r"(?:(?:De|La|Le|Van|[OD][’'])\p{Lu}\p{Ll}+|Ma?c\p{Lu}(?:\p{Ll}+|\p{Lu}+))")
INITIAL = frozenset({"O", "D"})
SENTENCE_START = regex.compile(r"(?:^|[.!?:;(\n\"]\s*|- )$")


@dataclass(frozen=True)
class Token:
    text: str
    start: int
    first_in_sentence: bool

    @cached_property
    def bare(self) -> str:
        """Without a possessive."""
        return POSSESSIVE.sub("", self.text)

    @cached_property
    def plain(self) -> str:
        return without_accents(self.bare.casefold())

    @property
    def after(self) -> int:
        """Where the text goes on, behind a possessive."""
        return self.start + len(self.text)

    @property
    def end(self) -> int:
        return self.start + len(self.bare)

    @property
    def possessive(self) -> bool:
        return len(self.bare) < len(self.text)

    @cached_property
    def capital(self) -> bool:
        """Written as a name is: not in capitals throughout, which may be an abbreviation."""
        if not self.text[0].isupper():
            return False
        return MIXED.fullmatch(self.bare) is not None or all(
            part[:1].isupper() and (part[1:].islower() or part in INITIAL)
            for part in PARTS.split(self.bare)
        )

    @property
    def capital_inside(self) -> bool:
        return self.capital and not self.first_in_sentence

    @cached_property
    def capitals(self) -> bool:
        """In capitals throughout, as an abbreviation is, or a surname in a case system."""
        if MIXED.fullmatch(self.bare):
            return True
        return len(self.bare) > 1 and self.bare.isupper()

    @property
    def initial(self) -> bool:
        return len(self.text) == 1 and self.text.isupper()

    @property
    def written(self) -> bool:
        """With a capital letter, or in capitals."""
        return self.capital or self.capitals


def tokens_of(text: str) -> list[Token]:
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for found in WORD.finditer(text):
        start = found.start()
        opening = SENTENCE_START.search(text, max(0, start - 3), start) is not None
        yield Token(found[0], found.start(), opening)
