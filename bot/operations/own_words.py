"""Our own words, wherever they stand in the content, and which of them name a document as it was
before: by a date, a title or a publisher that are others now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content.data_files import DataFiles
from bot.flows.reader import SHARED
from knowledge.documents import Document
from knowledge.editions.entries import name_in
from knowledge.errors import KeyPath, Location
from knowledge.files import read_json_lines, read_text
from knowledge.notices import FILE as NOTICES
from knowledge.passage_questions import GAPS
from knowledge.revision import CitingPlace
from knowledge.yaml_source import YamlSource

GLOSSARY = "glossary.yaml"
NOT_OURS = frozenset({"examples", "questions", "also", "asked_as", "called", "signatures"})
"""Keys of what people are expected to type, and of who has signed."""


def naming(folder: Path, data: Path, before: Document, after: Document) -> list[CitingPlace]:
    """The places whose words name what `before` was called and `after` is not, as if each cited
    the whole document. Raises ContentError."""
    old = old_names(before, after)
    if not old:
        return []

    def may_name(_: str, text: str) -> bool:
        return any(_stands_in(each, text) for each in old)

    return [
        each.beside(after.id)
        for each in own_words(folder, data, may_name)
        if named_in(each.text, old, before)
    ]


def old_names(before: Document, after: Document) -> tuple[str, ...]:
    """What no longer holds: the version, its year, the title, the publisher."""
    pairs = (
        (before.version, after.version),
        (before.title, after.title),
        (before.publisher, after.publisher),
        (str(before.year or ""), str(after.year or "")),
    )
    return tuple(dict.fromkeys(old for old, new in pairs if old and old != new))


def named_in(text: str, names: Iterable[str], document: Document) -> tuple[str, ...]:
    """Those of the names that stand in the text. A year alone says nothing of a document, unless
    that is named beside it."""
    about = (document.title, document.publisher, document.area or "")
    is_about = any(_stands_in(each, text) for each in about if each)
    return tuple(
        each for each in names if _stands_in(each, text) and (is_about or not each.isdigit())
    )


def _stands_in(name: str, text: str) -> bool:
    words = r"\s+".join(map(re.escape, name.split()))
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) is not None


@dataclass(frozen=True)
class OwnWords:
    """Some words of ours. `key` names the place for good, `name` is what people call it. `path` is
    empty for what is not YAML."""

    key: str
    name: str
    text: str
    place: Location
    file: Path
    path: KeyPath

    def beside(self, document_id: str) -> CitingPlace:
        return CitingPlace(
            document_id,
            "named",
            self.key,
            self.name,
            self.place,
            self.text,
            self.file,
            self.path,
        )


Wanted = Callable[[str, str], bool]
"""Whether a file is to be read, by the kind of words in it and its text: that takes a while."""


def own_words(folder: Path, data: Path, wanted: Wanted) -> Iterator[OwnWords]:
    """All of them in the files that are wanted. `folder` holds an edition, `data` what was shipped
    beside it. Raises ContentError."""
    for file, kind, called, below in _files(folder, DataFiles(data, folder)):
        if wanted(kind, read_text(file)):
            yield from _in(file, kind, called, below)
    if wanted("gap", read_text(folder / GAPS)):
        for source in read_json_lines(folder / GAPS):
            line = source.value
            for field in ("topic", "why_not"):
                key, name = f"named/gap/{line['id']}/{field}", f"Known gap '{line['topic']}'"
                yield OwnWords(key, name, line[field], source.place, folder / GAPS, ())


def _files(folder: Path, files: DataFiles) -> Iterator[tuple[Path, str, Called, KeyPath]]:
    """Each with the kind of words in it."""
    yield folder / NOTICES, "notice", lambda way, _: f"Notice '{way[0]}'", ("notices",)
    yield folder / GLOSSARY, "glossary", lambda way, _: f"Meaning of “{way[0]}”", ()
    yield files.contacts, "contact", _contact, ()
    yield files.notices, "spoken", _spoken, ()
    yield files.flows.with_name(SHARED), "shared", lambda *_: "Words that flows share", ()
    for kind, home in (("flow", files.flows), ("module", files.induction)):
        for file in sorted(home.glob("*.yaml")):
            yield file, f"{kind}/{file.stem}", lambda _, root: f"Words of '{root['title']}'", ()


def _spoken(way: tuple[str, ...], _: Any) -> str:
    return f"Notice '{way[1] if way[1:] else way[0]}', which is said before an answer"


def _contact(way: tuple[str, ...], root: Any) -> str:
    entry = root.get(way[0], {}).get(way[1]) if way[1:] else None
    return f"Contact: {entry['label']}" if isinstance(entry, dict) else "Contacts"


Called = Callable[[tuple[str, ...], Any], str]
"""What people call a place, by the names that lead to it and the whole file."""


def _in(file: Path, kind: str, called: Called, below: KeyPath = ()) -> Iterator[OwnWords]:
    """`below`: the keys that the names of places leave out."""
    source = YamlSource.read(file)
    root = source.to_python()
    for path, names, text in _leaves(root, (), ()):
        if not NOT_OURS.isdisjoint(map(str, path)):
            continue
        way = names[len(below) :]
        key = f"named/{kind}/{'/'.join(way)}"
        yield OwnWords(key, called(way, root), text, source.place_of(path), file, path)


def _leaves(
    value: Any, path: KeyPath, names: tuple[str, ...]
) -> Iterator[tuple[KeyPath, tuple[str, ...], str]]:
    """Of several words: where each stands, in keys and places, and in names, and itself."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, (*path, key), (*names, str(key)))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            name = (name_in(each) if isinstance(each, dict) else None) or str(number)
            yield from _leaves(each, (*path, number), (*names, name))
    elif isinstance(value, str) and " " in value:
        yield path, names, value
