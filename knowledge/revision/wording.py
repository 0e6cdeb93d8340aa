"""Which words a text has, and in which words two texts differ.

Only letters, figures and the few signs that are read aloud count: a curly quotation mark, another
dash or a space more is no change of the words. What is shown is always the text as it stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal
from unicodedata import normalize

import regex

from knowledge.documents import Document, Passage
from knowledge.importing.markers import number_of, split_marker

Words = tuple[str, ...]
SegmentKind = Literal["same", "removed", "added"]

WORD = regex.compile(r"[\p{L}\p{M}\p{N}\p{Cf}]+|[\p{Sc}%&<>=+±×÷≤≥]")
"""Letters and figures, with what nobody sees within them, or a sign that is read as a word."""
UNSEEN = regex.compile(r"\p{Cf}")


@dataclass(frozen=True)
class Segment:
    """A run of words, with the signs and spaces that follow them: of the old text where they are
    `removed`, else of the new one."""

    kind: SegmentKind
    words: str


def words(text: str | None) -> Words:
    return tuple(word for word, _, _ in placed_words(text or ""))


def own_words(text: str, reference: str | None) -> Words:
    """Without the number that the text opens with, where that is its reference."""
    return words(without_number(text, reference))


def without_number(text: str, reference: str | None) -> str:
    """A document's own number may stand in the text that was cut by hand: "2.1.1 Effective…"."""
    opening = text.lstrip()
    first = opening.split(maxsplit=1)
    marker = split_marker(" ".join(first))[0] if len(first) > 1 else ""
    number = number_of(marker)
    if number is None or words(number) != words(reference):
        return text
    return opening[len(marker) :].lstrip()


def heading_words(heading: str | None) -> tuple[Words, ...]:
    """Of each heading in the path, without its number."""
    parts = (heading or "").split(" > ")
    return tuple(words(split_marker(part)[1]) for part in parts if part.strip())


def nearest_heading(heading: str | None) -> Words:
    """The words of the heading that a passage stands under."""
    path = heading_words(heading)
    return path[-1] if path else ()


def word_differences(before: str, after: str) -> tuple[Segment, ...]:
    """From the old text to the new one. The segments that are not `removed` are the new text."""
    old, new = list(_tokens(before)), list(_tokens(after))
    matcher = SequenceMatcher(
        None, [word for word, _ in old], [word for word, _ in new], autojunk=False
    )
    found: list[Segment] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        removed = "".join(text for _, text in old[old_start:old_end])
        there = "".join(text for _, text in new[new_start:new_end])
        if tag != "equal" and removed:
            found.append(Segment("removed", removed))
        if there:
            found.append(Segment("same" if tag == "equal" else "added", there))
    return tuple(found)


def fingerprint(passage: Passage) -> str:
    """A SHA-256 of the words of a passage, its lead-in and its heading: of what a reader takes from
    it. It is another where `align` would say `changed`."""
    parts = (
        own_words(passage.text, passage.reference),
        words(passage.lead_in),
        nearest_heading(passage.heading),
    )
    return _sum("\n".join(" ".join(part) for part in parts))


def document_fingerprint(document: Document) -> str:
    """The same of a whole document, for what stands beside all of it."""
    return _sum(" ".join(words(document.text)))


def text_fingerprint(text: str) -> str:
    """The same of the words of what cites a passage."""
    return _sum(" ".join(words(text)))


def _sum(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()


def placed_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word as it is compared, with its first character and the one after it."""
    for found in WORD.finditer(text):
        if word := UNSEEN.sub("", normalize("NFKC", found.group())):
            yield word, found.start(), found.end()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Each word with its text up to the next one; what comes before the first is in the first."""
    placed = list(placed_words(text))
    starts = [0, *(start for _, start, _ in placed[1:]), len(text)]
    for number, (word, _, _) in enumerate(placed):
        yield word, text[starts[number] : starts[number + 1]]
