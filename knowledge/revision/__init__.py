"""A new edition of a document: what it changes, and what people have looked at since."""

from __future__ import annotations

from knowledge.revision.alignment import align, compared
from knowledge.revision.change import ChangeKind, ContextChange, PassageChange
from knowledge.revision.citation import Citation, CitationKind
from knowledge.revision.correcting import join, part
from knowledge.revision.revising import NewFacts, Revision, revise
from knowledge.revision.wording import Segment, word_differences

__all__ = [
    "ChangeKind",
    "Citation",
    "CitationKind",
    "ContextChange",
    "NewFacts",
    "PassageChange",
    "Revision",
    "Segment",
    "align",
    "compared",
    "join",
    "part",
    "revise",
    "word_differences",
]
