"""From findings to what a reply needs: which sentences, whole lists, both sides. No words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from knowledge.corpus import Corpus
from knowledge.documents import Document
from knowledge.encoder import Vectors
from knowledge.findings import Answer, Findings
from knowledge.glossary import Glossary, Term
from knowledge.library import Library
from knowledge.quotes import Quote
from knowledge.relations import Difference, Relations, SourceList, quoted_whole
from knowledge.sentences import sentences
from knowledge.words import plain

QUOTES_SHOWN = 3
NEAREST_SHOWN = 1
"""Of what may not answer: of 92 such answers to messages of seven authors (s1 to s6 and the field
set, none learnt from then) the first was right in 86, and the next two in five more. Strangers took
three for a wall of text."""
LOOKED_AT = 6
NEAR = 3 * QUOTES_SHOWN
"""How far "more" goes: after three replies other words find more than a fourth would."""
LEAST_SHARE = 0.01
MARKED_WITHIN = 0.08
"""Of the likeness of the likest sentence: so near to it another answers, too
(`python -m bench.sentences`)."""
SHORT_LIST = 8
"""A list of so many points takes about the room of the three passages that it stands for. The
longer ones, of fifteen and sixteen, are quoted whole only when they are asked for."""
LIST_ASKED = re.compile(r"\b(what|list|name|which|all|give me|tell me|show|define|how)\b")


class Answering:
    """Composes replies."""

    def __init__(self, library: Library, relations: Relations, glossary: Glossary, corpus: Corpus):
        self._library = library
        self._relations = relations
        self._glossary = glossary
        asked_about = zip(corpus.passage_ids, corpus.asked_about, strict=True)
        self._asked_about = frozenset(passage_id for passage_id, is_so in asked_about if is_so)
        starts = np.searchsorted(corpus.sentences.owners, np.arange(1, len(corpus.passage_ids)))
        parts = np.split(corpus.sentences.retrieval, starts)
        self._sentences = dict(zip(corpus.passage_ids, parts, strict=True))

    def __call__(
        self, found: Findings, near: Sequence[str], area: str | None, vector: Vectors
    ) -> Answer:
        """`near` are the passages that the gap is mistaken for; `vector` is the question's
        retrieval vector."""
        term = self._glossary.asked(found.query)
        if found.is_written:
            beside = tuple(self._beside_a_gap(found, near))
            return Answer(found.verdict, related=beside, gap=found.gap, term=term)
        listed = self._list(found)
        if listed:
            return self._quoting([quoted_whole(listed, self._library, area)], term, None)
        if found.verdict == "answerable":
            answer = self._answer(found, term, area, vector)
            if found.confidence == "closest":
                answer = replace(answer, quotes=answer.quotes[: self._nearest_shown(found)])
            quotes = tuple(self._with_exceptions(answer.quotes, area, vector))
            return replace(
                answer,
                quotes=quotes,
                documents=self._documents(quotes),
                confidence=found.confidence,
                gap=found.gap,
            )
        related = [hit for hit in found.hits if hit.passage_id in near][:1]
        if term:
            shown = related or found.hits[:1]
            return Answer("not_in_sources", related=tuple(map(_bare, shown)), term=term)
        if found.verdict == "out_of_scope":
            return Answer(found.verdict, gap=found.gap)
        return Answer(found.verdict, related=tuple(map(_bare, related)), gap=found.gap)

    def _beside_a_gap(self, found: Findings, near: Sequence[str]) -> Iterator[Quote]:
        """What the gap is mistaken for and, where that is nearest, a passage that nobody has
        written questions for: it may have come after the gap."""
        known = [hit for hit in found.hits if hit.passage_id in near][:1]
        yield from map(_bare, known)
        first = found.hits[0]
        if first not in known and first.passage_id not in self._asked_about:
            yield _bare(first)

    def _nearest_shown(self, found: Findings) -> int:
        """Of passages without questions the first is the right one too seldom to stand alone."""
        return NEAREST_SHOWN if found.hits[0].passage_id in self._asked_about else QUOTES_SHOWN

    def further(self, found: Findings, vector: Vectors) -> Answer:
        """The next passages, as they come: the nearest, with no claim that they answer."""
        quotes = [self._marked(_bare(hit), vector) for hit in found.hits[:QUOTES_SHOWN]]
        return replace(self._quoting(quotes, None, None), gap=found.gap, confidence="closest")

    def _answer(
        self, found: Findings, term: Term | None, area: str | None, vector: Vectors
    ) -> Answer:
        hits = [hit for n, hit in enumerate(found.hits) if n == 0 or hit.score >= LEAST_SHARE]
        difference = self._difference(hits[:LOOKED_AT])
        if difference:
            hits.sort(key=lambda hit: hit.passage_id not in difference.sides)
        elif listed := self._whole_list(hits):
            return self._quoting(self._with_whole(listed, hits, area, vector), term, None)
        quotes = [self._marked(_bare(hit), vector) for hit in hits[:QUOTES_SHOWN]]
        return self._quoting(quotes, term, difference)

    def _with_exceptions(
        self, quotes: Sequence[Quote], area: str | None, vector: Vectors
    ) -> Iterator[Quote]:
        """Each rule with the passage below it that says when it does not hold."""
        shown = {quote.passage_id for quote in quotes}
        for quote in quotes:
            yield quote
            exception = self._relations.exceptions.get(quote.passage_id)
            if exception and exception not in shown:
                shown.add(exception)
                yield self._marked(self._library.quote(exception, area), vector)

    def _with_whole(
        self, listed: SourceList, hits: Sequence[Quote], area: str | None, vector: Vectors
    ) -> list[Quote]:
        """The list in place of its passages, then what else is to be shown."""
        together = {listed.passage_id, *listed.members}
        others = [hit for hit in hits[:QUOTES_SHOWN] if hit.passage_id not in together]
        whole = quoted_whole(listed, self._library, area)
        return [whole, *(self._marked(_bare(hit), vector) for hit in others)]

    def _quoting(
        self, quotes: Sequence[Quote], term: Term | None, difference: Difference | None
    ) -> Answer:
        return Answer(
            "answerable",
            tuple(quotes),
            term=term,
            documents=self._documents(quotes),
            difference=difference.says if difference else None,
        )

    def _documents(self, quotes: Sequence[Quote]) -> tuple[Document, ...]:
        """What the quotations are of: whose words they are is said above them."""
        return tuple(self._library.documents[each.citation.document_id] for each in quotes)

    def _list(self, found: Findings) -> SourceList | None:
        """A list that is asked for by its name."""
        question = plain(found.query)
        if not LIST_ASKED.search(question):
            return None
        for hit in found.hits[:QUOTES_SHOWN]:
            for listed in self._relations.lists_of(hit.passage_id):
                if listed.asked_for(question):
                    return listed
        return None

    def _whole_list(self, hits: Sequence[Quote]) -> SourceList | None:
        """The list that answers although nobody named it.

        It does where the best passage only opens it, which is no answer without its points, and
        where two of the passages to be shown are of one short list.
        """
        best = hits[0].passage_id
        for listed in self._relations.lists_of(best):
            if best == listed.passage_id and best not in listed.members:
                return listed
            together = {listed.passage_id, *listed.members}
            shown = sum(hit.passage_id in together for hit in hits[:QUOTES_SHOWN])
            if 1 < len(listed.items) <= SHORT_LIST and shown > 1:
                return listed
        return None

    def _difference(self, hits: Sequence[Quote]) -> Difference | None:
        found = self._relations.difference_between(frozenset(hit.passage_id for hit in hits))
        return found if found and hits[0].passage_id in found.sides else None

    def _marked(self, quote: Quote, vector: Vectors) -> Quote:
        spans = list(sentences(quote.text))
        if len(spans) < 2:
            return quote
        likeness = self._sentences[quote.passage_id] @ vector
        answering = np.flatnonzero(likeness >= likeness.max() - MARKED_WITHIN)
        return quote.model_copy(update={"marks": tuple(spans[n] for n in answering)})


def _bare(hit: Quote) -> Quote:
    return Quote(**hit.model_dump(exclude={"score"}))
