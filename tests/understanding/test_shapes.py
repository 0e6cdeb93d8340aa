"""What a text costs to read is bounded whatever its shape: the one test that is timed, in CPU."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pytest

from bench.shapes import FIRST, Calm, cpu_ms, reader, shapes
from bot.settings import Settings
from bot.understanding.normalisation import normalise
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.safety.classifier import DangerClassifier
from bot.understanding.screening import LONGEST
from knowledge.costs import Costs
from knowledge.encoder import Encoder
from tests.shipped import NOTICES, SAFETY

pytestmark = pytest.mark.no_cover
MOST_MS = 1350
"""On two shared cores `python -m bench.shapes --count 300` printed 449 for the slowest. Three
times that: a busy machine must fail nothing. What is not linear takes seconds."""
COUNT = 300
TRIES = 3


Read = Callable[[str], object]


def slow(new_reader: Callable[[], Read], texts: Iterable[str]) -> list[str]:
    """Those that cost too much at every try: what else the machine does adds to one of them.

    A reader remembers what it has read, so every try has a new one.
    """
    for _ in range(TRIES):
        read = new_reader()
        read(FIRST)
        texts = [text for text in texts if cpu_ms(partial(read, text)) > MOST_MS]
        if not texts:
            break
    return [f"{text[:80]!r}, {len(text):,} characters" for text in texts]


def test_no_shape_takes_long_to_normalise_and_redact() -> None:
    assert slow(lambda: reader(Redactor(SAFETY), Calm()), shapes(COUNT)) == []


@pytest.mark.encoder
def test_no_shape_takes_long_to_read_for_danger() -> None:
    def new_reader() -> Read:
        encoder = Encoder.open(Settings().models_dir)
        danger = DangerClassifier(encoder.read, Costs.read(), SAFETY)
        return reader(Redactor(SAFETY), danger)

    assert slow(new_reader, shapes(COUNT)) == []


def test_no_shape_takes_long_to_look_for_a_notice() -> None:
    units = ("just ", "{", "<", "union selec", "drop tabl", "jest nie ", "[message] ")
    texts = [unit * (LONGEST // len(unit)) for unit in units]
    texts += [normalise(raw[:LONGEST]) for raw in shapes(COUNT)]
    assert slow(lambda: NOTICES.found, texts) == []
