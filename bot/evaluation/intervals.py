"""Figures with their 95 % intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

Z = 1.959964


@dataclass(frozen=True)
class Share:
    """`hits` of `count`, printed with Wilson's interval."""

    hits: int
    count: int

    @classmethod
    def of(cls, values: Iterable[float]) -> Share:
        """Of true and false, or of 1 and 0."""
        listed = [bool(value) for value in values]
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
            return ""
        low, high = self.interval
        return f"{self.value:.3f} ({low:.2f} to {high:.2f}, {self.hits} of {self.count})"


@dataclass(frozen=True)
class Mean:
    """A mean of `count` values and its interval, by the normal approximation."""

    value: float
    margin: float
    count: int

    @classmethod
    def of(cls, values: Iterable[float]) -> Mean:
        listed = list(values)
        n = len(listed)
        margin = Z * stdev(listed) / sqrt(n) if n > 1 else 0.0
        return cls(fmean(listed) if n else 0.0, margin, n)

    def __str__(self) -> str:
        if not self.count:
            return ""
        if self.count == 1:
            return f"{self.value:.0f} (of 1)"
        low, high = self.value - self.margin, self.value + self.margin
        return f"{self.value:.0f} ({low:.0f} to {high:.0f}, of {self.count})"
