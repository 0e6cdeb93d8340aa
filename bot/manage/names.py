"""What people know passages and documents by, in place of their ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
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
    """Looked up only where a page asks. `folders`: of editions, the one that counts first."""

    def __init__(self, folders: Callable[[], Iterable[Path]]) -> None:
        self._folders = folders

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

    def called(self, name: str) -> str:
        """The id itself for what is in none of them."""
        for shelf in self._shelves:
            if name in shelf.passages or name in shelf.titles:
                return shelf.called(name)
        return name

    def text_of(self, name: str) -> str | None:
        """Of a passage; None for what is in none of them."""
        found = (shelf.passages[name] for shelf in self._shelves if name in shelf.passages)
        return next((each.passage.text for each in found), None)

    def in_words(self, text: str) -> str:
        """With what each passage that is named by its id is known by."""
        return ID.sub(lambda found: self.called(found[1]), text)


def edited_names(editing: Editing) -> PassageNames:
    """Of the draft, and of what it was made from: what it takes out is still called by its name."""
    return PassageNames(lambda: (editing.now().folder, editing.editions.live_folder()))


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
