"""The content as whoever edits it sees it: the draft, or the live edition while nothing waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends
from fastapi.responses import RedirectResponse

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.operations.content_folder import open_drafts
from knowledge.documents import DOCUMENTS
from knowledge.editions import Drafts, Editions, WaitingDraft


@dataclass(frozen=True)
class EditedContent:
    """`folder` is not to be changed: `Drafts.change` gives a copy that is."""

    draft: WaitingDraft | None
    folder: Path


@dataclass(frozen=True)
class Editing:
    """Synchronous. Every method raises ContentError where the folders cannot be used."""

    editions: Editions
    drafts: Drafts

    def now(self) -> EditedContent:
        draft = self.drafts.open()
        folder = self.drafts.folder(draft) if draft else self.editions.live_folder()
        return EditedContent(draft, folder)

    def change(
        self, who: str, what: str, apply: Callable[[Path], None], more: str = ""
    ) -> WaitingDraft:
        return self.drafts.change(who, what, apply, more)


def editing_of(container: Container) -> Editing:
    return Editing(container.editions, open_drafts(container.settings))


def get_editing(container: ContainerDep) -> Editing:
    return editing_of(container)


EditingDep = Annotated[Editing, Depends(get_editing)]


def has_document(content: EditedContent, document_id: str) -> bool:
    home = content.folder / DOCUMENTS
    return document_id in {each.name for each in home.iterdir()}


def went(path: str, done: str = "", fragment: str = "", **query: object) -> RedirectResponse:
    """To the page that shows what a form has changed. `done`: which of the sentences of
    `manage/done.html` says so."""
    asked = urlencode({**query, **({"done": done} if done else {})})
    address = path + (f"?{asked}" if asked else "") + (f"#{fragment}" if fragment else "")
    return RedirectResponse(address, 303)
