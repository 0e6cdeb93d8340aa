"""What a text costs to read is bounded whatever its shape: the one test that is timed, in CPU."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pytest

from bench.shapes import TRIES, Calm, cpu_ms, reader, shapes
from bot.examination import LONGEST
from bot.safety.danger import Danger
from bot.safety.manners import Manners
from bot.safety.personal_data import PersonalData
from bot.safety.text import normalise
from bot.settings import Settings
from knowledge.encoder import Encoder

MOST_MS = 100
COUNT = 300


@pytest.fixture(scope="module")
def personal_data() -> PersonalData:
    return PersonalData()


def slow(read: Callable[[str], object], texts: Iterable[str]) -> list[str]:
    """Those that cost too much however often they are tried: noise does not come three times."""
    read("A first text, that loads what is loaded when it is needed.")
    return [
        f"{text[:80]!r}, {len(text):,} characters"
        for text in texts
        if all(cpu_ms(partial(read, text)) > MOST_MS for _ in range(TRIES))
    ]


def test_no_shape_takes_long_to_normalise_and_redact(personal_data: PersonalData) -> None:
    assert slow(reader(personal_data, Calm()), shapes(COUNT)) == []


@pytest.mark.encoder
def test_no_shape_takes_long_to_read_for_danger(personal_data: PersonalData) -> None:
    danger = Danger(Encoder.open(Settings().models_dir).encode)
    assert slow(reader(personal_data, danger), shapes(COUNT)) == []


def test_no_shape_takes_long_to_answer_with_manners() -> None:
    units = ("just ", "please ", "can you ", "{{", "says 001 ", "ignore all ", "always share ")
    texts = [unit * (LONGEST // len(unit)) for unit in units]
    texts += [normalise(raw[:LONGEST]) for raw in shapes(COUNT)]
    assert slow(Manners().notice, texts) == []
