"""What one state of the content changes in a document of another, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.operations.counted import counted
from bot.operations.difference import Became, ContentDifference
from bot.operations.passage_differences import PassageDifferences
from bot.operations.question_differences import (
    Questions,
    asked_of,
    questions_said,
)
from knowledge.areas import area_name
from knowledge.documents import (
    FILES,
    REVIEW,
    DocumentEntry,
    PassageEntry,
    read_entries,
)
from knowledge.editions.contents import is_same
from knowledge.revision.review import Review, read_review

FACTS = {
    "title": "Title",
    "publisher": "Publisher",
    "area": "Area",
    "holds_everywhere": "Its text holds everywhere",
    "version": "Version",
    "owner": "Owner",
    "review_on": "Review date",
    "needs_two": "Two people have to sign it",
}
NOTED = "What people have looked at, given to somebody or signed is noted."
TO_REREAD = (
    "place that cites it is to be read again: it cited something else before.",
    "places that cite it are to be read again: they cited something else before.",
)
QUOTED_NOW, QUOTED_AGAIN = "It can be quoted now", "It is quoted again"
NEW, BACK = "New", "Back, as it was there before"
Written = tuple[DocumentEntry, str, list[PassageEntry]]
"""A document as its files have it, whether or not it can be answered from."""


def document_difference(
    document_id: str, before: Path | None, after: Path | None, asked: Questions, asks: Questions
) -> ContentDifference:
    """`before` and `after`: its folders; None where it is not there. `asked` and `asks`: the
    questions that are written on either side, for all documents. Raises ContentError."""
    if after is None:
        return _gone(document_id, before, asked)
    page = f"documents/{document_id}"
    written = asked_of(document_id, asked), asked_of(document_id, asks)
    kept = (*_reviewed(before, after), *questions_said(*written))
    if before is None:
        entry, _, passages = read_entries(after)
        count = counted(len(passages), "passage")
        told = f"{QUOTED_NOW}: {entry.publisher}, {entry.version}, {count}."
        said = (f"{NEW}, with {count}.", *kept)
        return ContentDifference(
            document_id, entry.title, said, (told,), page, sort="document", became="new"
        )
    if all(is_same(before / name, after / name) for name in FILES):
        title = read_entries(after)[0].title
        return ContentDifference(document_id, title, kept, page=page, sort="document")
    return _changed(document_id, read_entries(before), read_entries(after), kept, page)


def quoted_again(new: ContentDifference) -> ContentDifference:
    """The same of a new document, where an earlier state had it."""
    told = (each.replace(QUOTED_NOW, QUOTED_AGAIN, 1) for each in new.told)
    first, *more = new.said
    said = (first.replace(NEW, BACK, 1), *more)
    return replace(new, said=said, told=tuple(told), became="back")


def _gone(document_id: str, before: Path | None, asked: Questions) -> ContentDifference:
    if before is None:
        return ContentDifference(document_id, "", ())
    entry, _, passages = read_entries(before)
    questions = questions_said(asked_of(document_id, asked), frozenset())
    return ContentDifference(
        document_id,
        entry.title,
        (f"Retired, with its {counted(len(passages), 'passage')}.", *questions),
        ("Retired: it is no longer quoted.",),
        sort="document",
        became="gone",
    )


def _changed(
    document_id: str,
    before: Written,
    after: Written,
    kept: tuple[str, ...],
    page: str,
) -> ContentDifference:
    (was, old_text, old), (entry, text, new) = before, after
    passages = PassageDifferences.of(document_id, old, new)
    one_by_one = tuple(passages.said())
    outside = old_text != text and not one_by_one
    became: Became = "changed" if was.version == entry.version else "new_edition"
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
        (*_facts_told(was, entry), *passages.told()),
        page,
        sort="document",
        became=became,
        counted=passages.counted,
        reworded=passages.reworded,
    )


def _reviewed(before: Path | None, after: Path) -> Iterator[str]:
    files = [side / REVIEW if side else None for side in (before, after)]
    old, new = (file.read_bytes() if file and file.exists() else b"" for file in files)
    if old == new:
        return
    was, now = (_review_in(side) for side in (before, after))
    opened = {
        (each.place, each.cited)
        for each in now.places
        if each.once_cited and not each.accepted and each not in was.places
    }
    if opened:
        count = len({place for place, _ in opened})
        yield counted(count, *TO_REREAD)
    if _but(opened, was) != _but(opened, now) or not opened:
        yield NOTED


def _review_in(document: Path | None) -> Review:
    """`document`: its folder."""
    return read_review(document.parent.parent, document.name) if document else Review()


def _but(places: Set[tuple[str, str]], review: Review) -> Review:
    """Without these."""
    kept = (each for each in review.places if (each.place, each.cited) not in places)
    return review.model_copy(update={"places": tuple(kept)})


def _facts(before: DocumentEntry, after: DocumentEntry) -> Iterator[str]:
    for key, name in FACTS.items():
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield f"{name}: “{_shown(old)}” becomes “{_shown(new)}”."
    if before.supersedes != after.supersedes:
        yield "Which documents it takes the place of has changed."


def _facts_told(before: DocumentEntry, after: DocumentEntry) -> Iterator[str]:
    if before.version != after.version:
        yield f"New edition: “{after.version}”, in place of “{before.version}”."
    if before.title != after.title:
        yield f"It was called “{before.title}” before."
    if before.publisher != after.publisher:
        yield f"Its publisher is given as {after.publisher} now."
    if before.area != after.area:
        yield f"It is for {area_name(after.area) if after.area else 'every area'} now."
    if after.area and before.holds_everywhere != after.holds_everywhere:
        where = "everywhere" if after.holds_everywhere else f"for {area_name(after.area)}"
        yield f"It is said to hold {where} now."
    if before.supersedes != after.supersedes:
        yield "Which older documents it takes the place of has changed."


def _shown(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return f"{value:%-d %B %Y}"
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
