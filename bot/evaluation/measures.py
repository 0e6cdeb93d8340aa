"""Shares with their 95 % intervals, and the worth of a ranking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2, sqrt

Z = 1.959964


@dataclass(frozen=True)
class Share:
    """`hits` of `count`, printed with Wilson's 95 % interval."""

    hits: int
    count: int

    @classmethod
    def of(cls, values: Iterable[bool]) -> Share:
        listed = list(values)
        return cls(sum(listed), len(listed))

    @property
    def value(self) -> float:
        return self.hits / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        if not self.count:
            return 0.0, 1.0
        n, p = self.count, self.value
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        if not self.count:
            return "none"
        low, high = self.interval
        return f"{self.value:.3f} ({low:.2f} to {high:.2f}, {self.hits} of {self.count})"


def ndcg(grades: Sequence[int], possible: Sequence[int], depth: int = 10) -> float:
    """`grades` as ranked against `possible`, the grades of everything that could be found."""
    ideal = _gain(sorted(possible, reverse=True)[:depth])
    return _gain(grades[:depth]) / ideal if ideal else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades))


def mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
