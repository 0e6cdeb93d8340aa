"""One thing that a draft changes, in plain words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DraftDifference:
    """`page`: the address of what differs, where it has a page of its own. `said`: one sentence for
    each difference."""

    title: str
    said: tuple[str, ...]
    page: str = ""
