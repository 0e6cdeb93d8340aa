"""Names of people: whole or single, in lower case, from anywhere, with and without a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

import regex
import yaml
from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.safety.vocabulary import field_words, ordinary_words

COUNTRIES = (
    *("en_GB", "en_IE", "en_IN", "en_PK", "en_NG", "en_KE", "ha_NG", "ig_NG", "yo_NG", "zu_ZA"),
    *("en_US", "en_NZ", "de_DE", "nl_NL", "cs_CZ", "hr_HR", "sk_SK", "lv_LV", "et_EE", "id_ID"),
    *("es_ES", "fr_FR", "it_IT", "pt_PT", "pl_PL", "ro_RO", "lt_LT", "tr_TR", "hu_HU", "sw"),
)
TOKEN = regex.compile(r"\p{L}+(?:[-’']\p{L}+)*")
POSSESSIVE = regex.compile(r"['’]s?$")
MIXED = regex.compile(r"(?:Mac|Mc|De|La|Le|Van|[OD][’'])\p{Lu}\p{Ll}+")
NEXT_TO = regex.compile(r"[ .]{1,2}|, (?=\p{Lu})")
SENTENCE_START = regex.compile(r"(?:^|[.!?:;(\n\"]\s*|- )$")
SHORTEST_NAME = 3
LONGEST_NAME = 4


@dataclass(frozen=True)
class Token:
    text: str
    start: int
    first_in_sentence: bool

    @cached_property
    def plain(self) -> str:
        return POSSESSIVE.sub("", self.text).casefold()

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
            part[:1].isupper() and part[1:].islower() for part in regex.split("[-’']", bare)
        )


class Names(LocalRecognizer):
    """Joins what the model takes for a person with first names, titles and unknown words."""

    def __init__(self, data: Path) -> None:
        file = yaml.safe_load((data / "names.yaml").read_text("utf-8"))
        self._ordinary = ordinary_words() | set(file["hurried"])
        self._field = field_words() | set(file["hurried"])
        self._also_words = frozenset(file["also_words"])
        self._first = _listed("first_names") | set(file["more_first_names"])
        self._last = _listed("last_names")
        self._certain = self._first - self._also_words - self._field
        self._titles = frozenset(file["titles"])
        self._introduced = regex.compile(
            rf"\b(?:{'|'.join(map(regex.escape, file['introductions']))})[:,]? ?$",
            regex.IGNORECASE,
        )
        self._people = frozenset(file["people"])
        self._told = frozenset(file["told"])
        self._doing = frozenset(file["doing"])
        self._particles = frozenset(file["particles"])
        super().__init__(supported_entities=["name"], name="names")

    def load(self) -> None:
        """Everything is read when it is made."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        if text.isupper() and len(text.lower()) == len(text):
            text = text.lower()
        tokens = list(_tokens(text))
        taken = {
            (entity.start_char, entity.end_char)
            for entity in (nlp_artifacts.entities if nlp_artifacts else ())
        }
        begun = [
            at
            for at, token in enumerate(tokens)
            if self._begins(text, tokens, at) or self._modelled(token, taken)
        ]
        spans = (self._whole(text, tokens, at) for at in begun)
        return [RecognizerResult("name", start, end, 0.9) for start, end in spans]

    def _begins(self, text: str, tokens: list[Token], at: int) -> bool:
        token = tokens[at]
        before = tokens[at - 1] if at else None
        beside = before if before and NEXT_TO.fullmatch(text[_end(before) : token.start]) else None
        if token.plain in self._people or (len(token.plain) < SHORTEST_NAME and not token.capital):
            return False
        if token.plain in self._certain:
            return not token.text.isupper()
        if MIXED.fullmatch(token.text):
            return True
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.possessive and after and after.plain in self._people:
            return token.plain in self._first or token.plain in self._also_words
        if beside and beside.plain in self._titles and not beside.possessive:
            return self._titled(beside, token)
        if self._introduced.search(text[max(0, token.start - 20) : token.start]):
            return token.capital or (token.text.islower() and token.plain not in self._field)
        if token.capital and self._could_be(token) and self._surname_follows(text, tokens, at):
            return True
        if token.text.islower() and self._acts(beside, token, after):
            return True
        if not self._unknown(token):
            return False
        related = beside is not None and beside.plain in self._people
        return (token.capital and not token.first_in_sentence) or related or token.possessive

    def _acts(self, before: Token | None, token: Token, after: Token | None) -> bool:
        """A strange word where a person stands: "what jaxon said", "tell keira about it"."""
        stands = (before and before.plain in self._told) or (after and after.plain in self._doing)
        return bool(stands) and token.plain not in self._field and self._is_no_slip(token.plain)

    def _could_be(self, token: Token) -> bool:
        return token.plain in self._first or token.plain in self._also_words

    def _titled(self, title: Token, token: Token) -> bool:
        if title.plain in {"mr", "mrs", "ms", "mx"}:
            return token.capital or token.plain not in self._field or token.plain in self._last
        return token.capital if title.capital else self._unknown(token)

    def _surname_follows(self, text: str, tokens: list[Token], at: int) -> bool:
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if after is None or text[_end(tokens[at]) : after.start] != " ":
            return False
        return after.capital and (after.plain in self._last or after.plain not in self._field)

    def _modelled(self, token: Token, taken: set[tuple[int, int]]) -> bool:
        """In a span that the model takes for a person, and not plainly something else."""
        if not any(start <= token.start and token.end <= end for start, end in taken):
            return False
        known_name = token.plain in self._first or token.plain in self._last
        return token.capital and (self._unknown(token) or (known_name and not self._common(token)))

    def _whole(self, text: str, tokens: list[Token], at: int) -> tuple[int, int]:
        """From the token that begins a name to the last that belongs to it."""
        start, last = tokens[at].start, at
        while (
            last + 1 < len(tokens)
            and last - at + 1 < LONGEST_NAME
            and not tokens[last].possessive
            and text[_end(tokens[last]) : tokens[last + 1].start] in {" ", ". ", "."}
            and self._goes_on(tokens, last + 1)
        ):
            last += 1
        return start, tokens[last].end

    def _goes_on(self, tokens: list[Token], at: int) -> bool:
        token = tokens[at]
        if token.plain in self._particles and at + 1 < len(tokens):
            return tokens[at + 1].capital or self._unknown(tokens[at + 1])
        if token.capital and not token.first_in_sentence:
            return not self._common(token) or token.plain in self._last
        listed = token.plain in self._first or token.plain in self._last
        return self._unknown(token) or (listed and not self._common(token))

    def _common(self, token: Token) -> bool:
        return token.plain in self._field

    def _unknown(self, token: Token) -> bool:
        """No word that people use, no abbreviation, and no slip in a word that they use."""
        word = token.plain
        parts = word.replace("’", "'").split("-")
        if token.text.isupper() or all(part in self._ordinary for part in parts):
            return word in self._certain
        if word in self._field or "'" in word:
            return False
        return self._is_no_slip(word) or (token.capital and not token.first_in_sentence)

    def _is_no_slip(self, word: str) -> bool:
        slips = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
        near = process.extractOne(word, self._spelt, scorer=OSA.distance, score_cutoff=slips)
        return near is None

    @cached_property
    def _spelt(self) -> list[str]:
        return sorted(word for word in self._field if len(word) > SHORTEST_NAME)


def _tokens(text: str) -> Iterator[Token]:
    for found in TOKEN.finditer(text):
        opening = SENTENCE_START.search(text[: found.start()]) is not None
        yield Token(found[0], found.start(), opening)


def _end(token: Token) -> int:
    return token.start + len(token.text)


def _listed(kind: str) -> set[str]:
    """Names in lower case from Faker's lists, hyphened and spaced ones in their parts."""
    names: set[str] = set()
    for country in COUNTRIES:
        provider = import_module(f"faker.providers.person.{country}").Provider
        for attribute in dir(provider):
            if attribute.startswith(kind) or attribute.endswith(kind):
                names.update(_words(getattr(provider, attribute)))
    return {name for name in names if len(name) >= SHORTEST_NAME}


def _words(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from name.casefold().replace("-", " ").split()
