"""The sources and their passages, read from the data files and checked against each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.files import entry_of, read_yaml
from knowledge.notices import Notices
from knowledge.quotes import Citation, Quote

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
    not_quoted: tuple[tuple[int, int], ...] = ()


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
        """Raises KnowledgeError where a passage is not a verbatim part of its source."""
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
    file = folder / "sources.yaml"
    documents: dict[str, Document] = {}
    with entry_of(file):
        entries = read_yaml(file)["documents"]
    for number, entry in enumerate(entries, start=1):
        with entry_of(file, f"entry {number}"):
            if entry["id"] in documents:
                raise KnowledgeError(file, "this id is used twice", id=entry["id"])
            documents[entry["id"]] = _document(folder, entry)
    return documents


def _document(folder: Path, entry: dict[str, Any]) -> Document:
    source = folder / "sources" / f"{entry['id']}.txt"
    if not source.exists():
        raise KnowledgeError(source, "the source file is missing", id=entry["id"])
    raw = source.read_bytes()
    skipped = tuple(tuple(part["lines"]) for part in entry.pop("not_quoted", ()))
    return Document(
        **entry | {"sha256": hashlib.sha256(raw).hexdigest()},
        text=raw.decode("utf-8"),
        not_quoted=skipped,
    )


def _read_passages(file: Path, documents: Mapping[str, Document]) -> dict[str, Passage]:
    passages: dict[str, Passage] = {}
    for entry in json.loads(file.read_text(encoding="utf-8")):
        if entry["id"] in passages:
            raise KnowledgeError(file, "this id is used twice", id=entry["id"])
        passages[entry["id"]] = _passage(file, entry, documents)
    return passages


def _passage(file: Path, entry: dict[str, Any], documents: Mapping[str, Document]) -> Passage:
    document_id = entry["id"].partition(".")[0]
    if document_id not in documents:
        raise KnowledgeError(file, f"there is no document {document_id}", id=entry["id"])
    text = documents[document_id].text
    first, last = entry["lines"]
    lines = text.splitlines(keepends=True)
    offset = sum(len(line) for line in lines[: first - 1])
    window = "".join(lines[first - 1 : last])
    inside = window.find(entry["text"])
    source = file.parent / "sources" / f"{document_id}.txt"
    if inside < 0:
        problem = f"lines {first} to {last} no longer contain the passage word for word"
        raise KnowledgeError(source, problem, line=first, id=entry["id"])
    if entry.get("lead_in", "") not in text:
        problem = "the lead-in is no longer in the source word for word"
        raise KnowledgeError(source, problem, line=first, id=entry["id"])
    return Passage(
        id=entry["id"],
        document_id=document_id,
        reference=entry["reference"],
        label=entry["label"],
        text=entry["text"],
        start=offset + inside,
        end=offset + inside + len(entry["text"]),
        kind=entry["kind"],
        heading=entry.get("heading"),
        lead_in=entry.get("lead_in"),
        flags=frozenset(entry.get("flags", ())),
    )
