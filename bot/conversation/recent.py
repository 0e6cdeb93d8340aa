"""What was said a moment ago: the words that the next message may go on with, make grave or
answer.

All of it is redacted. It is for a while in memory, that of this process and of Redis where several
servers share one, so that the next message may come to any of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.storage.expiring import Expiring, ExpiringValues

AT_ONCE_S = 4.0
"""Whoever writes again so soon has not read the reply. Replies quote 643 characters on average
(to the questions of tests/eval), which take half a minute to read."""
TOLD_TOGETHER_S = 900.0
"""Longer ago, and it is another matter: a visit or a lesson lies between."""
STOP_S = 3600.0
"""A stop that no database took is held so long."""

TOLD_TOGETHER = 2
"""Messages before the one that is read. All together are read as far as one message would be."""
QUESTIONS = 3
"""As many as the actions remember (`REMEMBERED` in actions/effects.py)."""
FEW_WORDS = 19
"""Of a reply that may need what was asked to be understood: the longest that an author gave who was
told to reply (data/messages/replies.jsonl)."""

LASTS_S = {
    "piece": AT_ONCE_S,
    "earlier": TOLD_TOGETHER_S,
    "asked": TOLD_TOGETHER_S,
    "danger_left_open": TOLD_TOGETHER_S,
    "documents": TOLD_TOGETHER_S,
    "stop": STOP_S,
}


@dataclass(frozen=True)
class Recent:
    """`piece`: the last words. `earlier`: the last messages that named no danger, oldest first.
    `asked`: what waits for a reply, a question of a flow or whether 999 is needed.
    `danger_left_open`: 999 was named because a reply left the question of danger open.
    `documents`: the ids of documents that the last messages named by words that were taken out of
    them, by their redacted words. Beside "[name]" such an id may tell the name: so it is kept here
    and nowhere else. `stop`: the open flow is to be stopped, and no database took it.
    """

    piece: str | None = None
    earlier: Sequence[str] = ()
    asked: str | None = None
    danger_left_open: bool = False
    documents: Mapping[str, Sequence[str]] = field(default_factory=dict)
    stop: bool = False

    def asked_of(self, reply: str) -> str | None:
        """Nothing where `reply` is longer than one who answers would be."""
        return self.asked if len(reply.split()) <= FEW_WORDS else None

    def earlier_and(self, words: str) -> Sequence[str]:
        return [*self.earlier, words][-TOLD_TOGETHER:]

    def documents_and(self, words: str, ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """The same words without a document name none: another place was taken out of them."""
        others = {said: named for said, named in self.documents.items() if said != words}
        named = {**others, words: list(ids)} if ids else others
        return dict(list(named.items())[-QUESTIONS:])


class RecentMemory:
    """Of every conversation, by its id or by what its channel calls it before it is known."""

    def __init__(self, values: ExpiringValues, lasts_s: Mapping[str, float] | None = None) -> None:
        """`lasts_s`: seconds for which each part of a `Recent` lasts; LASTS_S says."""
        self._values = values
        self._lasts_s = {**LASTS_S, **(lasts_s or {})}

    async def of(self, conversation: str) -> Recent:
        found = await self._values.get([_key(conversation, part) for part in LASTS_S])
        parts = zip(LASTS_S, found, strict=True)
        return Recent(**{part: json.loads(value) for part, value in parts if value})

    async def keep(self, conversation: str, **parts: Any) -> None:
        """From now on. What is empty is forgotten."""
        await self._values.put(
            {
                _key(conversation, part): Expiring(json.dumps(value), self._lasts_s[part])
                if value
                else None
                for part, value in parts.items()
            }
        )

    async def forget(self, conversation: str) -> None:
        await self._values.put({_key(conversation, part): None for part in LASTS_S})


def _key(conversation: str, part: str) -> str:
    return f"recent:{conversation}:{part}"
