"""What is known of words: which are names, which are ordinary, which are typos or compounds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import regex

from bot.understanding.lookalikes import without_accents
from bot.understanding.personal_data.tokens import Token
from bot.understanding.personal_data.typos import LONGEST, SHORTEST_NAME, Compounds, Typos, WordRun
from bot.understanding.vocabulary import danger_words, field_words, ordinary_words
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

FIRST_NAMES = "names/first_names.txt"
LAST_NAMES = "names/last_names.txt"
"""In the data folder; `scripts/names.py` writes both files."""

RUN_TOGETHER = 2 * (SHORTEST_NAME + 1)
"""Letters from which on a first name and a surname are told in one word."""
SMALLEST = frozenset(
    {"a", "i", "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me"}
    | {"my", "no", "of", "oh", "on", "or", "so", "to", "up", "us", "we"}
)
LINKS = frozenset({"is", "was", "has", "had", "and", "isn't", "wasn't", "hasn't", "doesn't"})
MADE_OF_WORDS = regex.compile(
    r"(?:ing|ings|in'?|ed|ly|tion|tions|ment|ments|ness|ers?|ism|ists?|ity|ities|able|ible|ive|less"
    r"|ful|i[sz]e|i[sz]es|ous|ance|ence|ship|hood|wards?|thing|where|body|ants?|itis|istic|ical|ically)$"
)


class NamesFile(Strict):
    """`names.yaml` as read; the file says what each list is for."""

    more_first_names: frozenset[str]
    more_last_names: frozenset[str]
    also_words: frozenset[str]
    surnames_also_words: frozenset[str]
    abbreviations: frozenset[str]
    titles: frozenset[str]
    introductions: tuple[str, ...]
    people: frozenset[str]
    particles: frozenset[str]
    told: frozenset[str]
    doing: frozenset[str]
    speaking: frozenset[str]
    belongings: frozenset[str]
    following: frozenset[str]
    keys: frozenset[str]
    bodies: frozenset[str]
    placed: tuple[str, ...]
    places: frozenset[str]
    customs: frozenset[str]
    hurried: frozenset[str]
    name_labels: frozenset[str]
    labels: frozenset[str]
    households: frozenset[str]
    named_things: dict[str, str]
    organisations: frozenset[str]
    also_places: frozenset[str]


def read_names(data: Path) -> NamesFile:
    """Raises ContentError for a file that cannot be used."""
    return validated(YamlSource.read(data / "names.yaml"), NamesFile)


class Lexicon:
    """The lists of `names.yaml` and `names/`, and the words of English and the field."""

    def __init__(self, data: Path, written_small: Iterable[str]) -> None:
        """`written_small` are words that the model knows in lower case alone.

        Raises ContentError for a file that cannot be used.
        """
        file = read_names(data)
        no_names = self.no_names = file.hurried | file.customs
        self.field = {without_accents(word) for word in field_words() | no_names}
        met = danger_words() | set(written_small)
        self.ordinary = {without_accents(word) for word in ordinary_words() | no_names | met}
        self.also_words = file.also_words
        self.abbreviations = file.abbreviations
        self.spoken = self.field | set(map(without_accents, danger_words()))
        more_first = map(without_accents, file.more_first_names)
        self.first = _listed(data / FIRST_NAMES).union(more_first)
        self.last = _listed(data / LAST_NAMES) | file.more_last_names
        self.likely = self.first - self.spoken
        self.certain = self.first - self.also_words - self.spoken
        self.surnames = self.last - self.spoken - file.surnames_also_words
        self.named_things = file.named_things
        self.people = file.people
        self.titles = file.titles
        self.told = file.told
        self.doing = file.doing
        self.particles = file.particles
        self.bodies = file.bodies
        self.places = file.places
        self.also_places = file.also_places
        self.organisations = file.organisations
        self.households = file.households
        self.speaking = file.speaking
        self.belongings = file.belongings
        self.following = file.following
        self.keys = file.keys
        self.labels = file.labels
        self.name_labels = file.name_labels
        self.introduced = _ending(map(regex.escape, file.introductions), "[:,]? ?[\"']?")
        self.introducing = {words.strip(":").split()[-1] for words in file.introductions}
        self.placed = _ending(file.placed, " (?:in|at|near|from|to|for|across) ")
        self._typos = Typos(self.field)
        short = {word for word in self.field if len(word) == SHORTEST_NAME}
        long = {word for word in self.ordinary - self.first if len(word) > SHORTEST_NAME}
        small = {word for word in self.spoken if len(word) == SHORTEST_NAME} | SMALLEST
        self._written_together = WordRun(small | long)
        self._compounds = Compounds(short | long)

    def is_listed(self, word: str) -> bool:
        return word in self.first or word in self.last

    def is_surname(self, word: str) -> bool:
        """Listed as a surname and rarely a word, or made of such: "oakes-barton"."""
        parts = word.split("-")
        return all(part in self.surnames for part in parts) or (
            len(parts) > 1
            and not any(part in self.spoken for part in parts)
            and any(part in self.surnames for part in parts)
        )

    def is_name(self, word: str) -> bool:
        """Listed as a name of any kind, and no word of the field."""
        return (word in self.first and word not in self.spoken) or self.is_surname(word)

    def is_doubled(self, word: str) -> bool:
        """Two names in one: "ellie-mae"."""
        parts = word.split("-")
        if len(parts) == 1:
            return False
        if all(part in self.first for part in parts):
            return any(part not in self.spoken for part in parts)
        return all(self.is_listed(part) or part not in self.field for part in parts) and any(
            part in self.certain for part in parts
        )

    def is_run_together(self, word: str) -> bool:
        """A first name and a surname without a blank: "jadebaxter"."""
        if not RUN_TOGETHER <= len(word) <= LONGEST or self.is_ordinary(word):
            return False
        return any(
            word[:at] in self.likely and word[at:] in self.surnames
            for at in range(SHORTEST_NAME + 1, len(word) - SHORTEST_NAME)
        )

    def is_unknown(self, token: Token) -> bool:
        """No word that people use, no abbreviation, and no typo in a word that they use."""
        word = token.plain
        if token.text.isupper() or self.is_ordinary(word):
            return word in self.certain
        if word in self.field or "'" in word:
            return False
        return token.capital_inside or not self._typos.in_word(word)

    def is_strange(self, word: str) -> bool:
        """Besides, not made of words that people use: most likely a name, though not written so."""
        return not (
            len(word) <= SHORTEST_NAME
            or "'" in word
            or self.is_ordinary(word)
            or MADE_OF_WORDS.search(word)
            or word in self._compounds
            or self._typos.in_word(word)
        )

    def is_made_of_words(self, letters: str) -> bool:
        """One word that people use, or several without a blank between them: "helpme"."""
        return letters in self._written_together

    def is_ordinary(self, word: str) -> bool:
        """Every part of it is a word that people use, or that the encoder knows."""
        return all(part in self.ordinary for part in word.replace("’", "'").split("-"))


def _ending(words: Iterable[str], then: str) -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{'|'.join(words)}){then}$", regex.IGNORECASE)


def _listed(file: Path) -> set[str]:
    """A name a line; lines that begin with # say where the names are from."""
    lines = file.read_text("utf-8").splitlines()
    return {line for line in lines if not line.startswith("#")}
