"""A search that touches no conversation, with the same checks that a turn has."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Generic, TypeVar

import structlog
from anyio.to_thread import run_sync

from bot.conversation.kill_switch import KillSwitch
from bot.errors import Refusal
from bot.messages import SafetyMessage
from bot.rendering.safety import SafetyRenderer
from bot.understanding.references import PassageReferences
from bot.understanding.screening import ScreenedMessage, Screener, UserMessage
from bot.understanding.source_spelling import SourceSpelling
from knowledge import Knowledge
from knowledge.comparing import DocumentSays
from knowledge.encoder import EncoderFailed
from knowledge.findings import Findings
from knowledge.quotes import Notice, Quote

log = structlog.get_logger()

T = TypeVar("T")
Area = Callable[[], str | None]
Documents = tuple[str, ...]
PLACES_SHOWN = 20
"""Of a long manual's chapter, as many passages as one page bears."""


@dataclass(frozen=True)
class Screened(Generic[T]):
    """`safety` is shown before what was `found`, or, where it interrupts, in its place."""

    found: T | None
    safety: SafetyMessage | None


@dataclass(frozen=True)
class SourcesLookup:
    """`query` is what was searched for, redacted, and `also` the words of the sources that were
    searched for as well, since nobody knows what was typed."""

    query: str
    also: tuple[str, ...]

    @property
    def searched(self) -> str:
        return " ".join((self.query, *self.also))


@dataclass(frozen=True)
class SourcesFound(SourcesLookup):
    """What a reader of the sources is shown. `places`: the passages at the place that was named;
    where it names nothing else, there are no `findings`."""

    places: tuple[Quote, ...]
    findings: Findings | None = None


@dataclass(frozen=True)
class SourcesCompared(SourcesLookup):
    """What each document says nearest to a topic."""

    documents: tuple[DocumentSays, ...]

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Those beside the passages, each once."""
        quotes = (quote for says in self.documents for quote in says.quotes)
        return tuple(dict.fromkeys(notice for quote in quotes for notice in quote.notices))


@dataclass(frozen=True)
class ScreenedSearch:
    knowledge: Knowledge
    screener: Screener
    safety: SafetyRenderer
    kill_switch: KillSwitch

    @cached_property
    def references(self) -> PassageReferences:
        return PassageReferences(self.knowledge.library)

    @cached_property
    def spelling(self) -> SourceSpelling:
        return SourceSpelling(self.knowledge.library)

    async def danger(self, typed: str, *, client: str) -> SafetyMessage | None:
        """What must be said first, whoever asks."""
        return self._first(await self.screener.screen(UserMessage(typed, client=client)))

    async def find(self, typed: str, *, client: str, k: int, area: Area) -> Screened[Findings]:
        """What is found for the redacted text, and what must be said first.

        `area` is asked for once the text is read. Raises a Refusal, as `area` may: text not
        acceptable, too often, switched off.
        """

        def look(query: str, documents: Documents, where: str | None) -> Findings:
            return self.knowledge.search(query, k, where, documents=documents)

        return await self._looked(typed, client, area, look)

    async def find_in_sources(
        self, typed: str, *, client: str, k: int, area: Area
    ) -> Screened[SourcesFound]:
        """The same for whoever reads the sources: by the place that is named, too, and with
        misspelt words read as those of the sources. Raises a Refusal as `find` does."""

        def look(query: str, documents: Documents, where: str | None) -> SourcesFound:
            text, also = self._respelt(query)
            places = self.references(text, documents)[:PLACES_SHOWN]
            quotes = tuple(self.knowledge.quote(each, where) for each in places)
            if places and self.references.is_only_place(text):
                return SourcesFound(query, also, quotes)
            findings = self.knowledge.search(text, k, where, documents=documents)
            return SourcesFound(query, also, quotes, _without(findings, places))

        return await self._looked(typed, client, area, look)

    async def compare(self, typed: str, *, client: str, area: Area) -> Screened[SourcesCompared]:
        """What each document says nearest to a topic. Raises a Refusal as `find` does."""

        def look(query: str, _: Documents, where: str | None) -> SourcesCompared:
            text, also = self._respelt(query)
            return SourcesCompared(query, also, self.knowledge.compare(text, area=where))

        return await self._looked(typed, client, area, look)

    async def _looked(
        self,
        typed: str,
        client: str,
        area: Area,
        look: Callable[[str, Documents, str | None], T],
    ) -> Screened[T]:
        """`look` gets the redacted text and the documents that it names, in a thread."""
        screened = await self.screener.screen(UserMessage(typed, client=client))
        first = self._first(screened)
        if first and (first.interrupts or screened.refusal or self.kill_switch.reason):
            return Screened(None, first)
        if screened.refusal:
            raise screened.refusal
        self.kill_switch.check()
        where = area()

        def looked() -> T:
            query, documents = self._read(screened)
            return look(query, documents, where)

        try:
            return Screened(await run_sync(looked), first)
        except EncoderFailed:
            log.error("encoder.failed")
            if first is None:
                raise Refusal("encoder-failed", retry_after_s=30) from None
            return Screened(None, first)

    def _respelt(self, query: str) -> tuple[str, tuple[str, ...]]:
        """A word that nobody knows stands in no source: nothing is lost by reading another."""
        respelt = self.spelling(query)
        return (respelt.text, respelt.instead) if respelt.instead else (query, ())

    def _read(self, screened: ScreenedMessage) -> tuple[str, Documents]:
        screened = screened.with_places(self.knowledge.library.names.is_area)
        query = screened.redaction.text if screened.redaction else ""
        named = self.knowledge.documents_named
        return query, named(query, screened.documents_taken_out(named))

    def _first(self, screened: ScreenedMessage) -> SafetyMessage | None:
        return self.safety.first(screened.alert) if screened.alert else None


def _without(found: Findings, passage_ids: Collection[str]) -> Findings:
    return replace(
        found, hits=tuple(each for each in found.hits if each.passage_id not in passage_ids)
    )
