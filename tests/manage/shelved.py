"""The draft opened without an index."""

from __future__ import annotations

from pathlib import Path

from bot.container import Container
from bot.operations.previews import Preview
from knowledge.editions import WaitingDraft
from knowledge.library import Library
from tests.api.standins import Shelf


def shelved(container: Container, draft: WaitingDraft, folder: Path) -> Preview:
    """Where nothing is asked."""
    shelf = Shelf()
    shelf.library = Library.read(folder)
    return Preview(shelf, container.pipeline)
