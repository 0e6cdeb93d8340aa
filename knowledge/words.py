"""A question's words as the index sees them: spelt right, joined with what they stand for."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import regex
import snowballstemmer
from pydantic import Field
from rapidfuzz import fuzz, process

from knowledge.documents import FOLDER
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.yaml_source import YamlSource

WORD = re.compile(r"[a-z0-9]+(?:&[a-z])?")
SHORTEST_CORRECTED = 6
CLOSE_SPELLING = 88.0

_stemmer = snowballstemmer.stemmer("english")


class WordsFile(Strict):
    """`words.yaml` as read; the file says what each entry is for."""

    acronyms: dict[str, NonEmptyText]
    same: tuple[Annotated[tuple[NonEmptyText, ...], Field(min_length=2)], ...]
    ignored: str


class Words:
    """Turns text into search terms. `known` are the words that need no correction."""

    def __init__(
        self,
        acronyms: Mapping[str, str],
        same: Iterable[Sequence[str]],
        ignored: Iterable[str],
        known: Iterable[str] = (),
    ):
        self.acronyms = {short: plain(long) for short, long in acronyms.items()}
        self.canonical = {word: group[0] for group in same for word in group}
        self.ignored = frozenset(ignored)
        self.known = frozenset(known) | set(self.acronyms) | set(self.canonical)
        self._spellings: dict[str, list[str]] = {}
        for word in sorted(self.known):
            if len(word) >= SHORTEST_CORRECTED - 1:
                self._spellings.setdefault(word[0], []).append(word)

    @classmethod
    def read(cls, texts: Iterable[str] = (), folder: Path = FOLDER) -> Words:
        """`texts` are all the texts of the index; a word used twice in them is spelt right.

        Raises ContentError when the file cannot be used.
        """
        file = validated(YamlSource.read(folder / "words.yaml"), WordsFile)
        counts = Counter(word for text in texts for word in WORD.findall(plain(text)))
        known = (word for word, times in counts.items() if times > 1)
        return cls(file.acronyms, file.same, file.ignored.split(), known)

    def correct(self, text: str) -> str:
        """`text` in plain letters, with unknown words replaced by a known one spelt nearly so."""
        return WORD.sub(lambda found: self._spell(found[0]), plain(text))

    def terms(self, text: str) -> list[str]:
        """Stemmed search terms, without stop words; an acronym brings its words along."""
        found = []
        for word in WORD.findall(plain(text)):
            found.append(self.canonical.get(word, word))
            found += self.acronyms.get(word, "").split()
        return [_stem(word) for word in found if word not in self.ignored]

    def stems(self, text: str) -> frozenset[str]:
        """Of its words, without stop words and what they stand for."""
        return frozenset(
            _stem(word) for word in WORD.findall(plain(text)) if word not in self.ignored
        )

    def _spell(self, word: str) -> str:
        if len(word) < SHORTEST_CORRECTED or word in self.known or not word.isalpha():
            return word
        choices = self._spellings.get(word[0], ())
        near = process.extractOne(word, choices, scorer=fuzz.ratio, score_cutoff=CLOSE_SPELLING)
        return near[0] if near else word


def plain(text: str) -> str:
    """Lower case, straight apostrophes dropped, accents folded."""
    # Most passages have no accent, and letter by letter a long manual takes minutes.
    if text.isascii():
        return text.lower().replace("'", "")
    return _DROPPED.sub("", unicodedata.normalize("NFKD", text).lower())


_DROPPED = regex.compile(r"['’‘\p{M}]")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))
