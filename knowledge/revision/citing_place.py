"""A place that cites a passage, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.errors import KeyPath, Location

PlaceKind = Literal[
    "named",
    "outcome",
    "card",
    "rule",
    "reading",
    "quiz",
    "spoken_notice",
    "notice",
    "relation",
    "gap",
    "out_of_scope",
    "questions",
    "supersedes",
]
"""The most visible first: what people are told, what they learn, what stands beside it, and what
the search rests on. `named`: it cites nothing, and names a document as it was before."""


@dataclass(frozen=True)
class CitingPlace:
    """One place and one passage that it cites.

    `cited`: the passage's id, or the document's where a place stands beside all of it. `key` names
    the place for good, such as `flow/new_concern/o_told`: in what people have looked at, and in
    commands. `name` is what people call it. `text`: its words, which were written for the passage.
    `file` and `path`: where exactly the id is written, and for what is `named` the words; `path` is
    empty for what is not YAML.
    """

    cited: str
    kind: PlaceKind
    key: str
    name: str
    place: Location
    text: str
    file: Path
    path: KeyPath = ()
