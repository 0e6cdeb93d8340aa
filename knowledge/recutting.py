"""Cutting a document anew by hand: each step changes its passages, and never its text.

Whatever is done, every passage stays word for word what stands in its lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from knowledge.documents import (
    DOCUMENTS,
    DocumentEntry,
    NotQuoted,
    PassageEntry,
    read_entries,
    rewrite_document,
)
from knowledge.errors import ContentError, Location
from knowledge.intake import unused
from knowledge.passage_questions import rename_passage
from knowledge.sentences import sentences

Span = tuple[int, int]


@dataclass(frozen=True)
class Cut:
    """A document as its folder describes it, and how it is cut."""

    folder: Path
    entry: DocumentEntry
    text: str
    passages: tuple[PassageEntry, ...]

    @classmethod
    def read(cls, content: Path, document_id: str) -> Cut:
        """Raises ContentError where there is no such document, or with every slip in it."""
        folder = content / DOCUMENTS / document_id
        if not document_id or not folder.is_dir():
            raise _refused(f"there is no document '{document_id}' any more. Look at the list again")
        entry, text, passages = read_entries(folder)
        return cls(folder, entry, text, tuple(passages))

    def write(self) -> None:
        rewrite_document(self.folder, self.entry, self.passages)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines(keepends=True)

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate(map(len, self.lines), initial=0))

    def place(self, passage_id: str) -> int:
        """Of the passage among the others. Raises ContentError where it is not there."""
        for place, each in enumerate(self.passages):
            if each.id == passage_id:
                return place
        raise _refused(f"there is no passage '{passage_id}' any more. Look at the page again")

    def span(self, passage: PassageEntry) -> Span:
        """The characters of the text that the passage is."""
        first, last = passage.lines
        start = self._starts[first - 1]
        start = self.text.index(passage.text, start, self._starts[last])
        return start, start + len(passage.text)

    def lines_of(self, span: Span) -> tuple[int, int]:
        """The first and the last line, from 1, that the characters stand in."""
        start, end = span
        return bisect_right(self._starts, start), bisect_right(self._starts, end - 1)

    def of_lines(self, lines: tuple[int, int]) -> Span:
        return self._starts[lines[0] - 1], self._starts[lines[1]]


def cut_points(text: str) -> list[int]:
    """Where a passage can be split: each is the start of a sentence or a line after the first."""
    return [start for start, end in sentences(text) if start and text[start:end].strip()]


def split(content: Path, document_id: str, passage_id: str, at: int) -> None:
    """In two, before the character `at`, which is one of its `cut_points`. The first keeps the id
    and the questions. Raises ContentError."""
    cut = Cut.read(content, document_id)
    place = cut.place(passage_id)
    whole = cut.passages[place]
    if at not in cut_points(whole.text):
        raise _refused("a passage is split where a sentence or a line begins. Choose one of these")
    start, end = cut.span(whole)
    name = unused(f"{whole.id}-2", {each.id for each in cut.passages})
    first = _as(cut, whole, (start, start + at))
    second = _as(cut, whole, (start + at, end)).model_copy(
        update={"id": name, "reference": f"{whole.reference} part {name.rpartition('-')[2]}"}
    )
    _with(cut, place, place + 1, (first, second)).write()


def merge(content: Path, document_id: str, passage_id: str) -> None:
    """With the passage after it, and whatever stands between them. The first keeps its id, and gets
    the other's questions. Raises ContentError."""
    cut = Cut.read(content, document_id)
    place = cut.place(passage_id)
    if place + 1 == len(cut.passages):
        raise _refused("this is the last passage: there is none after it to merge it with")
    one, other = cut.passages[place : place + 2]
    (start, first_end), (second_start, end) = cut.span(one), cut.span(other)
    _check_between(cut, one, other, (first_end, second_start))
    kind = one.kind if one.kind == other.kind else "paragraph"
    merged = _as(cut, one, (start, end)).model_copy(update={"kind": kind})
    _with(cut, place, place + 2, (merged,)).write()
    rename_passage(content, other.id, one.id)


def relabel(
    content: Path, document_id: str, passage_id: str, label: str, heading: str, kind: str
) -> None:
    """What a passage is about, the heading it stands under, and what it is."""
    cut = Cut.read(content, document_id)
    place = cut.place(passage_id)
    named = {"label": " ".join(label.split()), "heading": " ".join(heading.split()) or None}
    if not named["label"] or not kind.strip():
        raise _refused("a passage needs a label: say in a few words what it is about")
    changed = cut.passages[place].model_copy(update={**named, "kind": kind.strip()})
    _with(cut, place, place + 1, (changed,)).write()


