"""More messages out of those that are there: joined, in a hurry, with other people, mistyped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

import regex

from bot.understanding.safety.head import NONE
from bot.understanding.safety.windows import windows
from bot.understanding.training.messages import Labelled
from knowledge.text_pairs import SEPARATOR

JOINED = 5000
"""Dangers told among ordinary matters, and as many ordinary matters together, so that company
neither alarms nor calms. With 3,500 fewer of them were heard than with 4,500."""
NAMED = 2000
MISTYPED = 2000
LETTERS_A_SLIP = 25
"""A slip in so many letters: between a careful and a careless writer of the messages read here."""
HURRIED = 0.3
LONGEST_JOINED = 60
"""Words. Longer messages are company enough for themselves."""
BETWEEN = (". ", " ", "\n", ", ", " and ", " anyway ", " but anyway ", ". ")
OTHER_PEOPLE = 0.7
CALLED_BY_NAME = 0.6
CALM_AND_NAMED = 0.3
# Who does what to whom, in words that practitioners use for people.
PERSON = regex.compile(
    r"\b(?:he|she|him|hes|shes|he's|she's|(?:my |the |her |his )?(?:mum|dad|mother|father|partner"
    r"|boyfriend|husband|wife|stepdad|uncle|brother|sister|child|boy|girl|baby))\b",
    regex.IGNORECASE,
)
IS = frozenset({"hes", "shes", "he's", "she's"})
ROLES = [
    "MGM",
    "MGF",
    "PGM",
    "nan",
    "grandad",
    "the ex",
    "client",
    "the client",
    "tenant",
    "resident",
    "service user",
    "SU",
    "YP",
    "the young person",
    "child A",
    "sibling",
    "the lodger",
    "neighbour",
    "foster dad",
    "foster carer",
    "stepdad",
    "partner",
    "perp",
    "pt",
    "the patient",
    "student",
    "the lad",
    "cousin",
    "auntie",
    "mum's boyfriend",
    "his mate",
    "somebody",
    "the lady",
    "carer",
]


def augmented(messages: Sequence[Labelled], chance: Random) -> Iterator[Labelled]:
    """What is made of `messages`, which are not given again. A reply stays as it is."""
    messages = [each for each in messages if SEPARATOR not in each.text]
    yield from joined(messages, chance)
    yield from named(messages, chance)
    yield from in_windows(messages)
    for message in chance.sample(messages, min(MISTYPED, len(messages))):
        yield replace(message, text=mistyped(message.text, chance), weight=1)


def joined(messages: Sequence[Labelled], chance: Random) -> Iterator[Labelled]:
    """People tell of danger and put a question in the same breath; most put two questions."""
    dangers = [each for each in messages if each.danger != NONE]
    calm = [
        each.text
        for each in messages
        if each.danger == NONE and len(each.text.split()) < LONGEST_JOINED
    ]
    often = [each.weight for each in dangers]
    for danger in chance.choices(dangers, often, k=JOINED):
        parts = [chance.choice(calm) for _ in range(chance.choice((1, 1, 2, 3)))]
        parts.insert(chance.randrange(len(parts) + 1), danger.text)
        yield Labelled(_in_one(parts, chance), danger.danger)
    for _ in range(JOINED):
        parts = [chance.choice(calm) for _ in range(chance.choice((2, 2, 3, 4)))]
        yield Labelled(_in_one(parts, chance), NONE)


def _in_one(parts: Sequence[str], chance: Random) -> str:
    text = chance.choice(BETWEEN).join(part.rstrip(".") for part in parts)
    return hurried(text) if chance.random() < HURRIED else text


def hurried(text: str) -> str:
    """As people type who do not stop for capitals or full stops."""
    return " ".join(regex.sub(r"[.,;:?!]", " ", text).lower().split())


def in_windows(messages: Sequence[Labelled]) -> Iterator[Labelled]:
    """A long calm message in parts of a sentence or three, each without the rest that calms it."""
    for message in messages:
        if message.danger == NONE:
            parts = windows(message.text, width=48, step=24, read_whole=LONGEST_JOINED)
            yield from (Labelled(text, NONE) for text in parts)


def named(messages: Sequence[Labelled], chance: Random) -> Iterator[Labelled]:
    """The same with other people in it: most messages call them by a name, which is taken out, or
    by what they are. Harmless ones too, so that no such word alarms by itself."""
    found = []
    for message in messages:
        told = PERSON.sub(lambda person: _somebody(chance, person), message.text)
        wanted = message.danger != NONE or chance.random() < CALM_AND_NAMED
        if told != message.text and wanted:
            found.append(Labelled(told, message.danger))
    yield from chance.sample(found, min(NAMED, len(found)))


def _somebody(chance: Random, person: regex.Match[str]) -> str:
    if chance.random() > OTHER_PEOPLE:
        return person[0]
    called = "[name]" if chance.random() < CALLED_BY_NAME else chance.choice(ROLES)
    return f"{called} is" if person[0].lower() in IS else called


def mistyped(text: str, chance: Random) -> str:
    """With letters left out, changed round or typed twice."""
    letters = list(text)
    for _ in range(max(1, len(letters) // LETTERS_A_SLIP)):
        if len(letters) < 3:
            break
        at = chance.randrange(len(letters) - 1)
        slip = chance.choice(("lost", "round", "twice"))
        if slip == "lost":
            del letters[at]
        elif slip == "round":
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        else:
            letters.insert(at, letters[at])
    return "".join(letters)
