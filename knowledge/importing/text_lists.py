"""The lists of a text: how deep an item stands, and which number is shown before it."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.importing.block import Block
from knowledge.importing.indents import Indents
from knowledge.importing.markers import is_bullet, marks_an_item

COUNTED = "#."
"""The marker that reStructuredText has for the next number, whichever it is."""


@dataclass
class TextLists:
    """`contents`: from where the words of an item stand, by its depth."""

    indents: Indents = field(default_factory=Indents)
    contents: dict[int, int] = field(default_factory=dict)
    counts: dict[int, tuple[str, int]] = field(default_factory=dict)

    def block(self, indent: int, marker: str) -> Block:
        """What begins here, without its words: an item, a further part of one, or a paragraph."""
        if marks_an_item(marker):
            return self._item(indent, marker)
        if self.contents and indent >= min(self.contents.values()):
            depth = max(d for d, content in self.contents.items() if content <= indent)
            return Block("item", "", depth=depth, marker=marker)
        self.end()
        return Block("paragraph", "", marker=marker)

    def end(self) -> None:
        """Whatever comes next belongs to none of the lists so far."""
        self.indents.clear()
        self.contents.clear()
        self.counts.clear()

    def _item(self, indent: int, marker: str) -> Block:
        depth = self.indents.depth(indent)
        self.counts = {d: count for d, count in self.counts.items() if d <= depth}
        self.contents = {d: content for d, content in self.contents.items() if d < depth}
        self.contents[depth] = indent + len(marker) + 1
        return Block("item", "", depth=depth, marker=self._shown(depth, marker))

    def _shown(self, depth: int, marker: str) -> str:
        """Lists whose every item is "1.", or "#.", are counted as they are shown."""
        if is_bullet(marker):
            return "•" if marker in "*+-" else marker
        said, count = self.counts.get(depth, ("", 0))
        again = marker in (COUNTED, said)
        count = count + 1 if again or not said else 1
        self.counts[depth] = (marker, count)
        return f"{count}." if marker == COUNTED or (again and marker == "1.") else marker
