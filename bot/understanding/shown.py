"""The answer shown last, so that "more", "and Solihull?" and "how old is that" are understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shown:
    """`query` is the question that was answered, and `passages` the ids quoted to it, best first.

    `earlier` holds the ids that replies to the same question quoted before. `documents` are the ids
    of the documents that the person named, whose passages come first.
    """

    query: str = ""
    passages: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def all_passages(self) -> tuple[str, ...]:
        """What the person has seen to this question."""
        return (*self.passages, *self.earlier)

    def to_json(self) -> dict[str, Any]:
        return {
            "query": self.query,
            "passages": list(self.passages),
            "earlier": list(self.earlier),
            "documents": list(self.documents),
        }

    @classmethod
    def from_json(cls, value: Any) -> Shown:
        """Nothing shown, for what is none of ours."""
        if not isinstance(value, dict):
            return cls()
        return cls(
            query=str(value.get("query") or ""),
            passages=tuple(value.get("passages") or ()),
            earlier=tuple(value.get("earlier") or ()),
            documents=tuple(value.get("documents") or ()),
        )
