"""What one state of the content changes in a document of another, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from filecmp import cmp
from pathlib import Path

from bot.operations.difference import ContentDifference
from bot.operations.passage_differences import PassageDifferences, counted
from knowledge.documents import (
    FILES,
    REVIEW,
    DocumentEntry,
    PassageEntry,
    read_entries,
)
from knowledge.files import read_json_lines
from knowledge.passage_questions import QUESTIONS

FACTS = {
    "title": "Title",
    "publisher": "Publisher",
    "area": "Area",
    "version": "Version",
    "owner": "Owner",
    "review_on": "Review date",
    "needs_two": "Two people have to sign it",
}
Questions = Mapping[str, tuple[str, ...]]
Asked = frozenset[tuple[str, str]]
"""Of a passage's id and a question that is written for it."""
Written = tuple[DocumentEntry, str, list[PassageEntry]]
"""A document as its files have it, whether or not it can be answered from."""


def document_difference(
    document_id: str, before: Path | None, after: Path | None, asked: Questions, asks: Questions
) -> ContentDifference:
    """`before` and `after`: its folders; None where it is not there. `asked` and `asks`: the
    questions that are written on either side, for all documents. Raises ContentError."""
    if after is None:
        return _gone(document_id, before)
    page = f"documents/{document_id}"
    written = _asked_of(document_id, asked), _asked_of(document_id, asks)
    kept = (*_reviewed(before, after), *_questions_said(*written))
    if before is None:
        entry, _, passages = read_entries(after)
        count = counted(len(passages), "passage")
        told = f"It can be quoted now: {entry.publisher}, {entry.version}, {count}."
        said = (f"New, with {count}.", *kept)
        return ContentDifference(document_id, entry.title, said, (told,), page)
    more = tuple(_questions_told(*written))
    if all(cmp(before / name, after / name, shallow=False) for name in FILES):
        title = read_entries(after)[0].title
        return ContentDifference(document_id, title, kept, more, page)
    return _changed(document_id, read_entries(before), read_entries(after), kept, more, page)


def _gone(document_id: str, before: Path | None) -> ContentDifference:
    if before is None:
        return ContentDifference(document_id, "", ())
    entry, _, passages = read_entries(before)
    gone = f"Taken out, with its {counted(len(passages), 'passage')}."
    return ContentDifference(document_id, entry.title, (gone,), ("It is no longer quoted.",))


def _changed(
    document_id: str,
    before: Written,
    after: Written,
    kept: tuple[str, ...],
    more: tuple[str, ...],
    page: str,
) -> ContentDifference:
    (was, old_text, old), (entry, text, new) = before, after
    passages = PassageDifferences.of(document_id, old, new)
    one_by_one = tuple(passages.said())
    outside = old_text != text and not one_by_one
    return ContentDifference(
        document_id,
        entry.title,
        (
            *_facts(was, entry),
            *one_by_one,
            *(("Words that no passage holds have changed.",) if outside else ()),
            *_withheld(was, entry, same_lines=old_text == text),
            *kept,
        ),
        (*_facts_told(was, entry), *passages.told(), *more),
        page,
        counted=passages.counted,
    )


def _reviewed(before: Path | None, after: Path) -> Iterator[str]:
    files = [side / REVIEW if side else None for side in (before, after)]
    old, new = (file.read_bytes() if file and file.exists() else b"" for file in files)
    if old != new:
        yield "What people have looked at, given to somebody or signed is noted."


def _facts(before: DocumentEntry, after: DocumentEntry) -> Iterator[str]:
    for key, name in FACTS.items():
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield f"{name}: “{_shown(old)}” becomes “{_shown(new)}”."
    if before.supersedes != after.supersedes:
        yield "Which documents it takes the place of has changed."


def _facts_told(before: DocumentEntry, after: DocumentEntry) -> Iterator[str]:
    if before.version != after.version:
        yield f"It is the edition “{after.version}” now, in place of “{before.version}”."
    if before.title != after.title:
        yield f"It was called “{before.title}” before."
    if before.publisher != after.publisher:
        yield f"Its publisher is given as {after.publisher} now."
    if before.area != after.area:
        yield f"It is for {after.area.capitalize() if after.area else 'every area'} now."
    if before.supersedes != after.supersedes:
        yield "Which older documents it takes the place of has changed."


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "none")


def _withheld(before: DocumentEntry, after: DocumentEntry, *, same_lines: bool) -> Iterator[str]:
    """In another text the same words stand in other lines."""
    if not same_lines:
        if len(before.not_quoted) != len(after.not_quoted):
            count = counted(len(after.not_quoted), "part")
            yield f"Not quotable: {count} of the text, {len(before.not_quoted)} before."
        return
    for note in after.not_quoted:
        if note not in before.not_quoted:
            yield f"{_lines(note.lines)} not quotable: {note.why}."
    for note in before.not_quoted:
        if note not in after.not_quoted:
            yield f"{_lines(note.lines)} quotable again."


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"Line {first} is" if first == last else f"Lines {first} to {last} are"


def questions_in(folder: Path) -> Questions:
    """By their passage's id; none where the folder holds only what differs, and these do not."""
    file = folder / QUESTIONS
    lines = (each.value for each in read_json_lines(file)) if file.exists() else ()
    return {line["passage_id"]: tuple(line["questions"]) for line in lines}


def _asked_of(document_id: str, asked: Questions) -> Asked:
    mine = ((p, q) for p, q in asked.items() if p.startswith(f"{document_id}."))
    return frozenset((passage_id, each) for passage_id, questions in mine for each in questions)


def _questions_said(old: Asked, new: Asked) -> Iterator[str]:
    for number, word in ((len(new - old), "New"), (len(old - new), "No more")):
        if number:
            yield f"{word}: {counted(number, 'written question')}."


def _questions_told(old: Asked, new: Asked) -> Iterator[str]:
    if count := len(new - old):
        yield f"{counted(count, 'more question')} lead{'s' if count == 1 else ''} to it."
    if count := len(old - new):
        verb = "leads" if count == 1 else "lead"
        yield f"{counted(count, 'question')} no longer {verb} to it."
