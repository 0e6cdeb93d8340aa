"""What answers a message, and whether a quotation shows it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from knowledge.library import Library
from knowledge.quotes import Quote
from knowledge.relations import Relations
from knowledge.schema import Strict


class Gold(Strict):
    """Words of a document that answer (grade 2) or are related and acceptable (grade 1)."""

    doc: str
    quote: str
    grade: Literal[1, 2] = 2


@dataclass(frozen=True)
class GoldCheck:
    library: Library
    relations: Relations

    def hit(self, quote: Quote, gold: Iterable[Gold], passages: Iterable[str]) -> bool:
        """Whether `quote` shows any words of `gold`, or any passage that says the same as one of
        `passages`."""
        document, shown = quote.citation.document_id, one_space(_shown(quote))
        return any(each.doc == document and one_space(each.quote) in shown for each in gold) or any(
            self._shows(quote, shown, passage_id) for passage_id in passages
        )

    def _shows(self, quote: Quote, shown: str, passage_id: str) -> bool:
        """A list quoted whole has the id of its opening and shows its items as well."""
        copies = self.relations.group_of.get(passage_id, frozenset([passage_id]))
        passages = [self.library.passages[copy] for copy in copies]
        return quote.passage_id in copies or any(
            each.document_id == quote.citation.document_id and one_space(each.text) in shown
            for each in passages
        )

    def verbatim(self, quote: Quote) -> bool:
        """Whether the source holds these words, and the citation leads to it."""
        document = self.library.documents.get(quote.citation.document_id)
        return (
            document is not None
            and quote.passage_id in self.library.passages
            and quote.text in document.text
        )


def one_space(text: str) -> str:
    """Every run of white space as one space, no-break spaces too."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _shown(quote: Quote) -> str:
    return f"{quote.lead_in or ''} {quote.text}"
