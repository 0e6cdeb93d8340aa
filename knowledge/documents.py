"""A source document: its folder, the text exactly as supplied, and the passages cut from it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from knowledge.errors import ContentError, Location, Violation
from knowledge.files import JsonSource, read_each, read_json_list, read_text
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.yaml_source import YamlSource

FOLDER = Path(__file__).resolve().parent
"""Where the content lies that is shipped."""
DOCUMENTS = "documents"
ENTRY, TEXT, PASSAGES = FILES = ("document.yaml", "text.txt", "passages.json")
REVIEW = "review.yaml"
"""What people have looked at and signed, where anybody has (`knowledge.revision.review`)."""
ORIGINAL = "original"
"""The name, without its ending, of the file that the document was imported from."""
HEAD = "# What each key means: docs/knowledge.md\n"
ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
SHA256 = re.compile(r"[0-9a-f]{64}")
NOT_READ = "this cannot be read: look for brackets that never close, or a number that is too long"

T = TypeVar("T")


def _with_words(text: str) -> str:
    """Unlike `NonEmptyText`, with the space around the words, which is the source's own."""
    if not text.strip():
        raise PydanticCustomError("string_too_short", "this is empty")
    return text


def _sha256(text: str) -> str:
    if not SHA256.fullmatch(text):
        raise ValueError("a SHA-256 is expected here: the 64 signs that `sha256sum` prints")
    return text


Verbatim = Annotated[str, AfterValidator(_with_words)]
Sha256 = Annotated[str, AfterValidator(_sha256)]
Year = Annotated[int, Field(ge=1000, le=9999)]
Line = Annotated[int, Field(ge=1)]
JsonLine = Annotated[int, Field(ge=1, strict=True)]
"""JSON can write a whole number as one: "5" and 5.0 are slips."""


class NotQuoted(Strict):
    """Lines of a source that no passage holds, and why."""

    lines: tuple[Line, Line]
    why: NonEmptyText


class HeadingLine(Strict):
    """A line of a source that is a heading. `level` is 1 for the highest."""

    line: Line
    level: Line


class Original(Strict):
    """The file that a document was imported from."""

    name: NonEmptyText
    sha256: Sha256


class DocumentEntry(Strict):
    """A document as `document.yaml` describes it. Its id is the name of the folder."""

    title: NonEmptyText
    title_supplied: bool = False
    publisher: NonEmptyText
    certainty: Literal["A", "B", "C"]
    area: NonEmptyText | None
    holds_everywhere: bool = False
    version: NonEmptyText
    year: Year | None
    sha256: Sha256
    original: Original | None = None
    imported_on: date | None = None
    supersedes: tuple[NonEmptyText, ...] = ()
    owner: NonEmptyText | None = None
    review_on: date | None = None
    headings: tuple[HeadingLine, ...] = ()
    needs_two: bool = False
    retired_passages: tuple[NonEmptyText, ...] = ()
    not_quoted: tuple[NotQuoted, ...] = ()


class PassageEntry(Strict):
    """A passage as `passages.json` cuts it. `lines`: the first and the last that it stands in."""

    id: NonEmptyText
    reference: NonEmptyText
    label: NonEmptyText
    heading: NonEmptyText | None = None
    lead_in: Verbatim | None = None
    lines: tuple[JsonLine, JsonLine]
    kind: NonEmptyText
    flags: tuple[NonEmptyText, ...] = ()
    text: Verbatim


@dataclass(frozen=True)
class Document:
    """A source document: what we know of it, and its text exactly as supplied."""

    id: str
    title: str
    publisher: str
    certainty: str
    area: str | None
    version: str
    year: int | None
    sha256: str
    text: str
    title_supplied: bool = False
    holds_everywhere: bool = False
    original: Original | None = None
    imported_on: date | None = None
    supersedes: tuple[str, ...] = ()
    owner: str | None = None
    review_on: date | None = None
    headings: tuple[HeadingLine, ...] = ()
    needs_two: bool = False
    retired_passages: tuple[str, ...] = ()
    not_quoted: tuple[NotQuoted, ...] = ()

    @property
    def local_to(self) -> str | None:
        """The one area whose text it is; None where it holds everywhere."""
        return None if self.holds_everywhere else self.area


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


