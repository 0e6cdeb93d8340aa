"""How passages belong together: saying the same, forming a list, an exception, or differing."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Annotated

from pydantic import Field

from knowledge.errors import ContentError, KeyPath, Location, Violation
from knowledge.library import FOLDER, Library
from knowledge.quotes import Quote
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.words import plain
from knowledge.yaml_source import YamlSource

OPENING_SEEN = 20
"""Letters by whose likeness the passage is known that ends in a list's lead-in."""

Two = Annotated[tuple[str, ...], Field(min_length=2)]


@dataclass(frozen=True)
class SourceList:
    """A list in a source, quoted whole: the words from its opening to its last item.

    `items` are the members that can be counted off: none where the list has lists within it.
    """

    passage_id: str
    members: tuple[str, ...]
    text: str
    called: tuple[str, ...]
    opening: str
    items: tuple[str, ...] = ()

    def asked_for(self, question: str) -> bool:
        return any(name in question for name in self.called)


@dataclass(frozen=True)
class Difference:
    """Documents that say different things on one topic."""

    topic: str
    sides: tuple[str, ...]
    says: str


class ListEntry(Strict):
    passage: str
    first: str
    last: str
    opening: NonEmptyText
    called: tuple[NonEmptyText, ...]


class ExceptionEntry(Strict):
    rule: str
    exception: str


class DifferenceEntry(Strict):
    topic: NonEmptyText
    sides: Two
    says: NonEmptyText


class RelationsFile(Strict):
    """`relations.yaml` as read; the file says what each entry is for."""

    same: tuple[Two, ...]
    lists: tuple[ListEntry, ...]
    exceptions: tuple[ExceptionEntry, ...]
    differs: tuple[DifferenceEntry, ...]


@dataclass(frozen=True)
class Relations:
    """`exceptions`: by a rule, the passage that says when it does not hold."""

    same: tuple[frozenset[str], ...]
    lists: tuple[SourceList, ...]
    exceptions: Mapping[str, str]
    differs: tuple[Difference, ...]

    @classmethod
    def read(cls, library: Library, folder: Path = FOLDER) -> Relations:
        """Raises ContentError where an id is unknown or a list's opening is not in its source."""
        source = YamlSource.read(folder / "relations.yaml")
        file = validated(source, RelationsFile)
        unknown = [
            Violation(source.place_of(path), f"there is no passage '{passage_id}'")
            for path, passage_id in named(file)
            if passage_id not in library.passages
        ]
        if found := [*unknown, *_in_two_groups(source, file)]:
            raise ContentError(*found)
        return cls(
            tuple(frozenset(group) for group in file.same),
            _lists(source, file, library),
            {each.rule: each.exception for each in file.exceptions},
            tuple(Difference(each.topic, each.sides, each.says) for each in file.differs),
        )

    @cached_property
    def group_of(self) -> Mapping[str, frozenset[str]]:
        return {passage_id: group for group in self.same for passage_id in group}

    def with_copies(self, passage_id: str) -> frozenset[str]:
        """The passages that are read with it: those that say the same, and the list it opens."""
        members = (found.members for found in self.lists if found.passage_id == passage_id)
        own = self.group_of.get(passage_id, frozenset([passage_id]))
        return own.union(*members)

    def lists_of(self, passage_id: str) -> tuple[SourceList, ...]:
        """Every list that it opens or stands in, the shortest first."""
        found = [each for each in self.lists if passage_id in (each.passage_id, *each.members)]
        return tuple(sorted(found, key=lambda each: len(each.members)))

    def list_of(self, passage_id: str) -> SourceList | None:
        return next(iter(self.lists_of(passage_id)), None)

    def difference_between(self, passage_ids: frozenset[str]) -> Difference | None:
        """The first difference whose sides are all among `passage_ids`."""
        for difference in self.differs:
            if passage_ids.issuperset(difference.sides):
                return difference
        return None


