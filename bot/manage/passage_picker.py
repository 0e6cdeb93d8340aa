"""Choosing passages by their words: what every form that chooses one has in common.

`manage/passage_picker.html` draws it. It works without scripts: looking is sending the form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from bot.operations.suggested_passages import Suggested, suggested
from knowledge.documents import StoredDocument, read_documents

GONE = "a passage that is not there any more"


class LookingForm(BaseModel):
    """A form that also looks for passages. `do` looks for those with the words in `find`, or keeps
    what is chosen; `looked` are the words that were looked for already."""

    do: Literal["keep", "look"] = "keep"
    find: str = ""
    looked: str = ""

    @property
    def wants_to_look(self) -> bool:
        """Also where Enter was pressed below words that nobody has looked for yet."""
        words = self.find.strip()
        return self.do == "look" or bool(words and words != self.looked.strip())


@dataclass(frozen=True)
class PassageChoice:
    """A passage that may be chosen. `there` is None for one that is not in the draft any more."""

    id: str
    there: Suggested | None
    is_chosen: bool


def offered(found: Iterable[Suggested]) -> list[PassageChoice]:
    """None of them chosen yet."""
    return [PassageChoice(each.passage.id, each, is_chosen=False) for each in found]


class Shelf:
    """The documents of a draft, as a form offers them."""

    def __init__(self, folder: Path) -> None:
        """Raises ContentError."""
        self._folder = folder
        self.stored: list[StoredDocument] = list(read_documents(folder))

    @cached_property
    def passages(self) -> Mapping[str, Suggested]:
        return {
            passage.id: Suggested(passage, each.document.title)
            for each in self.stored
            for passage in each.passages
        }

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {each.document.id: each.document.title for each in self.stored}

    def has(self, name: str) -> bool:
        return name in self.passages or name in self.titles

    def called(self, name: str) -> str:
        """What a person knows a passage or a document by."""
        found = self.passages.get(name)
        return found.called if found else self.titles.get(name, GONE)

    def choices(
        self, find: str, chosen: Collection[str] = (), near: Iterable[str] = ()
    ) -> list[PassageChoice]:
        """What is chosen, what is `near` at hand, and then what was looked for."""
        mine = dict.fromkeys((*chosen, *near))
        found = suggested(self._folder, find, mine.keys()) if find.strip() else ()
        ids = (*mine, *(each.passage.id for each in found))
        return [PassageChoice(each, self.passages.get(each), each in chosen) for each in ids]
