"""What was said a moment ago: the words that the next message may go on with, make grave or
answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from cachetools import TTLCache

AT_ONCE_S = 4.0
"""Whoever writes again so soon has not read the reply. Replies quote 643 characters on average
(to the questions of tests/eval), which take half a minute to read."""

CONVERSATIONS = 10_000
"""So many are remembered at a time."""


class LastPieces:
    """The last words of each conversation, in memory and for a moment. Nothing waits for them."""

    def __init__(
        self, lasts_s: float = AT_ONCE_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pieces: TTLCache[str, str] = TTLCache(CONVERSATIONS, lasts_s, clock)

    def keep(self, conversation_id: str, words: str) -> None:
        self._pieces[conversation_id] = words

    def take(self, conversation_id: str) -> str | None:
        """What was kept a moment ago; it is forgotten with that."""
        return self._pieces.pop(conversation_id, None)


TOLD_TOGETHER_S = 900.0
"""Longer ago, and it is another matter: a visit or a lesson lies between."""
TOLD_TOGETHER = 2
"""Messages before the one that is read. All together are read as far as one message would be."""


class EarlierWords:
    """The last messages of each conversation that named no danger, redacted, in memory."""

    def __init__(
        self, lasts_s: float = TOLD_TOGETHER_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._words: TTLCache[str, tuple[str, ...]] = TTLCache(CONVERSATIONS, lasts_s, clock)

    def of(self, conversation_id: str) -> tuple[str, ...]:
        """Oldest first."""
        words: tuple[str, ...] = self._words.get(conversation_id, ())
        return words

    def add(self, conversation_id: str, words: str) -> None:
        self._words[conversation_id] = (*self.of(conversation_id), words)[-TOLD_TOGETHER:]

    def forget(self, conversation_id: str) -> None:
        """What was told before 999 was named is dealt with."""
        self._words.pop(conversation_id, None)


QUESTIONS = 3
"""As many as the actions remember (`REMEMBERED` in actions/effects.py)."""


class DocumentsTakenOut:
    """Which documents the last messages of each conversation named by words that were taken out of
    them. In memory only: beside "[name]" the id of a document may tell the name."""

    def __init__(
        self, lasts_s: float = TOLD_TOGETHER_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._named: TTLCache[str, Mapping[str, tuple[str, ...]]] = TTLCache(
            CONVERSATIONS, lasts_s, clock
        )

    def of(self, conversation_id: str) -> Mapping[str, tuple[str, ...]]:
        """The ids, by the redacted words; those of the message before last first."""
        named: Mapping[str, tuple[str, ...]] = self._named.get(conversation_id, {})
        return named

    def keep(self, conversation_id: str, words: str, documents: tuple[str, ...]) -> None:
        """The same words without a document name none: another place was taken out of them."""
        earlier = {said: ids for said, ids in self.of(conversation_id).items() if said != words}
        named = {**earlier, words: documents} if documents else earlier
        if named:
            self._named[conversation_id] = dict(list(named.items())[-QUESTIONS:])
        else:
            self.forget(conversation_id)

    def forget(self, conversation_id: str) -> None:
        self._named.pop(conversation_id, None)


class DangerLeftOpen:
    """Conversations in which 999 was named because a reply left the question of danger open. It is
    named once for that: the question stands below each further reply."""

    def __init__(
        self, lasts_s: float = TOLD_TOGETHER_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._named: TTLCache[str, bool] = TTLCache(CONVERSATIONS, lasts_s, clock)

    def is_new(self, conversation_id: str, left_open: bool) -> bool:
        """Whether it is left open now and was not before."""
        if not left_open:
            self._named.pop(conversation_id, None)
            return False
        before = self._named.get(conversation_id, False)
        self._named[conversation_id] = True
        return not before


FEW_WORDS = 19
"""Of a reply that may need what was asked to be understood: the longest that an author gave who was
told to reply (data/messages/replies.jsonl)."""


class LastAsked:
    """What each conversation was asked last: a question of a flow, or whether 999 is needed."""

    def __init__(
        self, lasts_s: float = TOLD_TOGETHER_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._asked: TTLCache[str, str] = TTLCache(CONVERSATIONS, lasts_s, clock)

    def of(self, conversation_id: str, reply: str) -> str | None:
        """Nothing where `reply` is longer than one who answers would be."""
        few = len(reply.split()) <= FEW_WORDS
        return self._asked.get(conversation_id) if few else None

    def keep(self, conversation_id: str, asked: str | None) -> None:
        """With None nothing waits for a reply."""
        if asked:
            self._asked[conversation_id] = asked
        else:
            self._asked.pop(conversation_id, None)