def withhold(content: Path, document_id: str, passage_ids: Collection[str], why: str) -> None:
    """Marks the passages as not quotable: they go, with their questions, and their lines say why.

    Raises ContentError where no reason is given, or no passage would be left.
    """
    cut = Cut.read(content, document_id)
    gone = [cut.passages[cut.place(each)] for each in dict.fromkeys(passage_ids)]
    if not why.strip():
        raise _refused("say why it is not quotable, for whoever looks at it later")
    left = tuple(each for each in cut.passages if each not in gone)
    if not left:
        raise _refused("no passage would be left. Retire the document instead")
    because = " ".join(why.split())
    notes = (NotQuoted(lines=each.lines, why=because) for each in gone)
    not_quoted = sorted((*cut.entry.not_quoted, *notes), key=lambda each: each.lines)
    entry = cut.entry.model_copy(update={"not_quoted": tuple(not_quoted)})
    Cut(cut.folder, entry, cut.text, left).write()
    for each in gone:
        rename_passage(content, each.id, None)


def quote_again(content: Path, document_id: str, lines: tuple[int, int]) -> None:
    """Makes passages of lines that are marked as not quotable, or that no passage holds: of each
    stretch of them that stands in none. Raises ContentError where nothing is left of them."""
    cut = Cut.read(content, document_id)
    if not 1 <= lines[0] <= lines[1] <= len(cut.lines):
        raise _refused("there are no such lines any more. Look at the page again")
    kept = tuple(each for each in cut.entry.not_quoted if each.lines != lines)
    entry = cut.entry.model_copy(update={"not_quoted": kept})
    passages = list(cut.passages)
    for span in _free(cut, cut.of_lines(lines)):
        passages.append(_new(cut, passages, span))
    if len(passages) == len(cut.passages):
        raise _refused("every word of these lines stands in a passage already")
    passages.sort(key=lambda each: cut.span(each))
    Cut(cut.folder, entry, cut.text, tuple(passages)).write()


def _as(cut: Cut, passage: PassageEntry, span: Span) -> PassageEntry:
    """The passage with other characters of the text, without the space around them."""
    trimmed = _trimmed(cut.text, span)
    changed = {"text": cut.text[slice(*trimmed)], "lines": cut.lines_of(trimmed)}
    return passage.model_copy(update=changed)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def _with(cut: Cut, first: int, last: int, instead: Sequence[PassageEntry]) -> Cut:
    passages = (*cut.passages[:first], *instead, *cut.passages[last:])
    return Cut(cut.folder, cut.entry, cut.text, passages)


def _check_between(cut: Cut, one: PassageEntry, other: PassageEntry, between: Span) -> None:
    if between[0] > between[1]:
        raise _refused("these two do not follow each other in the text, so they cannot be merged")
    if one.heading != other.heading:
        raise _refused(
            "these two stand under different headings. Give both the same heading, then merge them"
        )
    first, last = cut.lines_of(between) if between[0] < between[1] else (0, -1)
    for note in cut.entry.not_quoted:
        if note.lines[0] <= last and first <= note.lines[1] and first < note.lines[0]:
            raise _refused(
                f"lines {note.lines[0]} to {note.lines[1]} between them are marked as not quotable."
                " Make them quotable first"
            )


def _free(cut: Cut, span: Span) -> Iterator[Span]:
    """The stretches with words in them that no passage holds."""
    start, end = span
    for held in sorted(map(cut.span, cut.passages)):
        if held[1] <= start or held[0] >= end:
            continue
        yield from _worded(cut, (start, min(held[0], end)))
        start = max(start, held[1])
    yield from _worded(cut, (start, end))


def _worded(cut: Cut, span: Span) -> Iterator[Span]:
    if any(sign.isalnum() for sign in cut.text[slice(*span)]):
        yield span


def _new(cut: Cut, passages: Sequence[PassageEntry], span: Span) -> PassageEntry:
    """A passage under the heading of the one before it."""
    before = [each for each in cut.passages if cut.span(each)[0] < span[0]]
    first, _ = cut.lines_of(_trimmed(cut.text, span))
    document_id = cut.folder.name
    reference = f"line {first}"
    entry = PassageEntry(
        id=unused(f"{document_id}.line{first}", {each.id for each in passages}),
        reference=reference,
        label=reference,
        heading=before[-1].heading if before else None,
        lines=(first, first),
        kind="paragraph",
        text=cut.text[slice(*span)],
    )
    return _as(cut, entry, span)


def _refused(problem: str) -> ContentError:
    return ContentError.at(Location("the document"), problem)
