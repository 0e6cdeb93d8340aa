"""Figures on messages written before the recognisers were read or widened; see docs/safety.md."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import regex
import yaml

from bot.understanding.normalisation import normalise
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from bot.understanding.personal_data.redactor import Redactor
from tests.shipped import SAFETY

HERE = Path(__file__).parent
SETS = (
    "held_back_personal",
    "held_back_personal_2",
    "held_back_personal_3",
    "held_back_personal_4",
)
MARKED = regex.compile(r"\{(?P<kind>\w+)\|(?P<typed>[^|}]+)(?:\|(?P<plain>[^}]+))?\}")
PLACEHOLDER = regex.compile("|".join(map(regex.escape, PLACEHOLDERS.values())))
NAMES = {"name", "initials"}
LINKS = {"of", "the", "and", "at", "dot"}


@cache
def held_back(name: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return lists


@pytest.fixture(scope="module")
def personal_data() -> Redactor:
    return Redactor(SAFETY)


def words(text: str) -> set[str]:
    found = regex.findall(r"[^\W_]+", text.casefold())
    return {word for word in found if len(word) > 1} - LINKS


def squashed(text: str) -> str:
    return regex.sub(r"[\W_]+", "", text.casefold())


def is_left(said: str, redacted: str) -> bool:
    """Whether any word of it can still be read, or all of it letter by letter."""
    letters = squashed(said)
    return bool(words(said) & words(redacted)) or letters in squashed(redacted)


def missed(personal_data: Redactor, messages: list[str], named: bool) -> tuple[list[str], int]:
    left, total = [], 0
    for message in messages:
        redaction = personal_data.redact(normalise(MARKED.sub(lambda mark: mark["typed"], message)))
        redacted = PLACEHOLDER.sub(" ", redaction.text)
        for mark in MARKED.finditer(message):
            if (mark["kind"] in NAMES) is named:
                total += 1
                typed = normalise(mark["typed"])
                if any(is_left(said, redacted) for said in (typed, mark["plain"] or typed)):
                    left.append(f"{mark['typed']}: {redaction.text}")
    return left, total


@pytest.mark.parametrize("name", SETS)
def test_identifiers_are_taken_out(personal_data: Redactor, name: str) -> None:
    assert missed(personal_data, held_back(name)["messages"], named=False)[0] == []


def test_names_are_taken_out(personal_data: Redactor) -> None:
    messages = [message for name in SETS for message in held_back(name)["messages"]]
    left, total = missed(personal_data, messages, named=True)
    assert len(left) <= 0.08 * total, left


def test_near_misses_stay(personal_data: Redactor) -> None:
    texts = [text for name in SETS for text in held_back(name)["near_misses"]]
    taken = [text for text in texts if personal_data.redact(normalise(text)).found]
    assert len(taken) <= 0.1 * len(texts), taken


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("\u0441onsent", "consent"),
        ("c\u043en\u0455\u0435nt in A\u0441t 2004", "consent in Act 2004"),
    ],
)
def test_words_in_borrowed_letters_are_not_names(
    personal_data: Redactor, typed: str, read: str
) -> None:
    assert personal_data.redact(read).found == ()
    assert personal_data.redact(normalise(typed)).found == ()


def test_another_language_is_not_taken_for_names(personal_data: Redactor) -> None:
    text = "necesito ayuda con mis hijos porque tengo miedo"
    assert personal_data.redact(text).text == text
