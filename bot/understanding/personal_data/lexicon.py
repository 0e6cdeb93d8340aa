"""What the lists say of a word: whether people are called so, and whether it is a word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.understanding.lookalikes import without_accents
from bot.understanding.personal_data.typos import LONGEST, SHORTEST_NAME, Compounds, Typos, WordRun
from bot.understanding.vocabulary import danger_words, english_words, field_words, small_words
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

FIRST_NAMES = "names/first_names.txt"
LAST_NAMES = "names/last_names.txt"
"""In the data folder; `scripts/names.py` writes both files."""

RUN_TOGETHER = 2 * (SHORTEST_NAME + 1)
"""Letters from which on a first name and a surname are told in one word."""
RANKS = (1500, 4000, 10_000)
"""Where the words of English, the commonest first, are parted into classes."""
REMEMBERED = 8192
SMALLEST = frozenset(
    {"a", "i", "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me"}
    | {"my", "no", "of", "oh", "on", "or", "so", "to", "up", "us", "we"}
)


class NamesFile(Strict):
    """`names.yaml` as read; the file says what each list is for."""

    more_first_names: frozenset[str]
    more_last_names: frozenset[str]
    also_words: frozenset[str]
    sorts: dict[str, frozenset[str]]


def read_names(data: Path) -> NamesFile:
    """Raises ContentError for a file that cannot be used."""
    return validated(YamlSource.read(data / "names.yaml"), NamesFile)


@dataclass(frozen=True, slots=True)
class Kind:
    """`lists` names every list that a word is in, `rough` says whether names, words or neither
    hold it, `sort` is the list of `names.yaml` that it is in.

    `common`: it is met often enough to be seen as itself. `unlisted`: no list holds it.
    """

    lists: str
    rough: str
    sort: str
    common: bool
    unlisted: bool


NAME, NAME_IN_ENGLISH, BOTH, TOGETHER = "N", "n", "B", "J"
UNKNOWN, TYPO, COMPOUND, WORD, WORD_IN_ENGLISH = "U", "T", "C", "W", "w"
NAME_AND_S = "S"
ROUGHS = (
    *(NAME, NAME_IN_ENGLISH, NAME_AND_S, TOGETHER, BOTH),
    *(UNKNOWN, TYPO, COMPOUND, WORD_IN_ENGLISH, WORD),
)
"""Names that are no words, names that English texts hold, names that are words too, two names in
one; words that nobody lists, typos, compounds, words, and words that only English texts hold."""
UNLISTED = Kind(UNKNOWN, UNKNOWN, "", common=False, unlisted=True)


class Lexicon:
    """The lists of `names.yaml` and `names/`, and the words of English and the field."""

    def __init__(self, data: Path) -> None:
        """Raises ContentError for a file that cannot be used."""
        file = read_names(data)
        self._sorts = {word: sort for sort, words in file.sorts.items() for word in words}
        self.places = file.sorts["place"]
        self._field = set(map(without_accents, field_words() | danger_words()))
        self._small = set(map(without_accents, small_words()))
        self.also_words = file.also_words
        self._rank = {word: rank for rank, word in enumerate(english_words())}
        more_first = map(without_accents, file.more_first_names)
        self.first = _listed(data / FIRST_NAMES).union(more_first)
        self.last = _listed(data / LAST_NAMES) | file.more_last_names
        self._ordinary = set(self._rank) | self._field | self._small
        self._typos = Typos(self._field)
        self.likely = self.first - self._field
        short = {word for word in self._field if len(word) == SHORTEST_NAME}
        long = {word for word in self._ordinary - self.first if len(word) > SHORTEST_NAME}
        self._written_together = WordRun(short | SMALLEST | long)
        self._compounds = Compounds(long)
        self.kind = lru_cache(REMEMBERED)(self._kind)

    def hiding(self, hidden: Iterable[str]) -> Callable[[str], Kind]:
        """Looks words up as if no list held those that are hidden: training learns so what a word
        is that no list holds."""
        unlisted = frozenset(hidden)
        return lambda word: UNLISTED if word in unlisted else self.kind(word)

    def rare_words(self) -> list[str]:
        """Words of English that are neither names nor common nor of a list, in order."""
        rare = (word for word, rank in self._rank.items() if rank >= RANKS[0] and len(word) > 3)
        return sorted(word for word in rare if self.kind(word).rough in {WORD, WORD_IN_ENGLISH})

    def is_listed(self, word: str) -> bool:
        return word in self.first or word in self.last

    def is_run_together(self, word: str) -> bool:
        """A first name and a surname without a blank: "jadebaxter"."""
        if not RUN_TOGETHER <= len(word) <= LONGEST:
            return False
        return any(
            word[:at] in self.likely and word[at:] in self.last
            for at in range(SHORTEST_NAME + 1, len(word) - SHORTEST_NAME)
        )

    def is_made_of_words(self, letters: str) -> bool:
        """One word that people use, or several without a blank between them: "helpme"."""
        return letters in self._written_together

    def _kind(self, word: str) -> Kind:
        if "-" in word and word not in self._sorts:
            return _joined([self.kind(part) for part in word.split("-")])
        word = word.replace("’", "'")
        used = word in self._field or word in self._small or word in self.also_words
        rank = self._rank.get(word)
        named = self.is_listed(word)
        if named:
            rough = BOTH if used else NAME_IN_ENGLISH if rank is not None else NAME
        elif used or rank is not None or len(word) == 1:
            rough = WORD if used else WORD_IN_ENGLISH
        else:
            rough = self._unlisted(word)
        lists = (
            ("F" if word in self.first else "")
            + ("L" if word in self.last else "")
            + ("f" if word in self._field else "")
            + ("s" if word in self._small else "")
            + ("" if rank is None else str(bisect_right(RANKS, rank)))
        )
        sort = self._sorts.get(word, "")
        common = rough in {BOTH, WORD, WORD_IN_ENGLISH} or bool(sort)
        return Kind(f"{rough}{lists}", rough, sort, common, rough in {UNKNOWN, TYPO})

    def _unlisted(self, word: str) -> str:
        if word.endswith("s") and word[:-1] in self.likely:
            return NAME_AND_S
        if self._typos.in_word(word):
            return TYPO
        if self.is_run_together(word):
            return TOGETHER
        return COMPOUND if word in self._compounds else UNKNOWN


def _joined(parts: list[Kind]) -> Kind:
    """What stands between hyphens is a name as soon as one of the parts is."""
    roughs = {part.rough for part in parts}
    rough = next(rough for rough in (*ROUGHS, "") if rough in roughs)
    lists = "-".join(sorted(roughs))
    return Kind(lists, f"{rough}-", "", False, rough == UNKNOWN)


def _listed(file: Path) -> set[str]:
    """A name a line; lines that begin with # say where the names are from."""
    lines = file.read_text("utf-8").splitlines()
    return {line for line in lines if not line.startswith("#")}
