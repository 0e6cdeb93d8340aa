"""Names of people: tagged word by word, and those in disguise, letter by letter or in digits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from bot.understanding.personal_data.features import features
from bot.understanding.personal_data.lexicon import WORD, WORD_IN_ENGLISH, Lexicon
from bot.understanding.personal_data.tagger import Tagger
from bot.understanding.personal_data.tokens import Token, tokens_of
from bot.understanding.personal_data.typos import SHORTEST_NAME

LETTER_BY_LETTER = regex.compile(
    r"(?<![\p{L}\d])\p{L}([ .\-_*]|\p{So})\p{L}(?:\1\p{L}){2,}(?![\p{L}\d])"
)
IN_DIGITS = regex.compile(r"(?<![\p{L}\d])\p{L}[\p{L}\d@$]{2,20}+(?![\p{L}\d])")
LETTER_FOR_DIGIT = str.maketrans("013457@$", "oieastas")
ABBREVIATION = 4
MONTH = "|".join(("jan(?:uary)?", "april", "may", "june", "july", "august", "october"))
DATE = regex.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTH})\b"
    rf"|\b(?:{MONTH}) (?:\d{{1,2}}|(?:19|20)\d\d)\b",
    regex.IGNORECASE,
)
"""A month beside a number; those that are names too."""
JOINTS = frozenset({" ", ". ", ".", "/", "_", "+", "-"})
"""What stands between two parts of one name."""


AGAIN = 0.05
"""The chance from which on a word that is also ordinary is the name that it is elsewhere."""
ORDINARY = 0.8
"""The chance from which on an ordinary word in small letters is a name."""


class Names(LocalRecognizer):
    """What the tagger takes for part of a name."""

    def __init__(self, lexicon: Lexicon, tagger: Tagger) -> None:
        self._known = lexicon
        self._tagger = tagger
        super().__init__(supported_entities=["name"], name="names")

    def load(self) -> None:
        """Everything is read when it is made."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        tokens = tokens_of(text)
        spans = list(_whole(text, tokens, self._tagged(text, tokens)))
        spans += [found.span() for found in LETTER_BY_LETTER.finditer(text) if self._spells(found)]
        spans += [found.span() for found in IN_DIGITS.finditer(text) if self._in_disguise(found[0])]
        return [RecognizerResult("name", start, end, 0.9) for start, end in spans]

    def is_listed(self, name: str) -> bool:
        """Whether anybody is called by a word of it, or by one without the s at its end."""
        words = [token.plain for token in tokens_of(name)]
        forms = (form for word in words for form in (word, word.removesuffix("s")))
        return any(map(self._known.is_listed, forms))

    def _tagged(self, text: str, tokens: Sequence[Token]) -> list[bool]:
        """Each word by its own chance. What is a name once needs less to be one again."""
        chances = self._tagger.chances(features(text, tokens, self._known.kind))
        read = [(token, chance) for token, chance in zip(tokens, chances, strict=True)]
        names = {token.plain for token, chance in read if chance >= self._least(token)}
        dates = [found.span() for found in DATE.finditer(text)]
        return [
            chance >= (self._again(token) if token.plain in names else self._least(token))
            and not token.taken_out
            and not any(start <= token.start < end for start, end in dates)
            for token, chance in read
        ]

    def _least(self, token: Token) -> float:
        """The chance from which on a word is a name: a greater one of a word in small letters that
        no list of names holds, such as "random"."""
        ordinary = self._known.kind(token.plain).rough in {WORD, WORD_IN_ENGLISH}
        return ORDINARY if ordinary and token.text.islower() else self._tagger.share

    def _again(self, token: Token) -> float:
        if len(token.plain) < SHORTEST_NAME or self._known.kind(token.plain).common:
            return AGAIN
        return 0

    def _spells(self, found: regex.Match[str]) -> bool:
        """Letters typed one by one that spell no word, and are too many for an abbreviation."""
        word = "".join(filter(str.isalpha, found[0])).casefold()
        if word in self._known.likely:
            return True
        long = len(word) > ABBREVIATION or found[0].islower()
        return long and not self._known.is_made_of_words(word)

    def _in_disguise(self, word: str) -> bool:
        """A first name with digits for letters: "K4yl31gh"."""
        letters = sum(map(str.isalpha, word))
        if not SHORTEST_NAME <= letters < len(word) or not word[-1].isalpha():
            return False
        return word.casefold().translate(LETTER_FOR_DIGIT) in self._known.likely


def _whole(text: str, tokens: Sequence[Token], tagged: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The words of each name together."""
    start = end = -1
    for token, is_name in zip(tokens, tagged, strict=True):
        if not is_name:
            continue
        if start >= 0 and text[end : token.start] in JOINTS:
            end = token.end
            continue
        if start >= 0:
            yield start, end
        start, end = token.start, token.end
    if start >= 0:
        yield start, end