def quoted_whole(listed: SourceList, library: Library, area: str | None = None) -> Quote:
    """A list as one quotation, with the notices of all that it holds."""
    notices = {
        notice.id: notice
        for member in (listed.passage_id, *listed.members)
        for notice in library.quote(member, area).notices
    }
    return library.quote(listed.passage_id, area).model_copy(
        update={"text": listed.text, "lead_in": None, "notices": tuple(notices.values())}
    )


def named(file: RelationsFile) -> Iterator[tuple[KeyPath, str]]:
    """Every passage that is named, with the way to it in the file."""
    for group, ids in enumerate(file.same):
        for at, passage_id in enumerate(ids):
            yield ("same", group, at), passage_id
    for number, entry in enumerate(file.lists):
        for key in ("passage", "first", "last"):
            yield ("lists", number, key), getattr(entry, key)
    for number, each in enumerate(file.exceptions):
        yield ("exceptions", number, "rule"), each.rule
        yield ("exceptions", number, "exception"), each.exception
    for number, difference in enumerate(file.differs):
        for at, passage_id in enumerate(difference.sides):
            yield ("differs", number, "sides", at), passage_id


def _in_two_groups(source: YamlSource, file: RelationsFile) -> Iterator[Violation]:
    seen: set[str] = set()
    for group, ids in enumerate(file.same):
        for at, passage_id in enumerate(ids):
            if passage_id in seen:
                text = f"'{passage_id}' is in `same` twice; join the lines that it stands in"
                yield Violation(source.place_of(("same", group, at)), text)
            seen.add(passage_id)


def _lists(source: YamlSource, file: RelationsFile, library: Library) -> tuple[SourceList, ...]:
    """Those that the file names, and every other that stands under one lead-in."""
    named = [
        _list(source.place_of(("lists", number, "opening")), entry, library)
        for number, entry in enumerate(file.lists)
    ]
    counted = {member for listed in named for member in listed.items}
    return (*named, *_under_one_lead_in(library, counted))


def _under_one_lead_in(library: Library, counted: Container[str]) -> Iterator[SourceList]:
    """Lists of two and more whose items are in no list that can be counted off."""
    rest = [each for each in library.passages.values() if each.lead_in and each.id not in counted]
    for lead_in, group in groupby(rest, key=lambda each: each.lead_in or ""):
        items = tuple(item.id for item in group)
        last = library.passages[items[-1]]
        text = library.documents[last.document_id].text
        start = text.rfind(lead_in, 0, library.passages[items[0]].start)
        if len(items) > 1 and start >= 0:
            before, _ = library.around(items[0])
            opens = before and library.passages[before].text.endswith(lead_in[-OPENING_SEEN:])
            yield SourceList(
                before if before and opens else items[0],
                items,
                text[start : last.end],
                called=(),
                opening=lead_in,
                items=items,
            )


def _list(opening: Location, entry: ListEntry, library: Library) -> SourceList:
    """`opening`: where the file says how the list begins."""
    order = library.order
    first, last = order.index(entry.first), order.index(entry.last)
    if last < first:
        raise ContentError.at(opening, f"'{entry.last}' stands before '{entry.first}'")
    begins, ends = library.passages[entry.first], library.passages[entry.last]
    if begins.document_id != ends.document_id:
        raise ContentError.at(opening, "the list begins in one document and ends in another")
    text = library.documents[begins.document_id].text
    start = text.rfind(entry.opening, 0, begins.start + len(entry.opening))
    if start < 0:
        raise ContentError.at(opening, f"these words do not stand before '{entry.first}'")
    members = order[first : last + 1]
    lead_ins = {library.passages[member].lead_in for member in members}
    return SourceList(
        entry.passage,
        members,
        text[start : ends.end],
        called=tuple(plain(name) for name in entry.called),
        opening=entry.opening,
        items=members if len(lead_ins) == 1 else (),
    )
