"""The numbers that Word shows before paragraphs, by the document's own definitions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from knowledge.importing.block import one_line
from knowledge.importing.markers import MOST_COUNTED, counted
from knowledge.importing.whole_number import whole_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLACE = re.compile(r"%([1-9])")
FORMS = {
    "lowerLetter": "letter",
    "upperLetter": "LETTER",
    "lowerRoman": "roman",
    "upperRoman": "ROMAN",
}
FIGURE_FORMS = frozenset(("decimal", "decimalZero", "ordinal", "cardinalText", "ordinalText"))
LEVELS = 9


@dataclass(frozen=True)
class Level:
    """One level of a list. `text` has "%1" where the count of the first level goes."""

    form: str
    text: str
    start: int
    restarts_after: int | None
    legal: bool
    style: str | None


@dataclass
class _List:
    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


def value(element: Any, name: str) -> str | None:
    """The `w:val` of the child of that name."""
    child = None if element is None else element.find(f"{W}{name}")
    found = None if child is None else child.get(f"{W}val")
    return None if found is None else str(found)


class Numbering:
    """Counts as Word does: a list goes on until a level above it moves, or is told to restart."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, _List] = {}
        self._uses: dict[str, str] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a paragraph style stands for in this list, else the first."""
        levels = self._levels(number)
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def next(self, number: str, depth: int) -> str:
        """What is shown before the next paragraph of this list: "2.4", "(a)", "•", or ""."""
        levels = self._levels(number)
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._lists[self._uses[number]].counts
        self._count(number, depth, level, counts)
        for below in [deeper for deeper in counts if deeper > depth]:
            restarts = levels[below].restarts_after if below in levels else None
            if restarts is None or (restarts and depth < restarts):
                del counts[below]
        if level.form == "bullet":
            return "•"
        if level.form == "none":
            return one_line(PLACE.sub("", level.text))
        return one_line(
            PLACE.sub(lambda place: self._shown(levels, counts, place, level), level.text)
        )

    def _count(self, number: str, depth: int, level: Level, counts: dict[int, int]) -> None:
        restart = self._starts.get(number, {}).get(depth)
        if restart is not None and (number, depth) not in self._begun:
            counts[depth] = restart
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self._begun.add((number, depth))

    def _shown(
        self, levels: dict[int, Level], counts: dict[int, int], place: re.Match[str], own: Level
    ) -> str:
        depth = int(place[1]) - 1
        level = levels.get(depth)
        if level is None:
            return ""
        count = counts.setdefault(depth, level.start)
        form = "decimal" if own.legal else FORMS.get(level.form, "decimal")
        shown = counted(count, form)
        return shown.zfill(2) if level.form == "decimalZero" else shown

    def _levels(self, number: str) -> dict[int, Level]:
        if number not in self._uses:
            return {}
        return self._lists[self._uses[number]].levels | self._own.get(number, {})

    def _read(self, root: Any) -> None:
        by_style: dict[str, str] = {}
        linked: dict[str, str] = {}
        for abstract in root.findall(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            self._lists[name] = _List(dict(map(_level, abstract.findall(f"{W}lvl"))))
            if style := value(abstract, "styleLink"):
                by_style[style] = name
            if style := value(abstract, "numStyleLink"):
                linked[name] = style
        for number in root.findall(f"{W}num"):
            name = value(number, "abstractNumId") or ""
            name = by_style.get(linked.get(name, ""), name)
            if name in self._lists:
                self._read_use(number, number.get(f"{W}numId", ""), name)

    def _read_use(self, element: Any, number: str, abstract: str) -> None:
        self._uses[number] = abstract
        for override in element.findall(f"{W}lvlOverride"):
            depth = whole_number(override.get(f"{W}ilvl"), 0, LEVELS)
            if (start := value(override, "startOverride")) is not None:
                self._starts.setdefault(number, {})[depth] = whole_number(start, 1, MOST_COUNTED)
            if (level := override.find(f"{W}lvl")) is not None:
                self._own.setdefault(number, {})[depth] = _level(level)[1]


def _level(element: Any) -> tuple[int, Level]:
    restart = value(element, "lvlRestart")
    form = value(element, "numFmt") or "decimal"
    known = form in FORMS or form in FIGURE_FORMS or form in ("bullet", "none")
    level = Level(
        form=form if known else "decimal",
        text=value(element, "lvlText") or "",
        start=whole_number(value(element, "start"), 0, MOST_COUNTED),
        restarts_after=None if restart is None else whole_number(restart, 0, LEVELS),
        legal=element.find(f"{W}isLgl") is not None,
        style=value(element, "pStyle"),
    )
    return whole_number(element.get(f"{W}ilvl"), 0, LEVELS), level
