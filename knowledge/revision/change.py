"""What a new edition makes of a passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from knowledge.documents import Passage
from knowledge.importing import ProposedPassage
from knowledge.revision.wording import Segment

ChangeKind = Literal["same", "moved", "changed", "removed", "new"]


@dataclass(frozen=True)
class ContextChange:
    """Words around a passage that say what it is about, and are others now."""

    what: Literal["heading", "lead-in"]
    before: str | None
    after: str | None


@dataclass(frozen=True)
class PassageChange:
    """A passage before and after.

    `same`: the same words in the same place. `moved`: the same words under another number, or in
    another place. `changed`: other words (`words`), or another lead-in or heading (`context`).
    `removed`: nothing in the new edition goes on with it. `new`: nothing was before it.

    `id`: it outlives renumbering; None for a new passage that has none yet. `reference`: the number
    that is shown for it in the new edition. `shares_words_with`: for a `removed` passage the ids of
    those that its words stand in now, for a `new` one of those that it was a part of: a paragraph
    that was joined to another, or split.
    """

    kind: ChangeKind
    before: Passage | None
    after: ProposedPassage | None
    id: str | None = None
    reference: str | None = None
    words: tuple[Segment, ...] = ()
    context: tuple[ContextChange, ...] = ()
    shares_words_with: tuple[str, ...] = ()
