"""Passages that a place might cite instead of one that is gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from knowledge.documents import Passage, read_documents

SHOWN = 8
"""As many as a person looks through."""
MOST_TYPED = 12
"""Words of somebody who looks for something; more are the words of a passage that is gone."""

SIGNS = " §#¶"
"""Before the number of a passage."""


@dataclass(frozen=True)
class Suggested:
    passage: Passage
    title: str

    @property
    def called(self) -> str:
        """What a person knows it by."""
        return f"{self.passage.reference} of {self.title}"


def suggested(
    folder: Path, words: str, but: Collection[str], first: Sequence[str] = ()
) -> list[Suggested]:
    """Those of the content whose words are likest to `words`, or that have this id or number.

    `first`: ids that come first, such as of the passages that the words stand in now; `but`: ids
    that are left out. Raises ContentError.
    """
    stored = read_documents(folder)
    found = {
        passage.id: Suggested(passage, each.document.title)
        for each in stored
        for passage in each.passages
        if passage.id not in but
    }
    named = [each for each in found if _is_named(found[each].passage, words)]
    texts = {each: utils.default_process(_words(it.passage)) for each, it in found.items()}
    said = utils.default_process(words)
    held = _holding(said, texts)
    likest = process.extract(said, texts, scorer=fuzz.token_set_ratio, limit=SHOWN)
    order = [*(e for e in first if e in found), *named, *held, *(each[2] for each in likest)]
    return [found[each] for each in dict.fromkeys(order)][:SHOWN]


def _holding(said: str, texts: Mapping[str, str]) -> list[str]:
    """Of a few words that were typed, the ids of those that hold them all, the likest first."""
    words = said.split()
    if len(words) > MOST_TYPED:
        return []
    found = [each for each, text in texts.items() if all(word in text for word in words)]
    return sorted(found, key=lambda each: -fuzz.token_set_ratio(said, texts[each]))


def _words(passage: Passage) -> str:
    return " ".join(filter(None, (passage.heading, passage.text)))


def _is_named(passage: Passage, words: str) -> bool:
    """The sign before a number need not be typed."""
    said = _number(words)
    return said in {passage.id.casefold(), _number(passage.reference)}


def _number(typed: str) -> str:
    return typed.strip(SIGNS).casefold()
