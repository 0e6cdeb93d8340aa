"""What a search finds and what a reply needs of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.documents import Document
from knowledge.glossary import Term
from knowledge.quotes import Quote, ScoredQuote

Verdict = Literal["answerable", "not_in_sources", "out_of_scope"]
Confidence = Literal["answers", "closest"]


@dataclass(frozen=True)
class Gap:
    """A topic that people ask about and the sources do not answer.

    `ask`: whom to ask, by their names in the contacts. `ask_by_name`: others, who are no contact.
    """

    id: str
    topic: str
    reason: str
    ask: tuple[str, ...]
    ask_by_name: tuple[str, ...] = ()

    @property
    def whom(self) -> tuple[str, ...]:
        """The contacts first: a number stands beside them."""
        return (*self.ask, *self.ask_by_name)


@dataclass(frozen=True)
class Findings:
    """The passages nearest a question, best first, and whether they answer it. `is_written`: it is
    written for the gap, in the same words. `elsewhere`: what is not answered outside the one area
    whose document the first passage is from."""

    query: str
    verdict: Verdict
    hits: tuple[ScoredQuote, ...]
    gap: Gap | None = None
    confidence: Confidence = "answers"
    is_written: bool = False
    elsewhere: Gap | None = None


@dataclass(frozen=True)
class Answer:
    """What a reply needs. `quotes` answer; `related` are only shown as related.

    `term` is the word of art that was asked about. `documents`: those that the quotes are from, in
    that order. `difference`: where the sources differ, in words of ours. `confidence`: whether the
    quotes are claimed to answer, or are the nearest that there are; then `gap` names whom to ask.
    `elsewhere` as in `Findings`. `not_held`: the place whose source was asked for, where there is
    none of it.
    """

    verdict: Verdict
    quotes: tuple[Quote, ...] = ()
    related: tuple[Quote, ...] = ()
    gap: Gap | None = None
    term: Term | None = None
    documents: tuple[Document, ...] = ()
    difference: str | None = None
    confidence: Confidence = "answers"
    elsewhere: Gap | None = None
    not_held: str | None = None
