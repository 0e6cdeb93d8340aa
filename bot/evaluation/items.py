"""Messages whose right treatment is known."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from bot.understanding.training.messages import AuthorsLine
from knowledge.files import JsonSource, read_json_lines
from knowledge.gold import Gold, one_space
from knowledge.library import Library
from knowledge.schema import validated

ItemKind = Literal[
    "answer",
    "abstain",
    "out_of_scope",
    "flow",
    "emergency",
    "role",
    "documents",
    "assistant",
    "contact",
    "smalltalk",
    "pii",
    "reply",
    "question",
]
"""What would be the right treatment. `docs/evaluation.md` says what each means."""


class Item(AuthorsLine):
    """A line of a set. What answers it is named by `passages`, by `gold`, or by both."""

    id: str = ""
    kind: ItemKind
    author: str = ""
    gold: tuple[Gold, ...] = ()

    @property
    def flows(self) -> frozenset[str]:
        """The flows that are right."""
        return frozenset(each for each in (self.flow, self.alt_flow) if each)


def read_items(file: Path, library: Library) -> list[Item]:
    """Without an `author` the file's name stands for one, without an `id` the line.

    Raises ContentError naming file and line of the first line that cannot be judged.
    """
    items: dict[str, Item] = {}
    for number, source in enumerate(read_json_lines(file), start=1):
        item = validated(source, Item)
        item = item.model_copy(
            update={
                "id": item.id or f"{file.stem}-{number}",
                "author": item.author or file.stem,
            }
        )
        if item.id in items:
            raise source.error(f"{item.id}: this id is used twice")
        _check(item, source, library)
        items[item.id] = item
    return list(items.values())


def _check(item: Item, source: JsonSource, library: Library) -> None:
    """A line that lacks what it is judged by would count as a miss for ever."""
    needed = {
        "answer": (item.gold or item.passages, "'gold' or 'passages' is missing"),
        "flow": (item.flow, "'flow' is missing"),
        "pii": (item.pii, "'pii' is missing"),
    }
    given, problem = needed.get(item.kind, (True, ""))
    if not given:
        raise source.error(problem)
    for passage_id in item.passages:
        if passage_id not in library.passages:
            raise source.error(f"there is no passage '{passage_id}'")
    for gold in item.gold:
        document = library.documents.get(gold.doc)
        if not document or one_space(gold.quote) not in one_space(document.text):
            raise source.error(f"document '{gold.doc}' does not say '{gold.quote}'")
