"""What a draft changes, document by document, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from filecmp import cmp
from pathlib import Path

from bot.manage.draft_difference import DraftDifference
from bot.manage.record_differences import RECORDS, record_differences
from knowledge.documents import (
    DOCUMENTS,
    FILES,
    REVIEW,
    DocumentEntry,
    PassageEntry,
    document_folders,
    read_entries,
)
from knowledge.editions.contents import content_of, is_original
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
NAMED = {
    "evaluation.jsonl": "The questions of your own to judge a publication by",
    "gaps.jsonl": "Topics that the sources do not answer",
    "out_of_scope.jsonl": "Topics outside the field",
    "glossary.yaml": "The glossary",
    "notices.yaml": "The notices beside passages",
    "data/contacts.yaml": "The contacts",
    "relations.yaml": "How passages relate to each other",
    "words.yaml": "Words that mean the same",
}
Questions = Mapping[str, tuple[str, ...]]


def differences(live: Path, draft: Path) -> list[DraftDifference]:
    """In the order of the documents' ids, and then the other files. Raises ContentError."""
    there = {each.name: each for each in document_folders(live)}
    now = {each.name: each for each in document_folders(draft)}
    asked = _questions(live), _questions(draft)
    found = [
        _of_document(document_id, there.get(document_id), now.get(document_id), *asked)
        for document_id in sorted({*there, *now})
    ]
    return [each for each in found if each.said] + list(_other_files(live, draft))


def _of_document(
    document_id: str, before: Path | None, after: Path | None, asked: Questions, asks: Questions
) -> DraftDifference:
    if after is None and before is not None:
        entry, _, passages = read_entries(before)
        gone = f"Taken out, with its {_count(len(passages), 'passage')}."
        return DraftDifference(entry.title, (gone,))
    if after is None:
        return DraftDifference("", ())
    page = f"/manage/documents/{document_id}"
    changed = (*_reviewed(before, after), *_questions_said(document_id, asked, asks))
    if before is not None and _same(before, after):
        title = read_entries(after)[0].title if changed else ""
        return DraftDifference(title, changed, page)
    entry, text, passages = read_entries(after)
    if before is None:
        new = f"New, with {_count(len(passages), 'passage')}."
        return DraftDifference(entry.title, (new, *changed), page)
    old_entry, old_text, old_passages = read_entries(before)
    said = (
        *(("The text itself is another.",) if old_text != text else ()),
        *_facts(old_entry, entry),
        *_cut(old_passages, passages),
        *_withheld(old_entry, entry),
        *changed,
    )
    return DraftDifference(entry.title, said, page)


def _reviewed(before: Path | None, after: Path) -> Iterator[str]:
    files = [side / REVIEW if side else None for side in (before, after)]
    old, new = (file.read_bytes() if file and file.exists() else b"" for file in files)
    if old != new:
        yield "What people have looked at, given to somebody or signed is noted."


def _same(before: Path, after: Path) -> bool:
    return all(cmp(before / name, after / name, shallow=False) for name in FILES)


def _facts(before: DocumentEntry, after: DocumentEntry) -> Iterator[str]:
    for key, name in FACTS.items():
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield f"{name}: “{_shown(old)}” becomes “{_shown(new)}”."


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "none")


def _cut(before: list[PassageEntry], after: list[PassageEntry]) -> Iterator[str]:
    old, new = ({each.id: each for each in side} for side in (before, after))
    for passage_id in new.keys() - old.keys():
        yield f"New passage {new[passage_id].reference}."
    for passage_id in old.keys() - new.keys():
        yield f"Passage {old[passage_id].reference} is no more."
    for passage_id in old.keys() & new.keys():
        one, other = old[passage_id], new[passage_id]
        if one.text != other.text:
            yield f"Passage {other.reference} has other words of the text."
        elif one != other:
            yield f"Passage {other.reference} is named otherwise."


def _withheld(before: DocumentEntry, after: DocumentEntry) -> Iterator[str]:
    for note in after.not_quoted:
        if note not in before.not_quoted:
            yield f"{_lines(note.lines)} not quotable: {note.why}."
    for note in before.not_quoted:
        if note not in after.not_quoted:
            yield f"{_lines(note.lines)} quotable again."


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"Line {first} is" if first == last else f"Lines {first} to {last} are"


def _questions(folder: Path) -> Questions:
    lines = (each.value for each in read_json_lines(folder / QUESTIONS))
    return {line["passage_id"]: tuple(line["questions"]) for line in lines}


def _questions_said(document_id: str, before: Questions, after: Questions) -> tuple[str, ...]:
    def of_it(asked: Questions) -> set[tuple[str, str]]:
        mine = ((p, q) for p, q in asked.items() if p.startswith(f"{document_id}."))
        return {(passage_id, each) for passage_id, questions in mine for each in questions}

    old, new = of_it(before), of_it(after)
    said = ((len(new - old), "New"), (len(old - new), "No more"))
    return tuple(f"{word}: {_count(n, 'written question')}." for n, word in said if n)


def _other_files(live: Path, draft: Path) -> Iterator[DraftDifference]:
    sides = [
        {p for p in content_of(side) if p.parts[0] not in {DOCUMENTS, QUESTIONS}}
        for side in (live, draft)
    ]
    for path in sorted(sides[0] | sides[1]):
        on_both = all(path in side for side in sides)
        if is_original(path) or (on_both and cmp(live / path, draft / path, shallow=False)):
            continue
        name = str(path)
        told = record_differences(live, draft, name) if on_both and name in RECORDS else []
        yield from told or [DraftDifference(NAMED.get(name, name), ("Changed.",))]


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
