"""One object for everything that is known: what actions, gateway and command line call."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from threadpoolctl import threadpool_limits

from knowledge.answering import LOOKED_AT, NEAR, Answering
from knowledge.comparing import Comparing, DocumentSays
from knowledge.costs import Act, Costs
from knowledge.editions import Edition
from knowledge.encoder import Encoder, Vectors
from knowledge.findings import Answer, Confidence, Findings, Gap, Verdict
from knowledge.glossary import Glossary
from knowledge.heads import MessageHeads
from knowledge.index import Index, ProgressCallback
from knowledge.library import FOLDER, Library
from knowledge.memory_engine import in_memory
from knowledge.questions import Questions, Topic
from knowledge.quotes import Quote, ScoredQuote
from knowledge.relations import Relations
from knowledge.scoring import READ_TOGETHER
from knowledge.search import Search
from knowledge.search_engine import OpensEngine
from knowledge.text_pairs import with_earlier
from knowledge.verdict import likeness_to
from knowledge.words import Words

VERDICTS: dict[Act, tuple[Verdict, Confidence]] = {
    "answers": ("answerable", "answers"),
    "closest": ("answerable", "closest"),
    "not_covered": ("not_in_sources", "answers"),
    "outside": ("out_of_scope", "answers"),
}


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
        heads: MessageHeads,
        costs: Costs,
    ):
        self.library = library
        self.costs = costs
        self.questions = questions
        self.relations = relations
        self.encoder = encoder
        self.heads = heads
        # Made now, and not while somebody waits for the first answer.
        self._word_for_word = library.word_for_word
        documents = [library.documents[p.document_id] for p in library.passages.values()]
        self._search = Search(encoder, index, documents, questions.gaps, heads, costs)
        self._answering = Answering(library, relations, glossary, index.corpus)
        self._comparing = Comparing(library, encoder, index.corpus, index.words)

    @classmethod
    def open(
        cls,
        state_dir: Path,
        progress: ProgressCallback | None = None,
        folder: Path = FOLDER,
        *,
        costs: Path | None = None,
        edition: Edition | None = None,
        beside: Knowledge | None = None,
        opens: OpensEngine = in_memory,
    ) -> Knowledge:
        """Load the index from `state_dir`, building it first where it must be.

        `folder` holds the content, that of `edition` where there are several, and `costs` what the
        mistakes cost, where that is another folder. `beside` is what answers meanwhile: encoder
        and costs are shared with it. `opens`: the engine that it is searched with. Raises
        ContentError when a data file is broken and ModelDamaged when the model is.
        """
        # A question is a few small products; threads that wait for each other only cost.
        threadpool_limits(1)
        library = Library.read(folder)
        if edition:
            library = library.of(edition)
        questions = Questions.read(library, folder)
        relations = Relations.read(library, folder)
        encoder = beside.encoder if beside else Encoder.open(state_dir / "models")
        index = Index.open(
            state_dir / "index", library, questions, relations, encoder, progress, folder, opens
        )
        return cls(
            library,
            questions,
            relations,
            Glossary.read(folder),
            encoder,
            index,
            beside.heads if beside else MessageHeads.read(),
            beside.costs if beside else Costs.read(costs or folder),
        )

    @property
    def searching(self) -> Search:
        """What finds passages; its scorer is weighed anew (`knowledge.tuning.weighing`)."""
        return self._search

    @property
    def words(self) -> Words:
        """What a question is read with."""
        return self._search.scorer.words

    def quote(self, passage_id: str, area: str | None = None) -> Quote:
        """Raises KeyError for an unknown passage."""
        return self.library.quote(passage_id, area)

    def search(
        self,
        query: str,
        k: int = 5,
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
        *,
        in_other_words: bool = False,
    ) -> Findings:
        """The `k` best passages and whether they answer.

        `area` puts that area's own document first among equals; `context` is the
        user's earlier messages, oldest first, for a follow-up; `documents` are the ids of those
        that come first whatever else fits: without any, those that `query` names.
        `in_other_words`: as if it were written for no gap.
        """
        first = documents or self.documents_named(query)
        found = self._search(
            self.library.names.without_ids(query),
            area,
            context,
            first,
            asked=self.library.names.asked(self._search.scorer.words.correct(query))
            if first
            else "",
            word_for_word=self._word_for_word(query)[:NEAR],
            in_other_words=in_other_words,
        )
        best = islice(self._points(found.passages), k)
        hits = tuple(
            ScoredQuote(**self.quote(passage_id, area).model_dump(), score=round(share, 4))
            for passage_id, share in best
        )
        verdict, confidence = VERDICTS[found.act]
        gap, elsewhere = self._gap(found.topic), self._gap(found.elsewhere)
        return Findings(query, verdict, hits, gap, confidence, found.is_written, elsewhere)

    def compare(self, topic: str, k: int = 2, area: str | None = None) -> tuple[DocumentSays, ...]:
        """Of every document the `k` passages nearest to the topic, if any is near."""
        return self._comparing(topic, k, area)

    def _points(self, passages: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
        """Of passages that say the same, only the best."""
        said: set[str] = set()
        for passage_id, share in passages:
            if passage_id not in said:
                said |= self.relations.group_of.get(passage_id, frozenset([passage_id]))
                yield passage_id, share

    def tasks(self, text: str, earlier: Sequence[str]) -> dict[str, float]:
        """How likely the message is each flow's task, by the flow's id, after the same person's
        messages before it, the oldest first. Flows that were not there to be learnt are missing."""
        together = with_earlier(earlier[-READ_TOGETHER:], text)
        return self.heads.tasks(self.encoder.read([together])[0])

    def gaps_like(self, passages: Collection[str]) -> list[tuple[str, float]]:
        """The ids of the known gaps, with how like their questions are to the nearest of these
        passages, on average; the likest first. None where there is no such passage."""
        corpus, vectors = self._search.scorer.corpus, self._vectors(passages)
        if not len(vectors):
            return []
        likeness = likeness_to(corpus.gaps, vectors)
        found = zip(corpus.gap_ids, map(float, likeness), strict=False)
        return sorted(found, key=lambda each: -each[1])

    def unanswered_like(self, passages: Collection[str]) -> dict[str, float]:
        """The questions of the known gaps and of what is outside the field, with how like each is
        to the nearest of these passages. None where there is no such passage."""
        corpus, vectors = self._search.scorer.corpus, self._vectors(passages)
        if not len(vectors):
            return {}
        kinds = (corpus.gaps, corpus.out_of_scope)
        return {
            text: float(likeness)
            for kind in kinds
            for text, likeness in zip(
                kind.texts, (kind.retrieval @ vectors.T).max(axis=1), strict=True
            )
        }

    def _vectors(self, passages: Collection[str]) -> Vectors:
        corpus = self._search.scorer.corpus
        rows = [n for n, passage_id in enumerate(corpus.passage_ids) if passage_id in passages]
        return corpus.passages.retrieval[rows]

    def is_written(self, text: str) -> bool:
        """Whether `text` is written for a passage, or for a gap that somebody has added, in the
        same words. The gaps that came with the content are weighed against whatever else a message
        may get."""
        gaps = map(self.questions.gaps.__getitem__, self._search.written_gaps(text))
        return self._search.is_pinned(text) or any(gap.added_on for gap in gaps)

    def documents_named(self, text: str, also: Collection[str] = ()) -> tuple[str, ...]:
        """The ids of the documents that `text` names and of those `also` named, in the order of the
        library. What the library does not have is named by nothing."""
        named = {*self.library.names(self._search.scorer.words.correct(text)), *also}
        return tuple(each for each in self.library.documents if each in named)

    def answer(
        self,
        query: str,
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
        *,
        in_other_words: bool = False,
    ) -> Answer:
        """What a reply to `query` needs."""
        found = self.search(
            query, LOOKED_AT, area, context, documents, in_other_words=in_other_words
        )
        topic = self._topic(found.gap.id) if found.gap else None
        vector = self.encoder.retrieval_query(query)
        answer = self._answering(found, topic.near if topic else (), area, vector)
        return replace(answer, elsewhere=found.elsewhere)

    def further(
        self,
        query: str,
        seen: Collection[str],
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
    ) -> Answer | None:
        """What comes nearest after the passages `seen`; None where nothing near is left.

        To what is out of scope nothing is near, unless it is asked of `documents`.
        """
        found = self.search(query, NEAR, area, context, documents)
        known = {each for passage_id in seen for each in self.relations.with_copies(passage_id)}
        hits = [hit for hit in found.hits if hit.passage_id not in known]
        if not hits or (found.verdict == "out_of_scope" and not documents):
            return None
        vector = self.encoder.retrieval_query(query)
        return self._answering.further(replace(found, hits=tuple(hits)), vector)

    def _topic(self, topic_id: str) -> Topic:
        return self.questions.gaps.get(topic_id) or self.questions.out_of_scope[topic_id]

    def _gap(self, topic_id: str | None) -> Gap | None:
        return self._topic(topic_id).gap if topic_id else None
