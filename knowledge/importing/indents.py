"""How deep the items of a list stand, told from how far in they begin."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Indents:
    """Places that differ by no more than `tolerance` are one."""

    tolerance: float = 0
    places: list[float] = field(default_factory=list)

    def depth(self, place: float) -> int:
        """The depth of an item that begins here, 0 for the outermost. Deeper lists are left."""
        while self.places and self.places[-1] > place + self.tolerance:
            self.places.pop()
        if not self.places or place > self.places[-1] + self.tolerance:
            self.places.append(place)
        return len(self.places) - 1

    def clear(self) -> None:
        self.places.clear()