@dataclass(frozen=True)
class StoredDocument:
    """What the folder of a document holds. The passages are in the order of `passages.json`."""

    document: Document
    passages: tuple[Passage, ...]

    @classmethod
    def read(cls, folder: Path, beside: Collection[str]) -> StoredDocument:
        """`beside`: the ids of all documents. Raises ContentError with every slip in this one."""
        if not folder.is_dir():
            problem = "only the folders of documents belong here; move this file out"
            raise _refusal([Violation(Location.of(folder), problem)])
        slips = _Slips(_name_problems(folder))
        text = slips.reading(folder / TEXT, _read_text)
        described = slips.reading(folder / ENTRY, read_entry)
        cut = slips.reading(folder / PASSAGES, partial(_read_passages, slips))
        if described:
            slips.found += _reference_problems(folder.name, *described, beside)
        if described:
            slips.found += _original_problems(folder, *described)
        if described and text:
            slips.found += _text_problems(*described, text)
        if cut:
            slips.found += _id_problems(folder.name, cut)
        if cut and text:
            slips.found += _passage_problems(cut, text)
        if slips.found or not (text and described and cut):
            raise _refusal(slips.found)
        document = Document(id=folder.name, text=text.whole, **dict(described[1]))
        return cls(document, tuple(_passage(folder.name, entry, text) for _, entry in cut))


def sha256_of(text: str) -> str:
    """What `document.yaml` has as `sha256`."""
    return hashlib.sha256(text.encode()).hexdigest()


def document_folders(knowledge: Path) -> list[Path]:
    """The folder of every document, in the order of their ids."""
    return [each for each in _inside(knowledge / DOCUMENTS) if each.is_dir()]


def document_files(knowledge: Path) -> list[Path]:
    """All that makes up the documents."""
    return [folder / name for folder in document_folders(knowledge) for name in FILES]


def read_document_of(knowledge: Path, document_id: str) -> Document:
    """One document. Raises ContentError where there is none, or with every slip in it."""
    return read_stored(knowledge, document_id).document


def read_stored(knowledge: Path, document_id: str) -> StoredDocument:
    """The same with its passages."""
    folder = knowledge / DOCUMENTS / document_id
    beside = {each.name for each in document_folders(knowledge)}
    if document_id not in beside:
        problem = f"there is no document '{document_id}'; `principles content list` has the ids"
        raise ContentError.at(Location.of(knowledge / DOCUMENTS), problem)
    return StoredDocument.read(folder, beside)


def read_documents(knowledge: Path) -> list[StoredDocument]:
    """In the order of their ids. Raises ContentError with every slip in all of them."""
    home = knowledge / DOCUMENTS
    if not home.is_dir() or not (paths := _inside(home)):
        problem = "there is no document here; put in the folder of one"
        raise ContentError.at(Location.of(home), problem)
    beside = {path.name for path in paths}
    return read_each(paths, lambda path: StoredDocument.read(path, beside))


def write_document(
    folder: Path, entry: DocumentEntry, text: str, passages: Sequence[PassageEntry]
) -> None:
    """A new folder, whole and as it can be read again, or nothing.

    Raises ContentError with every slip, and FileExistsError where the folder is there already.
    """
    if folder.exists():
        raise FileExistsError(f"{folder} is there already")
    with TemporaryDirectory(prefix=".", dir=folder.parent) as hidden:
        fresh = Path(hidden, folder.name)
        fresh.mkdir()
        (fresh / ENTRY).write_bytes(_as_yaml(entry).encode())
        (fresh / TEXT).write_bytes(text.encode())
        (fresh / PASSAGES).write_bytes(_as_json(passages).encode())
        StoredDocument.read(fresh, {each.name for each in _inside(folder.parent)})
        fresh.rename(folder)


def rewrite_document(folder: Path, entry: DocumentEntry, passages: Sequence[PassageEntry]) -> None:
    """What is known of a document, and its passages, anew; its text stays.

    Raises ContentError with every slip in what is then there.
    """
    (folder / ENTRY).write_bytes(_as_yaml(entry).encode())
    (folder / PASSAGES).write_bytes(_as_json(passages).encode())
    StoredDocument.read(folder, {each.name for each in _inside(folder.parent)})


