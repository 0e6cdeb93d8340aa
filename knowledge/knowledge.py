"""One object for everything that is known: what actions, gateway and command line call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from threadpoolctl import threadpool_limits

from knowledge.answering import LOOKED_AT, Answering
from knowledge.encoder import Encoder
from knowledge.findings import Answer, Findings, Gap
from knowledge.glossary import Glossary
from knowledge.index import Index, ProgressCallback
from knowledge.library import FOLDER, Library
from knowledge.questions import Questions, Topic
from knowledge.quotes import Quote, ScoredQuote
from knowledge.relations import Relations
from knowledge.search import Found, Search


class Knowledge:
    """The sources and everything that finds its way in them. Safe to share between threads."""

    def __init__(
        self,
        library: Library,
        questions: Questions,
        relations: Relations,
        glossary: Glossary,
        encoder: Encoder,
        index: Index,
    ):
        self.library = library
        self.questions = questions
        self.relations = relations
        self.encoder = encoder
        areas = [library.documents[p.document_id].area for p in library.passages.values()]
        self._search = Search(encoder, index, areas)
        self._answering = Answering(library, relations, glossary, index.corpus)

    @classmethod
    def open(
        cls, state_dir: Path, progress: ProgressCallback | None = None, folder: Path = FOLDER
    ) -> Knowledge:
        """Load the index from `state_dir`, building it first where it must be.

        Raises ContentError when a data file is broken and ModelDamaged when the model is.
        """
        # A question is a few small products; threads that wait for each other only cost.
        threadpool_limits(1)
        library = Library.read(folder)
        questions = Questions.read(library, folder)
        relations = Relations.read(library, folder)
        encoder = Encoder.open(state_dir / "models")
        index = Index.open(
            state_dir / "index", library, questions, relations, encoder, progress, folder
        )
        return cls(library, questions, relations, Glossary.read(folder), encoder, index)

    def quote(self, passage_id: str, area: str | None = None) -> Quote:
        """Raises KeyError for an unknown passage."""
        return self.library.quote(passage_id, area)

    def search(
        self, query: str, k: int = 5, area: str | None = None, context: Sequence[str] = ()
    ) -> Findings:
        """The `k` best passages and whether they answer.

        `area` puts that area's own document first among equals; `context` is the
        user's earlier messages, oldest first, for a follow-up.
        """
        found = self._search(query, area, context)
        best = self._points(found.passages)[:k]
        hits = tuple(
            ScoredQuote(**self.quote(passage_id, area).model_dump(), score=round(share, 4))
            for passage_id, share in best
        )
        return Findings(query, found.verdict, hits, self._gap(found))

    def _points(self, passages: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
        """Of passages that say the same, only the best."""
        points: dict[frozenset[str], tuple[str, float]] = {}
        for passage_id, share in passages:
            group = self.relations.group_of.get(passage_id, frozenset([passage_id]))
            points.setdefault(group, (passage_id, share))
        return list(points.values())

    def answer(self, query: str, area: str | None = None, context: Sequence[str] = ()) -> Answer:
        """What a reply to `query` needs."""
        found = self.search(query, LOOKED_AT, area, context)
        topic = self._topic(found.gap.id) if found.gap else None
        vector = self.encoder.query(query)
        return self._answering(found, topic.near if topic else (), area, vector)

    def _topic(self, topic_id: str) -> Topic:
        return self.questions.gaps.get(topic_id) or self.questions.out_of_scope[topic_id]

    def _gap(self, found: Found) -> Gap | None:
        return self._topic(found.topic).gap if found.topic else None
