"""Two changed states of one file as one, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from knowledge.editions.entries import HEAD, entries_of

Side = Literal["mine", "theirs"]
Parts = Mapping[str, str]


@dataclass(frozen=True)
class Weave:
    """A file that both sides changed. `open`: the names of the entries that both changed."""

    path: PurePosixPath
    base: Parts
    mine: Parts
    theirs: Parts
    order: tuple[str, ...]
    open: tuple[str, ...]

    def written(self, chosen: Mapping[str, Side]) -> bytes:
        """What comes of both. Of an entry that is open and not chosen of it has my side."""
        return self._text(chosen, {}).encode()

    def variant(self, name: str, side: Literal["base", "mine", "theirs"]) -> bytes:
        """The same, but for one entry, which is as it is on that side."""
        return self._text({}, {name: getattr(self, side)}).encode()

    def is_sound(self, chosen: Mapping[str, Side]) -> bool:
        """Whether what is written reads as just these entries."""
        again = entries_of(self.path, self._text(chosen, {}))
        return again == {HEAD: "", **self._parts(chosen, {})}

    def _text(self, chosen: Mapping[str, Side], instead: Mapping[str, Parts]) -> str:
        return "".join(self._parts(chosen, instead).values())

    def _parts(self, chosen: Mapping[str, Side], instead: Mapping[str, Parts]) -> dict[str, str]:
        sides = {name: instead.get(name) or self._side(name, chosen) for name in self.order}
        return {name: side[name] for name, side in sides.items() if name in side}

    def _side(self, name: str, chosen: Mapping[str, Side]) -> Parts:
        if name in self.open:
            return self.theirs if chosen.get(name) == "theirs" else self.mine
        return self.theirs if self.mine.get(name) == self.base.get(name) else self.mine


def woven(path: PurePosixPath, base: bytes, mine: bytes, theirs: bytes) -> Weave | None:
    """None where the file cannot be taken apart, or the entries of both would not make one."""
    sides = [_entries(path, each) for each in (base, mine, theirs)]
    if sides[0] is None or sides[1] is None or sides[2] is None:
        return None
    before, ours, other = sides[0], sides[1], sides[2]
    both = tuple(
        name
        for name in dict.fromkeys((*ours, *other))
        if before.get(name) not in {ours.get(name), other.get(name)}
        and ours.get(name) != other.get(name)
    )
    found = Weave(path, before, ours, other, _in_order(ours, other), both)
    all_theirs: dict[str, Side] = dict.fromkeys(both, "theirs")
    return found if found.is_sound({}) and found.is_sound(all_theirs) else None


def _entries(path: PurePosixPath, content: bytes) -> dict[str, str] | None:
    try:
        return entries_of(path, content.decode())
    except UnicodeDecodeError:
        return None


def _in_order(mine: Parts, theirs: Parts) -> tuple[str, ...]:
    """As on my side; what only theirs has comes after what it follows there."""
    order = list(mine)
    before = ""
    for name in theirs:
        if name not in mine:
            order.insert(order.index(before) + 1 if before in order else len(order), name)
        before = name
    return tuple(order)