def read_entries(folder: Path) -> tuple[DocumentEntry, str, list[PassageEntry]]:
    """What is known of a document, its text, and its passages, as they are written.

    Raises ContentError with every slip.
    """
    slips = _Slips(())
    text = slips.reading(folder / TEXT, _read_text)
    described = slips.reading(folder / ENTRY, read_entry)
    cut = slips.reading(folder / PASSAGES, partial(_read_passages, slips))
    if slips.found or not (text and described and cut):
        raise _refusal(slips.found)
    return described[1], text.whole, [entry for _, entry in cut]


class _Layout(yaml.SafeDumper):
    """Lists stand further in than their key, and those of words or numbers in one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def represent_sequence(
        self, tag: str, sequence: Iterable[object], flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        items = tuple(sequence)
        short = all(isinstance(each, int | str) for each in items)
        return super().represent_sequence(tag, items, flow_style=short)


def _as_yaml(entry: DocumentEntry) -> str:
    keys = entry.model_dump(exclude_defaults=True)
    return HEAD + yaml.dump(keys, Dumper=_Layout, sort_keys=False, allow_unicode=True, width=100)


def _as_json(passages: Sequence[PassageEntry]) -> str:
    entries = [each.model_dump(exclude_defaults=True) for each in passages]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


class _Slips:
    """Notes what is wrong in a document, so that the rest of it is still read."""

    def __init__(self, found: Iterable[Violation]) -> None:
        self.found = list(found)

    def reading(self, path: Path, read: Callable[[Path], T]) -> T | None:
        """What `read` makes of the file; None where it is not there, or noted as wrong."""
        try:
            return read(path) if path.is_file() else None
        except ContentError as broken:
            self.found += broken.violations
        except (ValueError, OverflowError, RecursionError):
            self.found.append(Violation(Location.of(path), NOT_READ))
        return None


class _Text:
    """The text of a document, and where its lines begin."""

    def __init__(self, whole: str, file: Path) -> None:
        self.whole = whole
        self.file = file
        self._lines = whole.splitlines(keepends=True)
        self._starts = list(accumulate(map(len, self._lines), initial=0))

    def lacks(self, lines: tuple[int, int]) -> str | None:
        """What is wrong with a range of lines, if anything is."""
        first, last = lines
        if first <= last <= len(self._lines):
            return None
        return (
            f"there are no lines {first} to {last} in {TEXT}, which has {len(self._lines)};"
            " write the first and the last, counted from 1"
        )

    def start(self, entry: PassageEntry) -> int:
        """Of the passage's first character; -1 where its lines do not hold it."""
        first, last = entry.lines
        inside = "".join(self._lines[first - 1 : last]).find(entry.text)
        return inside if inside < 0 else self._starts[first - 1] + inside


Described = tuple[YamlSource, DocumentEntry]
Cut = list[tuple[JsonSource, PassageEntry]]


def _read_text(path: Path) -> _Text:
    whole = read_text(path)
    if not whole.strip():
        problem = "the text is empty; put the document's own text here"
        raise ContentError.at(Location.of(path, 1), problem)
    return _Text(whole, path)


def read_entry(path: Path) -> Described:
    """What `document.yaml` says, with the lines that it says it in. Raises ContentError."""
    source = YamlSource.read(path)
    return source, validated(source, DocumentEntry)


def _read_passages(slips: _Slips, path: Path) -> Cut:
    """Those in the right form; the slips in the others are noted."""
    sources = list(read_json_list(path))
    if not sources:
        problem = "there is no passage here; cut the text into one or more"
        raise ContentError.at(Location.of(path, 1), problem)
    cut = []
    for source in sources:
        try:
            cut.append((source, validated(source, PassageEntry)))
        except ContentError as broken:
            slips.found += broken.violations
    return cut


