"""What one state of the content changes in another, in plain words: for those who edit it, and for
those who read what the assistant says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from bot.operations.difference import ContentDifference, Titles
from bot.operations.question_differences import (
    Questions,
    asked_of,
    own_differences,
    questions_said,
    questions_told,
    read_questions,
)
from bot.operations.record_differences import contact_differences, notice_differences
from knowledge.documents import (
    DOCUMENTS,
    FILES,
    REVIEW,
    DocumentEntry,
    PassageEntry,
    document_folders,
    read_entries,
)
from knowledge.editions.contents import DATA, content_of, is_original, is_same
from knowledge.evaluation_set import FILE as OWN
from knowledge.files import read_json_lines
from knowledge.notices import FILE as NOTICES
from knowledge.passage_questions import GAPS, OUT_OF_SCOPE, QUESTIONS

CONTACTS = f"{DATA}/contacts.yaml"
FACTS = {
    "title": "Title",
    "publisher": "Publisher",
    "area": "Area",
    "version": "Version",
    "owner": "Owner",
    "review_on": "Review date",
    "needs_two": "Two people have to sign it",
}
NOTED = "What people have looked at, given to somebody or signed is noted."
CALLED = {
    GAPS: "Topics that the sources do not answer",
    OUT_OF_SCOPE: "Topics outside the field",
    "glossary.yaml": "The glossary",
    NOTICES: "The notices beside passages",
    CONTACTS: "The contacts",
    OWN: "The questions of your own to judge a publication by",
    "relations.yaml": "How passages relate to each other",
    "words.yaml": "Words that mean the same",
    "data/flows_shared.yaml": "Advice that decisions share",
    "data/citation_rules.yaml": "What may be cited for what",
}
TOLD_OF = {
    "relations.yaml": "Which passages are shown together has changed.",
    "words.yaml": "Which words are taken to mean the same has changed.",
    "data/flows_shared.yaml": "Advice that several decisions share has changed.",
}


def differences(live: Path, draft: Path, titles: Titles | None = None) -> list[ContentDifference]:
    """In the order of the documents' ids, and then the rest. `titles`: of documents that lie in
    neither folder, which may hold only what differs. Raises ContentError."""
    there, now = _folders(live), _folders(draft)
    asked = read_questions(live), read_questions(draft)
    found = [
        _of_document(document_id, there.get(document_id), now.get(document_id), *asked)
        for document_id in sorted({*there, *now})
    ]
    known = {**(titles or {}), **{each.id: each.title for each in found if each.title}}
    return [each for each in found if each.said] + list(_other_files(live, draft, known))


def _folders(side: Path) -> dict[str, Path]:
    home = side / DOCUMENTS
    return {each.name: each for each in document_folders(side)} if home.is_dir() else {}


def _of_document(
    document_id: str, before: Path | None, after: Path | None, asked: Questions, asks: Questions
) -> ContentDifference:
    if after is None and before is not None:
        entry, _, passages = read_entries(before)
        questions = tuple(questions_said(asked_of(document_id, asked), frozenset()))
        gone = f"Taken out, with its {_count(len(passages), 'passage')}."
        no_more = "It is no longer quoted."
        said = (gone, *questions)
        return ContentDifference(document_id, entry.title, said, (no_more,), is_gone=True)
    if after is None:
        return ContentDifference(document_id, "", ())
    page = f"documents/{document_id}"
    written = asked_of(document_id, asked), asked_of(document_id, asks)
    changed = (*_reviewed(before, after), *questions_said(*written))
    more = tuple(questions_told(*written))
    entry, text, passages = read_entries(after)
    if before is None:
        count = _count(len(passages), "passage")
        new = f"New, with {count}."
        told_new = f"New: {entry.publisher}, {entry.version}. {count} of it can be quoted."
        return ContentDifference(document_id, entry.title, (new, *changed), (told_new,), page)
    if _same(before, after):
        return ContentDifference(document_id, entry.title, changed, more, page)
    old_entry, old_text, old_passages = read_entries(before)
    said = (
        *(("The text itself is another.",) if old_text != text else ()),
        *_facts(old_entry, entry),
        *_cut(old_passages, passages),
        *_withheld(old_entry, entry),
        *changed,
    )
    told = (
        *_facts_told(old_entry, entry),
        *_passages_told(old_passages, passages),
        *more,
    )
    return ContentDifference(document_id, entry.title, said, told, page)


def _reviewed(before: Path | None, after: Path) -> Iterator[str]:
    files = [side / REVIEW if side else None for side in (before, after)]
    old, new = (file.read_bytes() if file and file.exists() else b"" for file in files)
    if old != new:
        yield NOTED


def _same(before: Path, after: Path) -> bool:
    return all(is_same(before / name, after / name) for name in FILES)


def _facts(before: DocumentEntry, after: DocumentEntry) -> Iterator[str]:
    for key, name in FACTS.items():
        old, new = getattr(before, key), getattr(after, key)
        if old != new:
            yield f"{name}: “{_shown(old)}” becomes “{_shown(new)}”."


def _facts_told(before: DocumentEntry, after: DocumentEntry) -> Iterator[str]:
    if before.version != after.version:
        yield f"It is the edition “{after.version}” now, in place of “{before.version}”."
    if before.title != after.title:
        yield f"It was called “{before.title}” before."
    if before.publisher != after.publisher:
        yield f"Its publisher is given as {after.publisher} now."
    if before.area != after.area:
        yield f"It is for {after.area.capitalize() if after.area else 'every area'} now."


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "none")


def _cut(before: list[PassageEntry], after: list[PassageEntry]) -> Iterator[str]:
    old, new = ({each.id: each for each in side} for side in (before, after))
    yield from (f"New passage {each.reference}." for each in after if each.id not in old)
    yield from (f"Passage {each.reference} is no more." for each in before if each.id not in new)
    for each in after:
        was = old.get(each.id, each)
        if was.text != each.text:
            yield f"Passage {each.reference} has other words of the text."
        elif was != each:
            yield f"Passage {each.reference} is named otherwise."


def _passages_told(before: list[PassageEntry], after: list[PassageEntry]) -> Iterator[str]:
    old, new = ({each.id: each.text for each in side} for side in (before, after))
    counts = (
        (sum(old[each] != new[each] for each in old.keys() & new.keys()), "with other words"),
        (len(new.keys() - old.keys()), "new"),
        (len(old.keys() - new.keys()), "no longer quoted"),
    )
    parts = [f"{_count(number, 'passage')} {how}" for number, how in counts if number]
    if parts:
        yield f"{', '.join(parts)}."


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


def _other_files(live: Path, draft: Path, titles: Titles) -> Iterator[ContentDifference]:
    sides = [
        {p for p in content_of(side) if p.parts[0] not in {DOCUMENTS, QUESTIONS}}
        for side in (live, draft)
    ]
    for path in sorted(sides[0] | sides[1]):
        before, after = (
            side / path if path in has else None
            for side, has in zip((live, draft), sides, strict=True)
        )
        if not (before and after and is_same(before, after)) and not is_original(path):
            yield from _of_file(path, before, after, titles)


def _of_file(
    path: PurePosixPath, before: Path | None, after: Path | None, titles: Titles
) -> Iterator[ContentDifference]:
    """What a file holds is named, where it can be read; else the file is."""
    name = str(path)
    try:
        reader = _reader_of(path)
        found = reader and list(reader(before, after, titles))
    except (ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError):
        found = None
    if found:
        yield from found
    else:
        told = (TOLD_OF[name],) if name in TOLD_OF else ()
        yield ContentDifference("", CALLED.get(name, name), ("Changed.",), told)


Reader = Callable[[Path | None, Path | None, Titles], Iterator[ContentDifference]]


def _reader_of(path: PurePosixPath) -> Reader | None:
    name = str(path)
    if name in READERS:
        return READERS[name]
    if path.parts[:2] == (DATA, "flows"):
        return _flow
    if path.parts[:2] == (DATA, "induction"):
        return _module
    return None


def _gaps(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    """A reader has never heard of known gaps, and knows what they are about."""
    for old, new in _paired(*map(_by_id, (before, after))):
        topic = (new or old or {})["topic"]
        title = f"Known gap: {topic}"
        if old is None:
            told = "The documents do not answer this. The assistant says so now, and whom to ask."
            yield _named(title, "New.", told, topic)
        elif new is None:
            told = "The assistant no longer says that the documents do not answer this."
            yield replace(_named(title, "Taken out.", told, topic), is_gone=True)
        elif _without(old, "near", "questions") != _without(new, "near", "questions"):
            told = "The documents do not answer this. What the assistant says of it has changed."
            yield _named(title, "Its words, or whom to ask, have changed.", told, topic)
        else:
            yield _named(title, "Its questions or its passages have changed.")


def _outside(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    for old, new in _paired(*map(_by_id, (before, after))):
        yield _of(f"Outside the field: {(new or old or {})['topic']}", old, new)


def _flow(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    sides = [_yaml(side) if side else None for side in (before, after)]
    title = (sides[1] or sides[0] or {})["title"]
    yield _of(f"Decision to talk through: {title}", *sides, seen=True)


def _module(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    sides = [_yaml(side) if side else None for side in (before, after)]
    title = (sides[1] or sides[0] or {})["title"]
    yield _of(f"Lesson of the induction: {title}", *sides, seen=True)


def _spoken(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    sides = [_yaml(side).get("notice", {}) for side in (before, after)]
    told = "What the assistant says first to some messages has changed."
    for key in [*sides[0], *(each for each in sides[1] if each not in sides[0])]:
        old, new = sides[0].get(key), sides[1].get(key)
        if old != new:
            yield replace(_of(f"Notice that is said first: {key}", old, new), told=(told,))


def _glossary(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    sides = [{each["term"]: each for each in _yaml(side) or []} for side in (before, after)]
    for old, new in _paired(*sides):
        yield _of(f"Meaning of “{(new or old or {})['term']}”", old, new, seen=True)


READERS: Mapping[str, Reader] = {
    GAPS: _gaps,
    OWN: own_differences,
    OUT_OF_SCOPE: _outside,
    NOTICES: notice_differences,
    "glossary.yaml": _glossary,
    CONTACTS: contact_differences,
    f"{DATA}/notices.yaml": _spoken,
}

Entry = Mapping[str, Any]


def _named(title: str, said: str, told: str = "", told_as: str = "") -> ContentDifference:
    return ContentDifference("", title, (said,), (told,) if told else (), told_as=told_as)


def _of(title: str, old: object, new: object, *, seen: bool = False) -> ContentDifference:
    """`seen`: readers are told of it in the same words."""
    said = "New." if old is None else "Taken out." if new is None else "Changed."
    told = (said,) if seen else ()
    return ContentDifference("", title, (said,), told, is_gone=new is None)


def _paired(
    before: Mapping[str, Entry], after: Mapping[str, Entry]
) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Those that are not the same, in the order of `after`, and then those that are gone."""
    for key in [*after, *(each for each in before if each not in after)]:
        if before.get(key) != after.get(key):
            yield before.get(key), after.get(key)


def _by_id(file: Path | None) -> dict[str, Entry]:
    return {each.value["id"]: each.value for each in read_json_lines(file)} if file else {}


def _yaml(file: Path | None) -> Any:
    return yaml.safe_load(file.read_text("utf-8")) if file else {}


def _without(entry: Entry, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in keys}


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
