"""Where the editions of the content are, by the settings."""

from __future__ import annotations

from pathlib import Path

from bot.content.data_files import DataFiles
from bot.operations.state_folder import make_private
from bot.settings import Settings
from knowledge.editions import Drafts, Editions, WaitingDraft


def open_editions(settings: Settings) -> Editions:
    return Editions(
        settings.content_dir,
        settings.knowledge_dir,
        settings.editions_dir,
        data=settings.data_dir,
    )


def open_drafts(settings: Settings) -> Drafts:
    """The changes that wait to be published."""
    return Drafts(open_editions(settings), settings.state_dir / "drafts")


def edited_content(settings: Settings) -> tuple[WaitingDraft | None, Path]:
    """The changes that wait with a folder to read them from; the live edition where none do. Raises
    ContentError."""
    drafts = open_drafts(settings)
    draft = drafts.open()
    return draft, drafts.folder(draft) if draft else live_content(settings)


def own_editions(settings: Settings) -> Editions:
    """The same for a command that may write: nobody else can read what it leaves."""
    make_private(settings.state_dir)
    return open_editions(settings)


def live_content(settings: Settings) -> Path:
    """A folder to read the live edition from. Raises ContentError."""
    return open_editions(settings).live_folder()


def data_files(settings: Settings, edition: Path) -> DataFiles:
    """What is read below `data` for the edition in that folder."""
    return DataFiles(settings.data_dir, edition)


def live_data(settings: Settings) -> DataFiles:
    """The same for the live edition. Raises ContentError."""
    return data_files(settings, live_content(settings))
