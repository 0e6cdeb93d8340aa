"""Questions that wait for somebody again, because the content lacks again what was written for
them: an earlier edition is gone back to, or the draft is given up."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from bot.asked.store import AskedStore
from knowledge.editions import Edition, Editions
from knowledge.errors import ContentError
from knowledge.written import in_words
from knowledge.written_questions import all_written


def coming_back(store: AskedStore, editions: Editions, edition: Edition) -> list[str]:
    """Those that were written for a passage or as a gap since `edition` was published, and are not
    in it. Raises ContentError."""
    with editions.copy(edition.id) as folder:
        return lacking(store, edition, folder)


def lacking(store: AskedStore, since: Edition, content: Path) -> list[str]:
    """The same of any content that was made from the edition. Where that cannot be read, all."""
    held: frozenset[str] = frozenset()
    with suppress(ContentError):
        held = all_written(content)
    written = store.written_since(since.day or date.min)
    return [text for text in written if in_words(text) not in held]
