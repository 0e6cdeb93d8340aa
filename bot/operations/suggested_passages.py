"""Passages that a place might cite instead of one that is gone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from knowledge.documents import Passage, read_documents

SHOWN = 8
"""As many as a person looks through."""


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
    texts = {each: _words(suggestion.passage) for each, suggestion in found.items()}
    likest = process.extract(
        words, texts, scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=SHOWN
    )
    order = [*(each for each in first if each in found), *named, *(each[2] for each in likest)]
    return [found[each] for each in dict.fromkeys(order)][:SHOWN]


def _words(passage: Passage) -> str:
    return " ".join(filter(None, (passage.heading, passage.text)))


def _is_named(passage: Passage, words: str) -> bool:
    said = words.strip().casefold()
    return said in {passage.id.casefold(), passage.reference.casefold()}
