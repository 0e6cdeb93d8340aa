"""What people know passages and documents by, in place of their ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from jinja2 import pass_context
from jinja2.runtime import Context

from bot.manage.editing import Editing
from bot.manage.passage_picker import Shelf
from bot.manage.slip_words import said_of
from bot.operations.places import AffectedPlace
from knowledge.errors import ContentError, Location
from knowledge.revision import CitingPlace

ID = re.compile(r"'?\b(\d{3,}(?:\.[\w-]+)+)(?<![.-])'?")
"""Of a passage: a document's number and what follows."""


class PassageNames:
    """Looked up only where a page asks. `folders`: of editions, the one that counts first.
    `earlier`: of those in which a document with this id was other than after them, the last
    first."""

    def __init__(
        self,
        folders: Callable[[], Iterable[Path]],
        earlier: Callable[[str], Iterable[Path]] = lambda _: (),
    ) -> None:
        self._folders = folders
        self._earlier = earlier
        self._gone: dict[str, Shelf | None] = {}
        self._at: dict[Path, Shelf] = {}

    @cached_property
    def _shelves(self) -> list[Shelf]:
        return list(self._read())

    def _read(self) -> Iterator[Shelf]:
        """Without a draft that cannot be read: its ids are shown as they are."""
        try:
            for folder in self._folders():
                yield Shelf(folder)
        except ContentError:
            return

    def _shelf_at(self, folder: Path) -> Shelf:
        """Read once: many passages may be gone with one document."""
        if folder not in self._at:
            self._at[folder] = Shelf(folder)
        return self._at[folder]

    def called(self, name: str) -> str:
        """The id itself for what never was."""
        shelf = self._shelf_of(name)
        return shelf.called(name) if shelf else name

    def text_of(self, name: str) -> str | None:
        """Of a passage; None for what never was one."""
        shelf = self._shelf_of(name)
        found = shelf.passages.get(name) if shelf else None
        return found.passage.text if found else None

    def _shelf_of(self, name: str) -> Shelf | None:
        """What is gone is called as it was when it went."""
        for shelf in self._shelves:
            if shelf.has(name):
                return shelf
        if name not in self._gone:
            self._gone[name] = self._went(name)
        return self._gone[name]

    def _went(self, name: str) -> Shelf | None:
        try:
            shelves = map(self._shelf_at, self._earlier(name.partition(".")[0]))
            return next((shelf for shelf in shelves if shelf.has(name)), None)
        except ContentError:
            return None

    def in_words(self, text: str) -> str:
        """With what each passage that is named by its id is known by."""
        return ID.sub(lambda found: self.called(found[1]), text)


def edited_names(editing: Editing) -> PassageNames:
    """Of the draft, of what it was made from, and of what is in neither any more."""
    editions = editing.editions

    def earlier(document_id: str) -> Iterator[Path]:
        for edition, one_before in pairwise(editions.history()):
            changed = editions.changed_files(edition.id)
            if any(each.document == document_id for each in changed):
                yield editions.folder(one_before.id)

    return PassageNames(lambda: (editing.now().folder, editions.live_folder()), earlier)


@pass_context
def called(context: Context, name: str) -> str:
    return _names(context).called(name)


@pass_context
def text_of(context: Context, name: str) -> str | None:
    return _names(context).text_of(name)


@pass_context
def in_words(context: Context, text: str) -> str:
    return _names(context).in_words(str(text))


def _names(context: Context) -> PassageNames:
    """Those of the page. A macro that is imported without context knows none, and shows ids."""
    found: PassageNames = context.get("names") or PassageNames(tuple)
    return found


@pass_context
def says(context: Context, place: CitingPlace | AffectedPlace) -> str:
    """What a place says to those who read it: of an outcome not its kind, of passages that belong
    together not their ids."""
    if place.kind == "outcome":
        return place.text.partition(" ")[2]
    return (
        "" if place.kind == "relation" and " " not in place.text else in_words(context, place.text)
    )


@pass_context
def where(context: Context, place: Location) -> str:
    return said_of(place, _names(context).called)
