"""Messages with invented names in them, in every form that names are written in, to train on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import regex

from bot.understanding.personal_data.lexicon import BOTH, NAME_IN_ENGLISH, Lexicon
from bot.understanding.personal_data.typos import SHORTEST_NAME

NAME = regex.compile(r"<<(.*?)>>")
"""A name in a message that is being made up."""
SLOT = regex.compile(r"\{(\w+)\}")
TAKEN_OUT = "[name]"
PERSON = regex.compile(
    r"\b(?P<who>(?:(?:the|a|my|our|her|his|their|this|that) )?"
    r"(?:mum|dad|mother|father|boy|girl|child|baby|brother|sister|gran|nan|grandad|uncle|aunt"
    r"|son|daughter|stepdad|parent|partner|boyfriend|young person|lad|colleague|social worker|carer"
    r"|neighbour|friend|teacher|manager|worker|mam|toddler|teenager|foster carer|health visitor))\b"
    r"|(?<![\p{L}'’-])(?P<pronoun>he|she|him)\b(?!['’])"
    r"|(?<![\p{L}'’-])(?P<whose>his|her)(?= \p{Ll}{3})",
    regex.IGNORECASE,
)
VOWEL = regex.compile(r"(?<=\p{L})[aeiouy]+")
SMALL_INSIDE = {"mc": 2, "o'": 2, "d'": 2}
TYPED = regex.compile(r"<<.*?>>|(?<![\p{L}'’-])\p{Ll}{4,}(?![\p{L}'’-])")
MISTAKES = (
    *(
        ("ing", "in"),
        ("ould", "ud"),
        ("ou", "u"),
        ("gh", ""),
        ("th", "f"),
        ("th", "v"),
        ("ea", "ee"),
    ),
    *(("er", "a"), ("ed", "d"), ("ie", "ei"), ("tion", "shun"), ("ss", "s"), ("ll", "l")),
    *(("e", ""), ("a", ""), ("i", "e"), ("ck", "k"), ("wh", "w"), ("ight", "ite"), ("ee", "ea")),
)
"""How words are spelt by ear and in a hurry."""
TITLES = ("Mr", "Mrs", "Ms", "Miss", "Dr", "Mr.", "Mrs.", "Dr.", "PC", "DC", "Auntie", "Uncle")
INITIALS = "ABCDEFGHIJKLMNOPRSTUVWYZ"
NICKNAME_ENDS = ("y", "ie", "z", "s", "o", "a", "")
# Of the names of a kind: ones that are words too, ones that any English text holds, any listed,
# any word, as some are called, and ones that no list holds: made of two, or misspelt.
KINDS = (0.24, 0.29, 0.32, 0.02, 0.13)


@dataclass(frozen=True)
class Message:
    """`names` are the places in `text` that say who somebody is."""

    text: str
    names: tuple[tuple[int, int], ...]

    @classmethod
    def marked(cls, text: str) -> Message:
        """From a text with its names between << and >>."""
        parts: list[str] = []
        names: list[tuple[int, int]] = []
        length = end = 0
        for found in NAME.finditer(text):
            parts += (text[end : found.start()], found[1])
            length += found.start() - end
            names.append((length, length + len(found[1])))
            length += len(found[1])
            end = found.end()
        return cls("".join((*parts, text[end:])), tuple(names))


class People:
    """Invents people. The same `chance` gives the same ones."""

    def __init__(self, lexicon: Lexicon, chance: Random) -> None:
        self._chance = chance
        self._first = _by_kind(lexicon, lexicon.first)
        self._last = _by_kind(lexicon, lexicon.last)

    def first(self) -> str:
        chance, name = self._chance, self._one(self._first)
        part = chance.random()
        if part < 0.05:
            return f"{name}-{self._one(self._first)}"
        if part < 0.10:
            return _titled(name[: chance.randint(3, 4)]) + chance.choice(NICKNAME_ENDS)
        return name

    def last(self) -> str:
        name = self._one(self._last)
        part = self._chance.random()
        if part < 0.10:
            return f"{name}-{self._one(self._last)}"
        if part < 0.14:
            return self._chance.choice(("O'", "Mc", "Mac", "De", "D'", "O’")) + name
        if part < 0.18:
            return self._chance.choice(("van ", "de ", "ap ", "El ", "Al-", "bin ", "St ")) + name
        return name

    def whole(self) -> str:
        first, last, part = self.first(), self.last(), self._chance.random()
        if part < 0.06:
            return f"{first} {self._initial()}. {last}"
        if part < 0.12:
            return f"{first} {self.first()} {last}"
        if part < 0.16:
            return f"{first} {last.upper()}"
        if part < 0.20:
            return f"{self._initial()}. {last}"
        if part < 0.22:
            return f"{self._initial()} {last}"
        if part < 0.24:
            return f'{first}" "{last}'.replace('" "', ' "' + self.first() + '" ')
        return f"{first} {last}"

    def on_record(self) -> str:
        first, last, part = self.first(), self.last(), self._chance.random()
        last = last.upper() if part < 0.7 else last
        first = first.upper() if part < 0.1 else first
        after = self._chance.random()
        if after < 0.1:
            first += f" {self._initial()}."
        elif after < 0.2:
            first += f" {self.first()}"
        elif after < 0.25:
            first = self._initial() + self._chance.choice(("", "."))
        if 0.4 < part < 0.6:
            return f"{last} {first}"
        if 0.6 < part < 0.65:
            return f"{last}/{first}"
        return f"{last}, {first}" if part > 0.1 else f"{first} {last}"

    def anybody(self) -> str:
        part = self._chance.random()
        if part < 0.56:
            return self.first()
        if part < 0.62:
            return self.first().upper()
        if part < 0.66:
            return f"{self.first()} {self._initial()}{self._chance.choice(('', '.'))}"
        if part < 0.70:
            return self.last()
        if part < 0.72:
            return self.last().upper()
        if part < 0.74:
            return f"{self.first()}{self.last()}".replace(" ", "")
        if part < 0.77:
            return self.on_record()
        if part < 0.81:
            return f">>{self._chance.choice(TITLES)} <<{self.last()}"
        return self.whole().upper() if part < 0.85 else self.whole()

    def _initial(self) -> str:
        return self._chance.choice(INITIALS)

    def _one(self, kinds: Sequence[Sequence[str]]) -> str:
        (kind,) = self._chance.choices(range(len(KINDS)), KINDS)
        if kind < len(kinds):
            return _titled(self._chance.choice(kinds[kind]))
        one, other = self._chance.choice(kinds[2]), self._chance.choice(kinds[2])
        if self._chance.random() < 0.5:
            return _titled(self._misspelt(one))
        return _titled(one[: len(one) // 2 + 1] + other[len(other) // 2 :])

    def _misspelt(self, name: str) -> str:
        at = self._chance.randrange(1, len(name))
        part = self._chance.random()
        if part < 0.35:
            return name[:at] + name[at - 1] + name[at:]
        if part < 0.65:
            return VOWEL.sub(lambda _: self._chance.choice("aeiouy"), name, count=1)
        return name[:at] + name[at + 1 :]


class Messages:
    """Puts invented people into frames and into ordinary texts."""

    def __init__(self, people: People, places: Sequence[str], chance: Random) -> None:
        self._people = people
        self._places = places
        self._chance = chance

    def framed(self, frame: str) -> str:
        """`frame` with people between << and >> in its places."""
        invent: dict[str, Callable[[], str]] = {
            "p": self._people.anybody,
            "f": self._people.first,
            "l": self._people.last,
            "w": self._people.whole,
            "r": self._people.on_record,
        }

        def filled(slot: regex.Match[str]) -> str:
            kind = slot[1]
            if kind in invent:
                return _marked(invent[kind]())
            if kind == "place":
                return self._chance.choice(self._places).title()
            return (
                str(self._chance.randint(1, 17)) if kind == "n" else self._chance.choice(INITIALS)
            )

        return SLOT.sub(filled, frame.replace("\\n", "\n"))

    def peopled(self, text: str, share: float) -> str:
        """`text` with people by name in the place of some that it tells of, often the same."""
        known = self._people.first()

        def somebody() -> str:
            if self._chance.random() < 0.5:
                return _marked(known)
            return _marked(self._people.anybody())

        def called(found: regex.Match[str]) -> str:
            if self._chance.random() > share:
                return found[0]
            if found["whose"]:
                return f"{somebody()}'s"
            if found["who"] and (part := self._chance.random()) < 0.5:
                form = "{} ({})" if part < 0.06 else "{}, {}," if part < 0.12 else "{} {}"
                return form.format(found[0], somebody())
            return somebody()

        told = regex.sub(r"\[name\]", lambda _: somebody(), text)
        return PERSON.sub(called, told) if "<<" not in told else told


def written(text: str, chance: Random, *, shouted: float) -> str:
    """`text` as it stands, hurried in small letters or, in a `shouted` share, in capitals."""
    part = chance.random()
    if part < shouted:
        return text.upper()
    if part < 0.12:
        return regex.sub(r"[.,;:?!'’](?!\p{L}?>>)", "", text).lower()
    if part < 0.42:
        return text.lower()
    return NAME.sub(lambda name: name[0].lower(), text) if part < 0.48 else text


def misspelt(text: str, chance: Random, share: float) -> str:
    """With typing mistakes in a `share` of the words in small letters that are no names."""

    def typed(found: regex.Match[str]) -> str:
        word = found[0]
        if word.startswith("<<") or chance.random() > share:
            return word
        right, wrong = chance.choice(MISTAKES)
        if right in word[1:]:
            return word[0] + word[1:].replace(right, wrong, 1)
        at = chance.randrange(1, len(word) - 1)
        if chance.random() < 0.5:
            return word[:at] + word[at + 1 :]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return TYPED.sub(typed, text)


def shown_less(text: str, chance: Random, share: float) -> str:
    """With some of the names taken out already, as a second reading finds them."""
    return NAME.sub(lambda name: TAKEN_OUT if chance.random() < share else name[0], text)


def joined(texts: Sequence[str], chance: Random) -> str:
    """Two messages in one."""
    return chance.choice((" ", "\n", ". ", ", ", " - ")).join(texts)


def _by_kind(lexicon: Lexicon, names: set[str]) -> tuple[Sequence[str], ...]:
    listed = sorted(name for name in names if len(name) >= SHORTEST_NAME)
    roughs = [lexicon.kind(name).rough for name in listed]
    by_rough = list(zip(listed, roughs, strict=True))
    words = [name for name, _ in by_rough if lexicon.kind(name).sort != "custom"]
    words = [name for name in words if name in lexicon.also_words]
    english = [name for name, rough in by_rough if rough == NAME_IN_ENGLISH]
    return words, english, [name for name, rough in by_rough if rough != BOTH], lexicon.rare_words()


def _marked(name: str) -> str:
    """Between << and >>, but for a title before it, which says nothing of who it is."""
    return f"<<{name}>>".removeprefix("<<>>")


def _titled(name: str) -> str:
    for start, length in SMALL_INSIDE.items():
        if name.startswith(start):
            return name[:length].capitalize() + name[length:].capitalize()
    return name.capitalize()
