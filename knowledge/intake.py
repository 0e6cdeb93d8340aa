"""An imported document as a folder of the content: its id, its passages and its original file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from unicodedata import combining, normalize

from knowledge.documents import (
    DOCUMENTS,
    ORIGINAL,
    DocumentEntry,
    HeadingLine,
    NotQuoted,
    Original,
    PassageEntry,
    sha256_of,
    write_document,
)
from knowledge.editions.troubles import told_plainly
from knowledge.errors import ContentError, Location
from knowledge.importing import ImportedDocument, ProposedPassage

NO_PUBLISHER = "publisher not given"
NO_VERSION = "version not given"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
WORD = re.compile(r"\w+")
HIGHEST_ID = 999
FEWEST_WORDS = 2


@dataclass(frozen=True)
class GivenFacts:
    """What whoever imports a document says of it. `title`: in place of the document's own.
    `holds_everywhere`: although it has an area, its text is not one area's alone."""

    title: str | None = None
    publisher: str | None = None
    area: str | None = None
    version: str | None = None
    supersedes: tuple[str, ...] = ()
    holds_everywhere: bool = False


def take_in(
    content: Path,
    file: Path,
    imported: ImportedDocument,
    given: GivenFacts,
    today: date,
    taken: Iterable[str],
) -> str:
    """Puts the document that was read from `file` into the folder of the content; gives its id.

    `taken`: the ids that documents have or once had. A link or a flow that still names one must
    never lead to another document.

    Raises ContentError where what would be written could not be read again, or not be written.
    """
    documents = content / DOCUMENTS
    with told_plainly(documents):
        _check_there(given.supersedes, documents)
        document_id = next_id(taken, documents)
        entry = entry_of(file, imported, given, today)
        folder = documents / document_id
        write_document(folder, entry, imported.text, list(passages_of(document_id, imported)))
        shutil.copyfile(file, folder / original_name(file))
    return document_id


def _check_there(supersedes: Iterable[str], documents: Path) -> None:
    for other in supersedes:
        if not (documents / other).is_dir():
            problem = f"there is no document '{other}' to supersede; name one that is there"
            raise ContentError.at(Location.of(documents), problem)


def next_id(taken: Iterable[str], documents: Path) -> str:
    """The one after the highest of those that are taken. Raises ContentError after the last."""
    numbers = [int(name) for name in taken if re.fullmatch(r"[0-9]{3}", name)]
    number = max(numbers, default=-1) + 1
    if number > HIGHEST_ID:
        problem = (
            f"the id {HIGHEST_ID} was given, and none is after it; add the document by hand, under"
            " an id with a letter in it"
        )
        raise ContentError.at(Location.of(documents), problem)
    return f"{number:03}"


def entry_of(
    file: Path, imported: ImportedDocument, given: GivenFacts, today: date
) -> DocumentEntry:
    version = _words(given.version)
    year = YEAR.search(version or "")
    publisher = _words(given.publisher)
    stands_there = publisher is not None and stands_in(imported.text, publisher)
    return DocumentEntry(
        title=_words(given.title) or imported.title,
        title_supplied=_words(given.title) not in (None, imported.title),
        publisher=publisher or NO_PUBLISHER,
        certainty="A" if stands_there else "C",
        area=area_of(given.area),
        holds_everywhere=given.holds_everywhere,
        version=version or NO_VERSION,
        year=int(year[0]) if year else None,
        sha256=sha256_of(imported.text),
        original=Original(name=original_name(file), sha256=imported.sha256),
        imported_on=today,
        supersedes=given.supersedes,
        headings=tuple(HeadingLine(line=e.line, level=e.level) for e in imported.headings),
        not_quoted=tuple(NotQuoted(lines=each.lines, why=each.why) for each in imported.furniture),
    )


def original_name(file: Path) -> str:
    """Only the ending is kept: a file's name may name a person."""
    return f"{ORIGINAL}{file.suffix.lower()}"


def area_of(name: str | None) -> str | None:
    """In small letters, as a person chooses it: "East Sussex" is east-sussex.

    Raises ContentError where nothing is left of the name.
    """
    if name is None:
        return None
    letters = (each for each in normalize("NFKD", name) if not combining(each))
    slug = re.sub(r"[^a-z0-9]+", "-", "".join(letters).lower()).strip("-")
    if not slug:
        problem = f"'{name}' has no letter from a to z and no digit; give the area's name with some"
        raise ContentError.at(Location("area"), problem)
    return slug


def stands_in(text: str, publisher: str) -> bool:
    """As whole words, two or more: a short name stands in many a longer word or sentence."""
    words = WORD.findall(publisher.casefold())
    said = " ".join(WORD.findall(text.casefold()))
    return len(words) >= FEWEST_WORDS and f" {' '.join(words)} " in f" {said} "


def passages_of(document_id: str, imported: ImportedDocument) -> Iterator[PassageEntry]:
    """Each under the document's own number, or its place in the document where it has none."""
    taken: set[str] = set()
    for place, passage in enumerate(imported.passages, start=1):
        name = unused(anchor_of(passage, place), taken)
        taken.add(name)
        reference = reference_of(passage, place)
        yield PassageEntry(
            id=f"{document_id}.{name}",
            reference=reference,
            label=label_of(passage, reference),
            heading=passage.heading or None,
            lead_in=passage.lead_in or None,
            lines=passage.lines,
            kind=passage.kind,
            text=passage.text,
        )


def reference_of(passage: ProposedPassage, place: int) -> str:
    """As it is cited: the document's own number, or its place in the document, from 1."""
    return passage.reference or f"¶ {place}"


def label_of(passage: ProposedPassage, reference: str) -> str:
    return _words(passage.label) or _words(passage.heading) or reference


def anchor_of(passage: ProposedPassage, place: int) -> str:
    """The reference as it may stand in an address: "4.2 (a)" is 4.2.a."""
    return re.sub(r"[^A-Za-z0-9]+", ".", passage.reference or "").strip(".") or f"p{place}"


def unused(name: str, taken: Collection[str]) -> str:
    if name not in taken:
        return name
    return next(other for number in count(2) if (other := f"{name}-{number}") not in taken)


def _words(text: str | None) -> str | None:
    """Raises ContentError for what a terminal gave in another code."""
    try:
        (text or "").encode()
    except UnicodeEncodeError as broken:
        problem = "a letter here is in another code than UTF-8; write it again"
        place = Location(f"'{broken.object.encode('utf-8', 'replace').decode()}'")
        raise ContentError.at(place, problem) from None
    return " ".join((text or "").split()) or None
