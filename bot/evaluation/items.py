"""Questions whose right answers are known."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import ContentError, Location

ItemKind = Literal["answer", "abstain", "out_of_scope", "flow", "emergency", "pii", "smalltalk"]
Style = Literal["follow-up", "paraphrase", "misspelt", "terse", "narrative", "plain"]
STYLES: tuple[Style, ...] = ("follow-up", "paraphrase", "misspelt", "terse", "narrative")


class Gold(BaseModel):
    """Words of a document that answer (grade 2) or are related and acceptable (grade 1)."""

    model_config = ConfigDict(frozen=True)

    doc: str
    quote: str
    grade: Literal[1, 2]


class Item(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str
    q: str
    kind: ItemKind
    gold: tuple[Gold, ...] = ()
    flow: str | None = None
    note: str = ""
    context: tuple[str, ...] = ()
    pii: tuple[str, ...] = Field(default=(), description="Substrings that are personal data.")

    @property
    def style(self) -> Style:
        for style in STYLES:
            if style in self.note:
                return style
        return "plain"

    def grade(self, document_id: str, text: str) -> int:
        """The best grade of a gold quotation found in `text`, 0 where there is none."""
        words = one_space(text)
        grades = [
            g.grade for g in self.gold if g.doc == document_id and one_space(g.quote) in words
        ]
        return max(grades, default=0)


def read_items(file: Path) -> list[Item]:
    """Raises ContentError naming file and line of the first broken line."""
    items: list[Item] = []
    seen: set[str] = set()
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            item = Item.model_validate_json(line)
        except ValidationError as broken:
            first = broken.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            problem = f"{where} {first['msg']}".strip()
            raise ContentError.at(Location.of(file, number), problem) from broken
        if item.id in seen:
            raise ContentError.at(Location.of(file, number), f"{item.id}: this id is used twice")
        seen.add(item.id)
        items.append(item)
    return items


def one_space(text: str) -> str:
    return " ".join(text.split())
