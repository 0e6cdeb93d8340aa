"""The draft opened beside what is answered from, so that it can be asked before it is published."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from actions.pipeline import Pipeline
from bot.container import Container, Content, make_pipeline, make_tutor
from bot.operations.content_folder import data_files
from knowledge import Knowledge
from knowledge.editions import Edition, WaitingDraft
from knowledge.index import EMBEDDED, MANIFEST, Manifest
from knowledge.library import Library

FOLDER = "preview"
"""Below the state folder: no index of a draft crowds out one of an edition."""
INDEX = "index"


@dataclass(frozen=True)
class Preview:
    """What answers from the draft."""

    library: Library
    knowledge: Knowledge
    pipeline: Pipeline


Opens = Callable[[Container, WaitingDraft, Path], Preview]


class Previews:
    """One is opened at a time, and the last one stays open until the draft or the edition that is
    answered from is another."""

    def __init__(self, opens: Opens | None = None) -> None:
        self._opens = opens or opened
        self._thread = ThreadPoolExecutor(1, "preview")
        self._lock = threading.Lock()
        self._key = ("", "")
        self._opening: Future[Preview] | None = None

    def ready(self, container: Container, draft: WaitingDraft, folder: Path) -> Preview | None:
        """None while it is being opened. Raises ContentError where it cannot be answered from."""
        key = (draft.id, container.edition.id)
        with self._lock:
            if self._opening is None or self._key != key:
                self._key = key
                self._opening = self._thread.submit(self._opens, container, draft, folder)
            opening = self._opening
        return opening.result() if opening.done() else None


def opened(container: Container, draft: WaitingDraft, folder: Path) -> Preview:
    """Raises ContentError for what cannot be read, or no longer be quoted."""
    settings = container.settings
    state_dir = settings.state_dir / FOLDER
    _share_vectors(settings.state_dir / INDEX, state_dir / INDEX)
    last = draft.changes[-1]
    edition = Edition(draft.id, last.at, last.who, "", last.what)
    knowledge = Knowledge.open(
        state_dir,
        None,
        folder,
        costs=settings.knowledge_dir,
        edition=edition,
        beside=container.knowledge,
    )
    content = Content.read(data_files(settings, folder), knowledge.library)
    tutor = make_tutor(content, knowledge, container.engine)
    return Preview(knowledge.library, knowledge, make_pipeline(content, knowledge, tutor))


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
    """What is embedded already is not embedded again."""
    if (live / EMBEDDED).is_file() and not (own / EMBEDDED).is_file():
        own.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(live / EMBEDDED, own / EMBEDDED)
