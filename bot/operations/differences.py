"""What one state of the content changes in another, in plain words: for those who edit it, and for
those who read what the assistant says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from bot.operations.difference import ContentDifference, Sort, Titles, became_of
from bot.operations.document_differences import document_difference, quoted_again
from bot.operations.question_differences import own_differences, read_questions
from bot.operations.record_differences import contact_differences, notice_differences
from bot.operations.walk_difference import WalkDiffers, walk_differs
from knowledge.areas import area_name
from knowledge.documents import DOCUMENTS, document_folders
from knowledge.editions.contents import DATA, content_of, is_original, is_same
from knowledge.evaluation_set import FILE as OWN
from knowledge.files import read_json_lines
from knowledge.notices import FILE as NOTICES
from knowledge.passage_questions import GAPS, OUT_OF_SCOPE, QUESTIONS

CONTACTS = f"{DATA}/contacts.yaml"
SHARED = f"{DATA}/flows_shared.yaml"
PROGRAMME = f"{DATA}/induction/programme.yaml"
GAPS_NAMED = 3
"""Of the known gaps of which a reader is told nothing; where more have changed they are counted."""
CALLED = {
    GAPS: "Topics that the sources do not answer",
    OUT_OF_SCOPE: "Topics outside the field",
    "glossary.yaml": "The glossary",
    NOTICES: "The notices beside passages",
    CONTACTS: "The contacts",
    OWN: "The questions of your own to judge a publication by",
    "relations.yaml": "How passages relate to each other",
    "words.yaml": "Words that mean the same",
    SHARED: "Advice that decisions share",
    "data/citation_rules.yaml": "What may be cited for what",
    PROGRAMME: "The title and the pass mark of the induction",
}
TOLD_OF = {
    "relations.yaml": "Which passages are shown together has changed.",
    "words.yaml": "Which words are taken to mean the same has changed.",
}
RESTS: Mapping[WalkDiffers, str] = {
    "citations": "What it rests on has changed. What it says is the same.",
    "dates": "A date that it names has changed. What it says is the same otherwise.",
}
"""Of what says the same."""
LED_TO = "What leads to it, who looks after it, or its day of review has changed."


def _never(_: str) -> bool:
    return False


def differences(
    live: Path,
    draft: Path,
    titles: Titles | None = None,
    once: Callable[[str], bool] = _never,
) -> list[ContentDifference]:
    """In the order of the documents' ids, and then the rest. `titles`: of documents that lie in
    neither folder, which may hold only what differs. `once`: whether a document that is not in
    `live` was quoted before that. Raises ContentError."""
    there, now = _folders(live), _folders(draft)
    asked = read_questions(live), read_questions(draft)
    found = [
        document_difference(document_id, there.get(document_id), now.get(document_id), *asked)
        for document_id in sorted({*there, *now})
    ]
    found = [
        quoted_again(each) if each.became == "new" and once(each.id) else each for each in found
    ]
    known = {**(titles or {}), **{each.id: each.title for each in found if each.title}}
    return [each for each in found if each.said] + list(_other_files(live, draft, known))


def _folders(side: Path) -> dict[str, Path]:
    home = side / DOCUMENTS
    return {each.name: each for each in document_folders(side)} if home.is_dir() else {}


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
    if path.parts[:2] == (DATA, "induction") and name != PROGRAMME:
        return _module
    return None


def _gaps(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    """A reader has never heard of known gaps, and knows what they are about."""
    upkeep: list[str] = []
    for old, new in _paired(*map(_by_id, (before, after))):
        topic = (new or old or {})["topic"]
        title = f"Known gap: {topic}"
        if old is not None and new is not None and _asked_otherwise(old, new):
            upkeep.append(title)
        else:
            yield _of(title, old, new, *_gap_said(old, new), topic, "answer")
    if len(upkeep) > GAPS_NAMED:
        yield _kept_up("Known gaps", f"{len(upkeep)} have other questions or passages.")
    else:
        yield from (
            _kept_up(each, "Its questions or its passages have changed.") for each in upkeep
        )


def _asked_otherwise(old: Entry, new: Entry) -> bool:
    """What it says, and whom to ask, is the same."""
    return _without(old, "near", "questions") == _without(new, "near", "questions")


def _gap_said(old: Entry | None, new: Entry | None) -> tuple[str, str]:
    """To those who edit, and to those who read."""
    if old is None:
        told = "The documents do not answer this. The assistant says so now, and whom to ask."
        return "New.", told
    if new is None:
        told = "The assistant no longer says that the documents do not answer this."
        return "Taken out.", told
    if areas := set(new.get("answered_in", ())) - set(old.get("answered_in", ())):
        where = " and ".join(map(area_name, sorted(areas)))
        said = f"It goes in {where}, whose own document answers it, and stays elsewhere."
        return said, f"The documents answer this for {where}, and nowhere else."
    told = "The documents do not answer this. What the assistant says of it has changed."
    return "Its words, or whom to ask, have changed.", told


def _outside(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    for old, new in _paired(*map(_by_id, (before, after))):
        title = f"Outside the field: {(new or old or {})['topic']}"
        if old and new and _without(old, "questions") == _without(new, "questions"):
            yield _kept_up(title, "Its questions have changed.")
        else:
            told = _became(old, new, "What the assistant says of it has changed.")
            yield _of(title, old, new, _became(old, new), told, title, "answer")


def _flow(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    old, new = (_yaml(side) if side else None for side in (before, after))
    title = f"Decision to talk through: {(new or old or {})['title']}"
    yield _walk(title, old, new, "What it asks or advises has changed.")


def _module(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    old, new = (_yaml(side) if side else None for side in (before, after))
    title = f"Lesson of the induction: {(new or old or {})['title']}"
    yield _walk(title, old, new, "What it teaches or asks has changed.")


def _shared(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    old, new = (_yaml(side) if side else None for side in (before, after))
    told = "Advice that several decisions share has changed."
    yield _walk(CALLED[SHARED], old, new, told, "other")


def _walk(title: str, old: Any, new: Any, told: str, sort: Sort = "walk") -> ContentDifference:
    """`told`: where it says something else."""
    differs = walk_differs(old, new) if old and new else "words"
    if differs == "upkeep":
        return _kept_up(title, LED_TO)
    rests = RESTS.get(differs, "")
    told = rests or _became(old, new, told)
    return _of(title, old, new, told, told, sort="rests" if rests else sort)


def _spoken(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    sides = [_yaml(side).get("notice", {}) for side in (before, after)]
    told = "What the assistant says first to some messages has changed."
    for key in [*sides[0], *(each for each in sides[1] if each not in sides[0])]:
        old, new = sides[0].get(key), sides[1].get(key)
        if old != new:
            title = f"Notice that is said first: {key}"
            if old and new and walk_differs(old, new) == "citations":
                rests = RESTS["citations"]
                yield _of(title, old, new, rests, rests, sort="rests")
            else:
                yield _of(title, old, new, _became(old, new), told)


def _glossary(before: Path | None, after: Path | None, _: Titles) -> Iterator[ContentDifference]:
    sides = [{each["term"]: each for each in _yaml(side) or []} for side in (before, after)]
    for old, new in _paired(*sides):
        entry = new or old or {}
        told = _became(old, new, f"Changed: “{' '.join(entry['meaning'].split())}”")
        yield _of(f"Meaning of “{entry['term']}”", old, new, told, told)


READERS: Mapping[str, Reader] = {
    GAPS: _gaps,
    OWN: own_differences,
    OUT_OF_SCOPE: _outside,
    NOTICES: notice_differences,
    "glossary.yaml": _glossary,
    CONTACTS: contact_differences,
    f"{DATA}/notices.yaml": _spoken,
    SHARED: _shared,
}

Entry = Mapping[str, Any]


def _of(
    title: str,
    old: object,
    new: object,
    said: str,
    told: str,
    told_as: str = "",
    sort: Sort = "other",
) -> ContentDifference:
    return ContentDifference(
        "", title, (said,), (told,), told_as=told_as, sort=sort, became=became_of(old, new)
    )


def _kept_up(title: str, said: str) -> ContentDifference:
    """What readers meet nothing of."""
    return ContentDifference("", title, (said,))


def _became(old: object, new: object, changed: str = "Changed.") -> str:
    return "New." if old is None else "Taken out." if new is None else changed


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
