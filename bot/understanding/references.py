"""Passages by the place that somebody names: "2.3.4", "para 2.3.4", "Principle 2"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from bot.understanding.ordinals import numbers
from knowledge.library import Library
from knowledge.words import WORD, plain

Place = tuple[str, ...]

LISTED = frozenset({"number", "no", "item", "point", "principle"})
"""Before a single number they say that it is one of a list: "number six", "principle 2"."""
INTRODUCING = LISTED | {"para", "paragraph", "section", "s", "in", "of", "see", "read", "the"}
"""Words that say nothing but that a place follows."""
EXACT, ENDING, OPENING = range(3)
"""How words are a reference: all of it, its end ("Principle 2" of "National Framework principle
2"), or what others go on from ("2.3" of "2.3.4"), which counts only where there is no other."""


class PassageReferences:
    """Knows every passage by the words of its reference. A place is named by a number in it: words
    alone, such as "Listening to Children", are how people speak of the matter."""

    def __init__(self, library: Library) -> None:
        self._names = library.names
        self._document_of = {each.id: each.document_id for each in library.passages.values()}
        self._known: dict[Place, dict[str, int]] = {}
        for passage in library.passages.values():
            for place, how in _ways(_words(passage.reference)):
                self._known.setdefault(place, {}).setdefault(passage.id, how)

    def __call__(self, text: str, documents: Collection[str] = ()) -> tuple[str, ...]:
        """The ids of the passages at the place that `text` names, the likest first. `documents`:
        those whose passages are meant, where they have one there."""
        found: dict[str, int] = {}
        words = self._asked(text)
        for run in self._runs(words):
            for place in _read(words[run.start : run.stop]):
                for passage_id, how in self._known.get(place, {}).items():
                    found[passage_id] = min(how, found.get(passage_id, how))
        found = _only(found, lambda each: self._document_of[each] in documents)
        found = _only(found, lambda each: found[each] < OPENING)
        return tuple(sorted(found, key=found.__getitem__))

    def is_only_place(self, text: str) -> bool:
        """Whether it says nothing but where: then there is nothing else to search for."""
        words = self._asked(text)
        named = {at for run in self._runs(words) for at in run}
        return bool(named) and all(
            at in named or word in INTRODUCING for at, word in enumerate(words)
        )

    def _asked(self, text: str) -> Place:
        return _words(self._names.asked(text))

    def _runs(self, words: Place) -> list[range]:
        """Where in `words` a place stands: the longest runs that are a reference."""
        found: list[range] = []
        for length in range(len(words), 0, -1):
            for at in range(len(words) - length + 1):
                run = range(at, at + length)
                apart = all(run.stop <= each.start or each.stop <= at for each in found)
                if apart and self._is_place(words, run):
                    found.append(run)
        return found

    def _is_place(self, words: Place, run: range) -> bool:
        """A number that goes on before or after is another one, and one that stands alone among
        other words is none."""
        around = words[max(run.start - 1, 0) : run.start] + words[run.stop : run.stop + 1]
        if any(map(str.isdigit, around)) or (around and len(run) == 1):
            return False
        return any(place in self._known for place in _read(words[run.start : run.stop]))


def _read(words: Place) -> list[Place]:
    """As it stands, and without the word that says that it is one of a list."""
    is_listed = len(words) > 1 and words[0] in LISTED
    return [words, words[1:]] if is_listed and words[1].isdigit() else [words]


def _ways(words: Place) -> Iterator[tuple[Place, int]]:
    """Every way to name the place, with how it is one; the best first."""
    if not any(map(str.isdigit, words)):
        return
    yield words, EXACT
    for at in range(1, len(words) - 1):
        if not words[at].isdigit():
            yield words[at:], ENDING
    for at in range(2, len(words)):
        if any(map(str.isdigit, words[:at])):
            yield words[:at], OPENING


def _words(text: str) -> Place:
    """A number in words is a figure where it is one of a list."""
    words = WORD.findall(plain(text))
    return tuple(
        str(next(numbers(word), word)) if before in LISTED else word
        for before, word in zip(["", *words], words, strict=False)
    )


def _only(found: dict[str, int], is_meant: Callable[[str], bool]) -> dict[str, int]:
    """Those that are meant, or all where none of them is."""
    return {each: how for each, how in found.items() if is_meant(each)} or found
