"""The words of ours that a place says of its sources, and putting others there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.operations.citations import CitationGraph
from bot.operations.yaml_edits import edit, laid_out_as
from knowledge.errors import ContentError, KeyPath, Location
from knowledge.revision import CitingPlace, PlaceKind
from knowledge.yaml_source import YamlSource

CALLED: Mapping[PlaceKind, Mapping[str, str]] = {
    "outcome": {"say": "What it says"},
    "card": {"text": "What it says"},
    "notice": {"text": "What it says"},
    "reading": {"notice": "Look for"},
    "spoken_notice": {"says": "What it says"},
    "relation": {"topic": "What they differ on", "says": "How they differ"},
    "quiz": {
        "ask": "The question",
        "fixed": "What is said of it",
        "superseded": "What has moved on",
    },
}
"""The keys of such words in an entry, and what they are to people."""


@dataclass(frozen=True)
class PlaceWords:
    """`path`: in the file of the place. `words`: in one line."""

    path: KeyPath
    called: str
    words: str


def has_words(citation: CitingPlace) -> bool:
    """Passages that belong together say something only where they differ."""
    return citation.kind in CALLED and (
        citation.kind != "relation" or citation.path[0] == "differs"
    )


def place_words(citation: CitingPlace) -> tuple[PlaceWords, ...]:
    """All of them; none where they are not changed here."""
    if not citation.path:
        return ()
    content: Any = YamlSource.read(citation.file).to_python()
    if citation.kind == "named":
        for step in citation.path:
            content = content[step]
        return (PlaceWords(citation.path, "What it says", _in_a_line(content)),)
    if not has_words(citation):
        return ()
    way = citation.path[:2]
    entry = content[way[0]][way[1]]
    return tuple(
        PlaceWords((*way, *path), called, _in_a_line(words))
        for path, called, words in _in_entry(entry, CALLED[citation.kind])
    )


Found = tuple[KeyPath, str, str]


def _in_entry(entry: Any, called: Mapping[str, str]) -> Iterator[Found]:
    yield from (((key,), name, entry[key]) for key, name in called.items() if entry.get(key))
    for number, again in enumerate(entry.get("again", ())):
        yield ("again", number), f"What it says again, {number + 1}", again
    for number, option in enumerate(entry.get("options", ())):
        yield from _in_option(number, option)


def _in_option(number: int, option: Any) -> Iterator[Found]:
    right = ", which is right" if option.get("right") in (True, "true") else ""
    yield ("options", number, "label"), f"Answer {number + 1}{right}", option["label"]
    yield ("options", number, "why"), f"Why, of answer {number + 1}", option["why"]


def _in_a_line(words: object) -> str:
    return " ".join(str(words).split())


def reword(graph: CitationGraph, key: str, words: Sequence[str]) -> None:
    """`words`: all of them, in the order of `place_words`. Raises ContentError."""
    citation = next(iter(graph.of_place(key)), None)
    before = place_words(citation) if citation else ()
    if citation is None or not before:
        raise _refused("what this place says is not changed here")
    said = [_in_a_line(each) for each in words]
    if len(said) != len(before):
        raise _refused("it was changed since you looked at it. Look at it again")
    if not all(said):
        raise _refused("something is empty. Write what it is to say, or leave it as it was")

    def change(content: Any) -> None:
        for each, text in zip(before, said, strict=True):
            if text != each.words:
                _put(content, each.path, text)

    edit(citation.file, change)


def _put(content: Any, path: KeyPath, text: str) -> None:
    for step in path[:-1]:
        content = content[step]
    content[path[-1]] = laid_out_as(content[path[-1]], text)


def _refused(problem: str) -> ContentError:
    return ContentError.at(Location("the place"), problem)
