"""Questions that wait for somebody again, because an edition is gone back to that lacks them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from bot.asked.store import AskedStore
from knowledge.editions import Edition, Editions
from knowledge.errors import ContentError
from knowledge.written import in_words
from knowledge.written_questions import all_written


def coming_back(store: AskedStore, editions: Editions, edition: Edition) -> list[str]:
    """Those that were written for a passage or as a gap since `edition` was published, and are not
    in it. Of an edition that cannot be read, all of them."""
    held: frozenset[str] = frozenset()
    with suppress(ContentError), editions.copy(edition.id) as folder:
        held = all_written(folder)
    written = store.written_since(edition.day or date.min)
    return [text for text in written if in_words(text) not in held]
