"""The words of a message, with what their writing says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from bot.understanding.lookalikes import without_accents
from bot.understanding.personal_data.placeholders import TAKEN_OUT

# Of parts joined by hyphens and apostrophes a word has a few: "a-b-c-d…" is many words.
WORD = regex.compile(rf"{TAKEN_OUT.pattern}|\p{{L}}+(?:[-’']\p{{L}}+){{0,3}}+")
POSSESSIVE = regex.compile(r"['’][sS]?$")
PARTS = regex.compile("[-’']")
MIXED = regex.compile(r"(?:(?:De|La|Le|Van|[OD][’'])\p{Lu}\p{Ll}+|Ma?c\p{Lu}(?:\p{Ll}+|\p{Lu}+))")
INITIAL = frozenset({"O", "D"})
SENTENCE_START = regex.compile(r"(?:^|[.!?:;(\n\"]\s*|- )$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, and what is asked of it again and again, made out once.

    `bare` has no possessive. `plain` is `bare` in small letters without accents. `capital`: written
    as a name is, not in capitals throughout, which may be an abbreviation. `capitals`: in capitals
    throughout, as an abbreviation is, or a surname in a case system.
    """

    text: str
    start: int
    first_in_sentence: bool
    bare: str
    plain: str
    capital: bool
    capitals: bool

    @classmethod
    def of(cls, text: str, start: int, *, first_in_sentence: bool) -> Token:
        bare = POSSESSIVE.sub("", text)
        plain = without_accents(bare.casefold())
        capital = capitals = False
        if text[0].isupper():
            mixed = MIXED.fullmatch(bare) is not None
            capital = mixed or all(map(_has_a_capital, PARTS.split(bare)))
            capitals = mixed or (len(bare) > 1 and bare.isupper())
        return cls(text, start, first_in_sentence, bare, plain, capital, capitals)

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

    @property
    def capital_inside(self) -> bool:
        return self.capital and not self.first_in_sentence

    @property
    def taken_out(self) -> bool:
        """A placeholder, and no word that anybody typed."""
        return self.text.startswith("[")

    @property
    def written(self) -> bool:
        """With a capital letter, or in capitals."""
        return self.capital or self.capitals


def _has_a_capital(part: str) -> bool:
    return part[:1].isupper() and (part[1:].islower() or part in INITIAL)


def tokens_of(text: str) -> list[Token]:
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for found in WORD.finditer(text):
        start = found.start()
        opening = SENTENCE_START.search(text, max(0, start - 3), start) is not None
        yield Token.of(found[0], start, first_in_sentence=opening)
