"""A head that hears what a test says, and vectors for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.messages import SafetyReason
from bot.understanding.safety.classifier import DangerClassifier
from bot.understanding.safety.head import REASONS, DangerHead
from bot.understanding.safety.windows import WIDTH
from knowledge.costs import Costs
from tests.shipped import SAFETY

JUDGED: dict[SafetyReason, str] = {
    "immediate_danger": "Red is what we talked of on Monday.",
    "self_harm": "Blue is what we talked of on Tuesday.",
    "child_user": "Green is what we talked of on Wednesday.",
    "allegation": "Brown is what we talked of on Thursday.",
    "public_user": "White is what we talked of on Friday.",
}
"""A sentence for each reason, by whose first word it is heard."""


class Make(Protocol):
    def __call__(self, heard: float, *, only_windows: bool = False) -> DangerClassifier:
        """A classifier that gives each colour in a text so much more than "none of these"; with
        `only_windows`, only where the text is no longer than a window."""


def alike(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.full((len(texts), 384), 384**-0.5, np.float32)


def logit(share: float) -> float:
    """What a colour must add to have this share."""
    return float(np.log(share / (1 - share)))


def maker(folder: Path) -> Make:
    data = Path(copytree(SAFETY, folder / "safety"))

    def make(heard: float, *, only_windows: bool = False) -> DangerClassifier:
        units = len(REASONS)
        hidden = np.zeros((units, 384 + 1), np.float32)
        hidden[range(units), range(units)] = 9.0  # tanh of it is one
        top = np.zeros((units + 1, units + 1), np.float32)
        top[range(units), range(units)] = heard + CALM
        top[-1, -1] = CALM
        DangerHead(hidden, top).write(data / "head.npz", "made by a test")
        longest = WIDTH if only_windows else None

        def read(texts: Sequence[str]) -> NDArray[np.float32]:
            return of_colours(texts, longest)

        return DangerClassifier(read, Costs.read(), data)

    return make


CALM = 8.0
"""What "none of these" has in every text, beside which reasons that are not said are nothing."""


def of_colours(texts: Sequence[str], longest: int | None) -> NDArray[np.float32]:
    """A vector with one direction for each of the sentences that the text holds."""
    found = np.zeros((len(texts), 384), np.float32)
    for row, text in enumerate(texts):
        if longest and len(text.split()) > longest:
            continue
        for column, sentence in enumerate(JUDGED.values()):
            found[row, column] = sentence.split()[0] in text
    return found
