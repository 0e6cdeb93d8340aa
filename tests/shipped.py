"""What is shipped, read once for all tests, and the parts that are made of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from bot.content.contacts import read_contacts
from bot.content.data_files import DataFiles
from bot.content.phrases import read_phrases
from bot.content.safety_wording import read_privacy_wording, read_safety_wording
from bot.content.translations import read_translations
from bot.flows import read_flows
from bot.induction import read_programme
from bot.induction.lessons import Lessons
from bot.record import RecordRenderer
from bot.record.contents import RecordDocument
from bot.rendering.answers import AnswerRenderer
from bot.rendering.flows import FlowRenderer
from bot.rendering.plain_text import PlainText
from bot.rendering.readings import OtherReadings
from bot.rendering.safety import SafetyRenderer
from bot.settings import HOME
from bot.understanding.documents import DocumentReader
from bot.understanding.notices import SpokenNotices
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from knowledge import Answer, Library
from knowledge.naming import DocumentNames
from knowledge.quotes import Quote
from knowledge.relations import Relations

DATA = HOME / "data"
SAFETY = DATA / "safety"
LIBRARY = Library.read()
RELATIONS = Relations.read(LIBRARY)
DOCUMENTS = DocumentReader(LIBRARY, RELATIONS)
NAMES = DocumentNames(LIBRARY.documents.values())
PHRASES = read_phrases(DATA / "phrases.yaml")
CONTACTS = read_contacts(DATA / "contacts.yaml", PHRASES.contacts)
FLOWS = read_flows(DATA / "flows", PHRASES.flows.model_dump())
NOTICES = SpokenNotices(
    DATA / "notices.yaml",
    contacts={*CONTACTS.local, *CONTACTS.fixed},
    flows=FLOWS.keys(),
    passages=LIBRARY.passages,
)
PLAIN_TEXT = PlainText(PHRASES.quotations)
FLOW_RENDERER = FlowRenderer(FLOWS, LIBRARY.quote, PLAIN_TEXT)
ANSWERS = AnswerRenderer(FLOWS, CONTACTS, PHRASES, PLAIN_TEXT)
READINGS = OtherReadings(FLOWS, PHRASES.replies.did_you_mean)
TRANSLATIONS = read_translations(DataFiles(DATA))
SAFETY_RENDERER = SafetyRenderer(
    read_safety_wording(SAFETY, CONTACTS),
    read_privacy_wording(SAFETY, PLACEHOLDERS),
    CONTACTS,
    TRANSLATIONS,
)
RECORD_RENDERER = RecordRenderer(RecordDocument(PHRASES.record, PHRASES.outcomes, PLAIN_TEXT))
LESSONS = Lessons.of(read_programme(DATA / "induction"), FLOWS, LIBRARY.quote, PHRASES)


class NoMeaning:
    """An encoder to which no two texts are alike."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros((len(texts), 384), dtype=np.float32)

    def query(self, text: str) -> NDArray[np.float32]:
        return np.zeros(384, dtype=np.float32)

    def read(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.zeros((len(texts), 384), dtype=np.float32)


class NoOpinion:
    """Heads that find no option meant."""

    def meant(self, vectors: NDArray[np.float32]) -> list[float]:
        return [0.0 for _ in vectors]


@dataclass
class Finds:
    """Knowledge that finds what the test says, and notes what it was asked, and of which
    documents first."""

    found: Answer
    asked: list[tuple[str, str | None, Sequence[str]]] = field(default_factory=list)
    named: list[Sequence[str]] = field(default_factory=list)
    encoder: NoMeaning = field(default_factory=NoMeaning)
    heads: NoOpinion = field(default_factory=NoOpinion)
    flows: dict[str, float] = field(default_factory=dict)
    quote: Callable[..., Quote] = LIBRARY.quote
    library: Library = LIBRARY
    relations: Relations = RELATIONS
    written: frozenset[str] = frozenset()

    def answer(
        self,
        query: str,
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
    ) -> Answer:
        self.asked.append((query, area, context))
        self.named.append(documents)
        return self.found

    def further(
        self,
        query: str,
        seen: Collection[str],
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
    ) -> Answer | None:
        """What is found, without what was seen."""
        self.named.append(documents)
        quotes = tuple(each for each in self.found.quotes if each.passage_id not in seen)
        return replace(self.found, quotes=quotes) if quotes else None

    def tasks(self, text: str, earlier: Sequence[str]) -> dict[str, float]:
        return self.flows

    def is_written(self, text: str) -> bool:
        return text in self.written

    def documents_named(self, text: str, also: Collection[str] = ()) -> tuple[str, ...]:
        return tuple(sorted({*NAMES(text), *also}))


def undated(*ids: str) -> Library:
    """What is shipped, with these documents without a year."""
    documents = {
        document.id: replace(document, year=None) if document.id in ids else document
        for document in LIBRARY.documents.values()
    }
    return Library(documents, LIBRARY.passages, LIBRARY.notices)


def answered(*passages: str) -> Answer:
    """What is found where these passages answer."""
    quotes = tuple(map(LIBRARY.quote, passages))
    documents = tuple(LIBRARY.documents[quote.citation.document_id] for quote in quotes)
    return Answer("answerable", quotes, documents=documents)
