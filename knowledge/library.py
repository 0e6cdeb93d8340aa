"""The sources and their passages, read from the data files and checked against each other."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from knowledge.errors import ContentError, Location
from knowledge.files import JsonSource, read_json_list, read_text
from knowledge.notices import Notices
from knowledge.quotes import Citation, Quote
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.yaml_source import YamlSource

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Document:
    """A source document: what we know of it, and its text exactly as supplied."""

    id: str
    title: str
    publisher: str
    certainty: str
    area: str | None
    version: str
    year: int
    sha256: str
    text: str
    title_supplied: bool = False
    not_quoted: tuple[NotQuoted, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A citable unit: the characters `start` to `end` of its document."""

    id: str
    document_id: str
    reference: str
    label: str
    text: str
    start: int
    end: int
    kind: str
    heading: str | None = None
    lead_in: str | None = None
    flags: frozenset[str] = frozenset()

    @property
    def anchor(self) -> str:
        return self.id.removeprefix(f"{self.document_id}.")


Line = Annotated[int, Field(ge=1)]


class NotQuoted(Strict):
    """Lines of a source that no passage holds, and why."""

    lines: tuple[Line, Line]
    why: NonEmptyText


class DocumentEntry(Strict):
    """A document as `sources.yaml` describes it."""

    id: NonEmptyText
    title: NonEmptyText
    title_supplied: bool = False
    publisher: NonEmptyText
    certainty: Literal["A", "B", "C"]
    area: str | None
    version: NonEmptyText
    year: int
    sha256: str
    not_quoted: tuple[NotQuoted, ...] = ()


class SourcesFile(Strict):
    documents: tuple[DocumentEntry, ...]


class PassageEntry(Strict):
    """A passage as `passages.json` cuts it. `lines`: the first and the last that it stands in."""

    id: NonEmptyText
    reference: NonEmptyText
    label: NonEmptyText
    text: Annotated[str, Field(min_length=1)]
    lines: tuple[Line, Line]
    kind: NonEmptyText
    heading: str | None = None
    lead_in: str | None = None
    flags: frozenset[str] = frozenset()


class Library:
    """Documents and passages by id, in the order of the sources, and the notices beside them."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        passages: Mapping[str, Passage],
        notices: Notices,
    ):
        self.documents = documents
        self.passages = passages
        self.notices = notices

    @classmethod
    def read(cls, folder: Path = FOLDER) -> Library:
        """Raises ContentError where a passage is not a verbatim part of its source."""
        documents = _read_documents(folder)
        passages = _read_passages(folder / "passages.json", documents)
        return cls(documents, passages, Notices.read(folder / "notices.yaml", passages, documents))

    @cached_property
    def order(self) -> tuple[str, ...]:
        return tuple(self.passages)

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
        )

    def quote(self, passage_id: str, area: str | None = None) -> Quote:
        """To a reader of `area`, its own text is not announced as local.

        Raises KeyError for an unknown passage.
        """
        passage = self.passages[passage_id]
        own = area is not None and self.documents[passage.document_id].area == area
        notices = self.notices.beside(passage_id, passage.document_id)
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


def _read_documents(folder: Path) -> dict[str, Document]:
    source = YamlSource.read(folder / "sources.yaml")
    documents: dict[str, Document] = {}
    for number, entry in enumerate(validated(source, SourcesFile).documents):
        if entry.id in documents:
            place = source.place_of(("documents", number, "id"))
            raise ContentError.at(place, f"the id '{entry.id}' is used twice")
        documents[entry.id] = _document(folder, entry)
    return documents


def _document(folder: Path, entry: DocumentEntry) -> Document:
    text = read_text(folder / "sources" / f"{entry.id}.txt")
    return Document(
        id=entry.id,
        title=entry.title,
        publisher=entry.publisher,
        certainty=entry.certainty,
        area=entry.area,
        version=entry.version,
        year=entry.year,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        title_supplied=entry.title_supplied,
        not_quoted=entry.not_quoted,
    )


def _read_passages(file: Path, documents: Mapping[str, Document]) -> dict[str, Passage]:
    passages: dict[str, Passage] = {}
    for source in read_json_list(file):
        entry = validated(source, PassageEntry)
        if entry.id in passages:
            raise source.error(f"the id '{entry.id}' is used twice")
        passages[entry.id] = _passage(file, source, entry, documents)
    return passages


def _passage(
    file: Path, source: JsonSource, entry: PassageEntry, documents: Mapping[str, Document]
) -> Passage:
    document_id = entry.id.partition(".")[0]
    if document_id not in documents:
        raise source.error(f"{entry.id}: there is no document '{document_id}' in sources.yaml")
    text = documents[document_id].text
    first, last = entry.lines
    lines = text.splitlines(keepends=True)
    offset = sum(len(line) for line in lines[: first - 1])
    inside = "".join(lines[first - 1 : last]).find(entry.text)
    place = Location.of(file.parent / "sources" / f"{document_id}.txt", first)
    if inside < 0:
        problem = f"lines {first} to {last} no longer contain the passage word for word"
        raise ContentError.at(place, f"{entry.id}: {problem}")
    if entry.lead_in and entry.lead_in not in text:
        problem = "the lead-in is no longer in the source word for word"
        raise ContentError.at(place, f"{entry.id}: {problem}")
    return Passage(
        id=entry.id,
        document_id=document_id,
        reference=entry.reference,
        label=entry.label,
        text=entry.text,
        start=offset + inside,
        end=offset + inside + len(entry.text),
        kind=entry.kind,
        heading=entry.heading,
        lead_in=entry.lead_in,
        flags=entry.flags,
    )
