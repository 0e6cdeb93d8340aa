"""Words of ours that were written for a passage which their place cites no longer.

Where a citation is taken out, or another is put in its place, the words around it stay. They are
opened beside what the place rests on now, so that somebody reads them again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from bot.operations.citations import CitationGraph, belongs_to, graph_of
from bot.operations.due import OpenIn, open_places_of
from bot.operations.place_words import has_words
from knowledge.documents import read_documents, read_stored
from knowledge.revision import CitingPlace
from knowledge.revision.open_places import sums_of, with_reopened
from knowledge.revision.review import read_review, read_reviews, write_review


def open_to_reread(folder: Path, data: Path, once: Iterable[CitingPlace]) -> None:
    """Once these citations were changed in the draft in `folder`. Raises ContentError."""
    written = [each for each in once if has_words(each)]
    graph = CitationGraph.read(folder, data) if written else CitationGraph(())
    found: defaultdict[str, list[tuple[CitingPlace, str]]] = defaultdict(list)
    for each in written:
        if now := _rests_on(graph, each):
            found[now.cited.partition(".")[0]].append((now, each.cited))
    for document_id, opened in found.items():
        sums = sums_of(read_stored(folder, document_id))
        review = read_review(folder, document_id)
        for now, once_cited in opened:
            if now.cited in sums:
                review = with_reopened(review, now, sums, once_cited)
        write_review(folder, document_id, review)


def _rests_on(graph: CitationGraph, once: CitingPlace) -> CitingPlace | None:
    """What the place cites now: of another document, if it can be. None where it went whole."""
    document_id = once.cited.partition(".")[0]
    left = [each for each in graph.citations if _is_in_place(each, once)]
    return min(left, key=lambda each: belongs_to(each.cited, document_id), default=None)


def _is_in_place(now: CitingPlace, once: CitingPlace) -> bool:
    """A place that is called by what it cites has the same words in the same file under another
    key."""
    return now.key == once.key or (now.kind, now.file, now.text) == (
        once.kind,
        once.file,
        once.text,
    )


def to_reread(folder: Path, data: Path, document_id: str) -> tuple[OpenIn, ...]:
    """What is open as it once cited a passage of the document. Raises ContentError."""
    reviews = {
        name: review
        for name, review in read_reviews(folder).items()
        if any(each.once_cited for each in review.places)
    }
    graph = graph_of(folder, data) if reviews else CitationGraph(())
    return tuple(
        OpenIn(stored.document.id, place)
        for stored in (read_documents(folder) if reviews else ())
        if stored.document.id in reviews
        for place in open_places_of(stored, reviews[stored.document.id], graph)
        if any(belongs_to(each, document_id) for each in place.once_cited)
    )