def _name_problems(folder: Path) -> Iterator[Violation]:
    """What is wrong with the names of the folder and the files in it."""
    if not ID.fullmatch(folder.name):
        problem = "the name of this folder is the document's id: use a to z, 0 to 9, - and _ only"
        yield Violation(Location.of(folder), problem)
    for path in _inside(folder):
        known = path.name in (*FILES, REVIEW) or path.stem == ORIGINAL
        if not path.is_file() or not known:
            problem = f"only the files {', '.join(FILES)}, {REVIEW} and {ORIGINAL}.* belong here"
            problem += "; move this out"
            yield Violation(Location.of(path), problem)
    for name in FILES:
        if not (folder / name).is_file():
            problem = f"there is no such file; a document needs {', '.join(FILES)}"
            yield Violation(Location.of(folder / name), problem)


def _reference_problems(
    document_id: str, source: YamlSource, entry: DocumentEntry, beside: Collection[str]
) -> Iterator[Violation]:
    for number, other in enumerate(entry.supersedes):
        place = source.place_of(("supersedes", number))
        if other == document_id:
            yield Violation(place, "a document cannot supersede itself; take its id out")
        elif other not in beside:
            yield Violation(place, f"there is no document '{other}'; take it out or mend the id")


def _original_problems(
    folder: Path, source: YamlSource, entry: DocumentEntry
) -> Iterator[Violation]:
    """Where a file that is kept is not the one that the document was imported from."""
    for path in _inside(folder):
        if path.stem == ORIGINAL and path.is_file():
            with path.open("rb") as opened:
                found = hashlib.file_digest(opened, "sha256").hexdigest()
            if entry.original is None or entry.original.sha256 != found:
                problem = f"{path.name} is not the file that `original` describes; put that back"
                yield Violation(source.place_of(("original",)), problem)


def _text_problems(source: YamlSource, entry: DocumentEntry, text: _Text) -> Iterator[Violation]:
    """Where the text is not the one that is described."""
    if entry.sha256 != (found := sha256_of(text.whole)):
        yield Violation(
            source.place_of(("sha256",)),
            f"{TEXT} is no longer the text that was described. Put back the text as it came; if it"
            f" is meant to be another, write {found} here",
        )
    for number, part in enumerate(entry.not_quoted):
        if problem := text.lacks(part.lines):
            yield Violation(source.place_of(("not_quoted", number, "lines")), problem)


def _id_problems(document_id: str, cut: Cut) -> Iterator[Violation]:
    taken: set[str] = set()
    for source, entry in cut:
        if entry.id in taken:
            problem = f"the id '{entry.id}' is used twice; give each passage one of its own"
            yield Violation(source.place, problem)
        taken.add(entry.id)
        start = f"{document_id}."
        if not entry.id.startswith(start) or entry.id == start:
            problem = f"the id '{entry.id}' must begin with '{start}', as the folder is called"
            yield Violation(source.place, f"{problem}, and go on after it")


def _passage_problems(cut: Cut, text: _Text) -> Iterator[Violation]:
    """Where a passage is not word for word what the text says."""
    for source, entry in cut:
        first, last = entry.lines
        place = Location.of(text.file, first)
        if problem := text.lacks(entry.lines):
            yield Violation(source.place, f"{entry.id}: {problem}")
        elif text.start(entry) < 0:
            problem = f"lines {first} to {last} no longer contain the passage word for word"
            yield Violation(place, f"{entry.id}: {problem}; mend {PASSAGES}, or put the text back")
        if entry.lead_in and entry.lead_in not in text.whole:
            problem = "the lead-in is no longer in the source word for word"
            yield Violation(place, f"{entry.id}: {problem}; mend {PASSAGES}, or put the text back")


def _passage(document_id: str, entry: PassageEntry, text: _Text) -> Passage:
    start = text.start(entry)
    return Passage(
        id=entry.id,
        document_id=document_id,
        reference=entry.reference,
        label=entry.label,
        text=entry.text,
        start=start,
        end=start + len(entry.text),
        kind=entry.kind,
        heading=entry.heading,
        lead_in=entry.lead_in,
        flags=frozenset(entry.flags),
    )


def _inside(folder: Path) -> list[Path]:
    """What a person put there: what programs leave is hidden."""
    return sorted(each for each in folder.iterdir() if not each.name.startswith("."))


def _refusal(slips: Iterable[Violation]) -> ContentError:
    """A name that no terminal can print must not hide what is wrong."""
    return ContentError(
        *(
            Violation(Location(_printable(slip.place.file), slip.place.line), _printable(slip.text))
            for slip in slips
        )
    )


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
