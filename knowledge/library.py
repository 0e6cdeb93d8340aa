"""All documents and passages that are quoted, with the notices beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.documents import FOLDER, Document, Passage, read_documents
from knowledge.naming import DocumentNames
from knowledge.notices import Notices, local, not_reviewed, replaced
from knowledge.quotes import Citation, Quote
from knowledge.word_for_word import WordForWord

if TYPE_CHECKING:
    from knowledge.editions import Edition

# The package hands on `Document` and `Passage` from here, and many take FOLDER.
__all__ = ["FOLDER", "Document", "Library", "Passage"]


class Library:
    """Documents and passages by id, in the order of the sources, and the notices beside them."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        passages: Mapping[str, Passage],
        notices: Notices,
        edition: Edition | None = None,
    ):
        """`edition`: the one that they were read from, where there are several."""
        self.documents = documents
        self.passages = passages
        self.notices = notices
        self.edition = edition

    @classmethod
    def read(cls, folder: Path = FOLDER) -> Library:
        """Raises ContentError with every slip in the documents, else with those of the notices."""
        stored = read_documents(folder)
        documents = {each.document.id: each.document for each in stored}
        passages = {passage.id: passage for each in stored for passage in each.passages}
        return cls(documents, passages, Notices.read(folder / "notices.yaml", passages, documents))

    def of(self, edition: Edition) -> Library:
        """The same, read from a copy of the edition: its citations carry the edition's date."""
        return Library(self.documents, self.passages, self.notices, edition)

    @cached_property
    def order(self) -> tuple[str, ...]:
        return tuple(self.passages)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas that have a document of their own."""
        return tuple(sorted({each.area for each in self.documents.values() if each.area}))

    @cached_property
    def names(self) -> DocumentNames:
        """Which documents a text names."""
        return DocumentNames(self.documents.values())

    @cached_property
    def word_for_word(self) -> WordForWord:
        """Finds passages by what is typed just as it stands in them."""
        return WordForWord(self.documents, tuple(self.passages.values()))

    @cached_property
    def superseding(self) -> Mapping[str, tuple[Document, ...]]:
        """By a document's id those that are there and supersede it."""
        found: dict[str, tuple[Document, ...]] = {}
        for document in self.documents.values():
            for other in document.supersedes:
                found[other] = (*found.get(other, ()), document)
        return found

    def citation(self, passage_id: str) -> Citation:
        passage = self.passages[passage_id]
        document = self.documents[passage.document_id]
        return Citation(
            document_id=document.id,
            title=document.title,
            publisher=document.publisher,
            area=document.area,
            version=document.version,
            reference=passage.reference,
            url=f"/sources/{document.id}#{passage.anchor}",
            edition_date=self.edition.day if self.edition else None,
        )

    def quote(self, passage_id: str, area: str | None = None) -> Quote:
        """To a reader of `area`, its own text is not announced as local.

        Raises KeyError for an unknown passage.
        """
        passage = self.passages[passage_id]
        document = self.documents[passage.document_id]
        own = area is not None and document.area == area
        today = date.today()
        written = self.notices.beside(passage_id, passage.document_id)
        notices = (
            *replaced(self.superseding.get(document.id, ()), today),
            *not_reviewed(document, today),
            *written,
            *(() if any(each.kind == "local" for each in written) else local(document, today)),
        )
        return Quote(
            passage_id=passage.id,
            text=passage.text,
            truncated_in_source="truncated" in passage.flags,
            citation=self.citation(passage_id),
            notices=tuple(n for n in notices if not (own and n.kind == "local")),
            lead_in=passage.lead_in,
        )

    def around(self, passage_id: str) -> tuple[str | None, str | None]:
        """The passages before and after in the same document."""
        place = self.order.index(passage_id)
        return self._sibling(place, -1), self._sibling(place, +1)

    def _sibling(self, place: int, step: int) -> str | None:
        if not 0 <= place + step < len(self.order):
            return None
        other = self.order[place + step]
        here = self.passages[self.order[place]]
        return other if self.passages[other].document_id == here.document_id else None
