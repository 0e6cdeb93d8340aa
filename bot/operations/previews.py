"""The draft opened beside what is answered from, so that it can be asked before it is published."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from actions.pipeline import Pipeline
from bot.container import Container, Content, make_pipeline, make_tutor
from bot.operations.content_folder import data_files
from bot.operations.latest import Latest
from bot.settings import Settings
from knowledge import Knowledge
from knowledge.editions import Edition, WaitingDraft
from knowledge.index import EMBEDDED, MANIFEST, Manifest, ProgressCallback
from knowledge.library import Library

FOLDER = "preview"
"""Below the state folder: no index of a draft crowds out one of an edition."""
INDEX = "index"


@dataclass(frozen=True)
class Preview:
    """What answers from the draft."""

    knowledge: Knowledge
    pipeline: Pipeline

    @property
    def library(self) -> Library:
        return self.knowledge.library


Opens = Callable[[Container, WaitingDraft, Path], Preview]


class Previews:
    """The last one stays open until the draft or the edition that is answered from is another."""

    def __init__(self, opens: Opens | None = None) -> None:
        self._opens = opens or opened
        self._latest: Latest[Preview] = Latest("preview")

    def ready(self, container: Container, draft: WaitingDraft, folder: Path) -> Preview | None:
        """None while it is being opened. Raises ContentError where it cannot be answered from."""
        opening = self.opening(container, draft, folder)
        return opening.result() if opening.done() else None

    def opening(self, container: Container, draft: WaitingDraft, folder: Path) -> Future[Preview]:
        """To wait for. Its result raises ContentError where it cannot be answered from."""
        key = (draft.id, container.edition.id)
        return self._latest.making(key, lambda: self._opens(container, draft, folder))


def opened(container: Container, draft: WaitingDraft, folder: Path) -> Preview:
    """Raises ContentError for what cannot be read, or no longer be quoted."""
    settings = container.settings
    knowledge = open_draft(settings, container.knowledge, draft, folder)
    content = Content.read(data_files(settings, folder), knowledge.library)
    tutor = make_tutor(content, knowledge, container.engine)
    return Preview(knowledge, make_pipeline(content, knowledge, tutor))


def open_draft(
    settings: Settings,
    live: Knowledge,
    draft: WaitingDraft,
    folder: Path,
    progress: ProgressCallback | None = None,
) -> Knowledge:
    """The draft's, in an index of its own, sharing the encoder of `live`. Raises ContentError."""
    state_dir = settings.state_dir / FOLDER
    _share_vectors(settings.state_dir / INDEX, state_dir / INDEX)
    last = draft.changes[-1]
    return Knowledge.open(
        state_dir,
        progress,
        folder,
        costs=settings.knowledge_dir,
        edition=Edition(draft.id, last.at, last.who, "", last.what),
        beside=live,
    )


def hand_over(state_dir: Path, folder: Path) -> None:
    """Gives what was built to preview this content to the edition that it becomes, so that this
    server goes over to it at once. Where that fails, it builds its own."""
    key = Manifest.wanted(folder).key
    made, place = state_dir / FOLDER / INDEX / key, state_dir / INDEX / key
    if (made / MANIFEST).is_file() and not place.exists():
        fresh = place.with_name(f".{key}")
        with suppress(OSError):
            shutil.copytree(made, fresh, dirs_exist_ok=True)
            fresh.rename(place)


def _share_vectors(live: Path, own: Path) -> None:
    """What is embedded already is not embedded again: several may use the file at once."""
    if (live / EMBEDDED).is_file() and not (own / EMBEDDED).is_file():
        own.mkdir(parents=True, exist_ok=True)
        (own / EMBEDDED).symlink_to((live / EMBEDDED).resolve())
