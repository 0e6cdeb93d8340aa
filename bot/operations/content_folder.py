"""Where the editions of the content are, by the settings."""

from __future__ import annotations

from pathlib import Path

from bot.operations.state_folder import make_private
from bot.settings import Settings
from knowledge.editions import Drafts, Editions


def open_editions(settings: Settings) -> Editions:
    return Editions(settings.content_dir, settings.knowledge_dir, settings.editions_dir)


def open_drafts(settings: Settings) -> Drafts:
    """The changes that wait to be published."""
    return Drafts(open_editions(settings), settings.state_dir / "drafts")


def own_editions(settings: Settings) -> Editions:
    """The same for a command that may write: nobody else can read what it leaves."""
    make_private(settings.state_dir)
    return open_editions(settings)


def live_content(settings: Settings) -> Path:
    """A folder to read the live edition from. Raises ContentError."""
    return open_editions(settings).live_folder()
