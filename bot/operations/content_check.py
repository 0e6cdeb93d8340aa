"""Whether the content can be answered from, with all that cites it: every slip in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.content.contacts import Contacts, read_contacts
from bot.content.data_files import DataFiles
from bot.content.gap_contacts import unknown_contacts
from bot.content.phrases import read_phrases
from bot.content.safety_wording import read_safety_wording
from bot.content.translations import read_translations
from bot.flows import Flows, read_flows
from bot.flows.check import problems
from bot.induction import Programme, sound_programme
from bot.induction.reader import read_files
from bot.understanding.notices import SpokenNotices
from knowledge.documents import read_documents
from knowledge.errors import ContentError, Violation
from knowledge.evaluation_set import read_evaluation_set
from knowledge.glossary import Glossary
from knowledge.library import Library
from knowledge.notices import Notices
from knowledge.questions import Questions
from knowledge.relations import Relations
from knowledge.revision.review import read_reviews
from knowledge.words import Words

T = TypeVar("T")


@dataclass(frozen=True)
class CheckedContent:
    """What could be read, and the slips in the rest."""

    documents: int
    passages: int
    questions: int
    gaps: int
    notices: int
    flows: int
    modules: int
    own_questions: int
    slips: tuple[Violation, ...]

    def told(self) -> str:
        """The slips, one a line, each with its file and line."""
        return "\n".join(map(str, self.slips))


class _Reading:
    """Notes the slips of a part, so that the others are still read."""

    def __init__(self) -> None:
        self.slips: list[Violation] = []

    def of(self, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except ContentError as broken:
            self.slips += broken.violations
            return None


def checked_content(folder: Path, data: Path) -> CheckedContent:
    """`folder` holds an edition, `data` what was shipped beside it (`DataFiles`)."""
    files = DataFiles(data, folder)
    reading = _Reading()
    reading.of(lambda: Glossary.read(folder))
    reading.of(lambda: Words.read(folder=folder))
    phrases = reading.of(lambda: read_phrases(files.phrases))
    said = phrases.flows.model_dump() if phrases else {}
    flows = reading.of(lambda: read_flows(files.flows, said))
    contacts = (
        reading.of(lambda: read_contacts(files.contacts, phrases.contacts)) if phrases else None
    )
    reading.of(lambda: read_reviews(folder))
    library = _library(folder, reading)
    questions = reading.of(lambda: Questions.read(library, folder)) if library else None
    own = reading.of(lambda: read_evaluation_set(library, folder)) if library else None
    if library:
        reading.of(lambda: Relations.read(library, folder))
    if contacts:
        if reading.of(lambda: read_safety_wording(files.safety, contacts)):
            reading.of(lambda: read_translations(files))
        reading.slips += unknown_contacts(folder, contacts)
    if library and flows:
        programme = _cited(library, flows, contacts, files, reading)
    else:
        programme = None
        reading.of(lambda: read_files(files.induction))
    return CheckedContent(
        documents=len(library.documents) if library else 0,
        passages=len(library.passages) if library else 0,
        questions=sum(map(len, questions.answered.values())) if questions else 0,
        gaps=len(questions.gaps) if questions else 0,
        notices=len(library.notices.records) if library else 0,
        flows=len(flows) if flows else 0,
        modules=len(programme.modules) if programme else 0,
        own_questions=len(own or ()),
        slips=tuple(reading.slips),
    )


def _library(folder: Path, reading: _Reading) -> Library | None:
    """The documents, also where a notice stands beside what is not among them."""
    stored = reading.of(lambda: read_documents(folder))
    if stored is None:
        return None
    documents = {each.document.id: each.document for each in stored}
    passages = {passage.id: passage for each in stored for passage in each.passages}
    file = folder / "notices.yaml"
    notices = reading.of(lambda: Notices.read(file, passages, documents))
    return Library(documents, passages, notices or Notices(()))


def _cited(
    library: Library, flows: Flows, contacts: Contacts | None, files: DataFiles, reading: _Reading
) -> Programme | None:
    reading.slips += problems(flows, library.passages)
    if contacts:
        reading.of(
            lambda: SpokenNotices(
                files.notices,
                contacts={*contacts.local, *contacts.fixed},
                flows=flows.keys(),
                passages=library.passages,
            )
        )
    return reading.of(lambda: sound_programme(files.induction, library, flows))
