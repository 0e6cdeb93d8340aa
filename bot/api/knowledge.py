"""The sources, to search and to read, without touching a conversation."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from bot.api.areas import known_area
from bot.api.authentication import Client, ContainerDep
from bot.api.problems import not_found, problem_responses
from bot.messages import SafetyMessage
from knowledge.documents import Document, Passage
from knowledge.quotes import Quote, ScoredQuote

router = APIRouter(tags=["knowledge"])


class SearchReply(BaseModel):
    """`query` is what was searched for, personal data redacted. `safety` is set, and shown
    first, when the query speaks of danger."""

    query: str
    answerable: bool
    passages: list[ScoredQuote]
    safety: SafetyMessage | None = None


class SourceSummary(BaseModel):
    id: str
    title: str
    publisher: str
    area: str | None
    version: str
    url: str


class SourcePassage(BaseModel):
    """`start` and `end` are character offsets into the source's text."""

    id: str
    anchor: str
    reference: str
    label: str
    start: int
    end: int


class Source(SourceSummary):
    text: str
    sha256: str
    passages: list[SourcePassage]


class PassageInContext(BaseModel):
    passage: Quote
    before: Quote | None
    after: Quote | None


@router.get("/search", responses=problem_responses(422, 429, 503))
async def search(
    container: ContainerDep,
    client: Client,
    q: Annotated[str, Query(min_length=1, examples=["who keeps the chronology"])],
    k: Annotated[int, Query(ge=1, le=20)] = 5,
    area: Annotated[str | None, Query(max_length=80)] = None,
) -> SearchReply:
    screened = await container.search.find(
        q, client=client, k=k, area=partial(known_area, container, area)
    )
    findings = screened.found
    if findings is None:
        return nothing_but(screened.safety)
    return SearchReply(
        query=findings.query,
        answerable=findings.verdict == "answerable",
        passages=list(findings.hits),
        safety=screened.safety,
    )


def nothing_but(safety: SafetyMessage | None) -> SearchReply:
    return SearchReply(query="", answerable=False, passages=[], safety=safety)


@router.get("/sources")
async def list_sources(container: ContainerDep) -> list[SourceSummary]:
    return [
        SourceSummary(**_summary(document))
        for document in container.knowledge.library.documents.values()
    ]


@router.get("/sources/{document_id}", responses=problem_responses(404))
async def read_source(document_id: str, container: ContainerDep) -> Source:
    library = container.knowledge.library
    if document_id not in library.documents:
        raise not_found()
    document = library.documents[document_id]
    passages = [each for each in library.passages.values() if each.document_id == document_id]
    return Source(
        **_summary(document),
        text=document.text,
        sha256=document.sha256,
        passages=[_passage(each) for each in sorted(passages, key=lambda each: each.start)],
    )


@router.get("/passages/{passage_id}", responses=problem_responses(404))
async def read_passage(passage_id: str, container: ContainerDep) -> PassageInContext:
    library = container.knowledge.library
    if passage_id not in library.passages:
        raise not_found()
    before, after = library.around(passage_id)
    quote = container.knowledge.quote
    return PassageInContext(
        passage=quote(passage_id),
        before=quote(before) if before else None,
        after=quote(after) if after else None,
    )


def _summary(document: Document) -> dict[str, str | None]:
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "area": document.area,
        "version": document.version,
        "url": f"/sources/{document.id}",
    }


def _passage(passage: Passage) -> SourcePassage:
    return SourcePassage(
        id=passage.id,
        anchor=passage.anchor,
        reference=passage.reference,
        label=passage.label,
        start=passage.start,
        end=passage.end,
    )
