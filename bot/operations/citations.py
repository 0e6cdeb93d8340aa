"""Every place that cites a passage or a document: one graph over all that people edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import get_args

from bot.content.data_files import DataFiles
from bot.operations.citing_content import cited_in_content
from bot.operations.citing_data import cited_in_data
from bot.operations.own_words import own_words
from knowledge.revision.citing_place import CitingPlace, PlaceKind
from knowledge.revision.review import read_reviews

KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
PLACES_CALLED: Mapping[PlaceKind, str] = {
    "named": "Words that name the document as it was before",
    "outcome": "What decisions end with",
    "card": "Advice that decisions share",
    "rule": "Rules of what may be cited for what",
    "reading": "Readings of the induction",
    "quiz": "Quizzes of the induction",
    "spoken_notice": "Notices that are said before an answer",
    "notice": "Notices beside passages",
    "relation": "Passages that belong together",
    "gap": "Known gaps",
    "out_of_scope": "Topics outside the field",
    "questions": "Questions that find the passage",
    "supersedes": "Documents that supersede it",
}


@dataclass(frozen=True)
class CitationGraph:
    """Ordered by kind, as `PlaceKind` has them, then as the files have them."""

    citations: tuple[CitingPlace, ...]

    @classmethod
    def read(cls, folder: Path, data: Path) -> CitationGraph:
        """`folder` holds an edition, `data` what was shipped beside it. Also what cites a passage
        that is not there is in the graph.

        Raises ContentError for a file that cannot be read.
        """
        found = [*cited_in_data(DataFiles(data, folder)), *cited_in_content(folder)]
        found += _named(folder, data, {(each.key, each.cited) for each in found})
        return cls(tuple(sorted(found, key=lambda each: KINDS.index(each.kind))))

    @cached_property
    def _by_cited(self) -> Mapping[str, tuple[CitingPlace, ...]]:
        found: defaultdict[str, list[CitingPlace]] = defaultdict(list)
        for citation in self.citations:
            found[citation.cited].append(citation)
        return {cited: tuple(each) for cited, each in found.items()}

    def of(self, cited: str) -> tuple[CitingPlace, ...]:
        """What cites the passage with this id, or stands beside the whole document with it."""
        return self._by_cited.get(cited, ())

    def of_document(self, document_id: str) -> tuple[CitingPlace, ...]:
        """What cites the document, or any passage of it: also one that is not there."""
        return tuple(each for each in self.citations if belongs_to(each.cited, document_id))

    def of_place(self, key: str) -> tuple[CitingPlace, ...]:
        """All that one place cites."""
        return tuple(each for each in self.citations if each.key == key)


def _named(folder: Path, data: Path, cited: Set[tuple[str, str]]) -> Iterator[CitingPlace]:
    """What was opened as it named a document by what that was called before. It is known from
    there alone, since what something was called stands in no edition after it."""
    opened = {
        (each.place, each.cited)
        for document_id, review in read_reviews(folder).items()
        for each in review.places
        if each.cited == document_id
    } - cited
    keys = tuple(place for place, _ in opened)

    def holds_one(kind: str, _: str) -> bool:
        return any(key.startswith(f"named/{kind}/") for key in keys)

    for words in own_words(folder, data, holds_one):
        yield from (words.beside(document) for place, document in opened if place == words.key)


GRAPHS_KEPT = 4


def graph_of(folder: Path, data: Path) -> CitationGraph:
    """Of a copy of an edition or a draft. Reading it takes a second, so the last ones are kept."""
    newest = max((each.stat().st_mtime_ns for each in folder.rglob("*")), default=0)
    return _graph(folder, data, newest)


@lru_cache(GRAPHS_KEPT)
def _graph(folder: Path, data: Path, newest: int) -> CitationGraph:
    return CitationGraph.read(folder, data)


def belongs_to(cited: str, document_id: str) -> bool:
    return cited == document_id or cited.startswith(f"{document_id}.")


def by_kind(citations: tuple[CitingPlace, ...]) -> Iterator[tuple[PlaceKind, list[CitingPlace]]]:
    """Each kind that there is, with its citations."""
    for kind in KINDS:
        if found := [each for each in citations if each.kind == kind]:
            yield kind, found
