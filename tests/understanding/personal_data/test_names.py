"""What names cost, and that danger told in capitals keeps its words."""

from __future__ import annotations

import time
from functools import cache
from itertools import product
from pathlib import Path

import pytest
import yaml

from bot.understanding.normalisation import normalise
from bot.understanding.personal_data.lexicon import Lexicon
from bot.understanding.personal_data.names import Names
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.personal_data.tagger import WEIGHTS, Tagger
from tests.shipped import SAFETY

EMERGENCIES = Path(__file__).parents[1] / "safety"
LONGEST = 2000
CPU_S = 0.1
"""Five times what the worst took when it was measured: a busy machine must fail nothing."""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(SAFETY)


def unknown(length: int) -> list[str]:
    """Different words that nobody knows."""
    letters = ("bdgkmprtvz", "aeiou") * 3
    return ["".join(word) for word in product(*letters[:length])][:700]


SHAPES = {
    "unknown short words": " ".join(unknown(3)),
    "unknown words": " ".join(unknown(5)),
    "unknown long words": " ".join(word * 2 for word in unknown(5)),
    "capital letters": " ".join(word.title() for word in unknown(5)),
    "capitals": " ".join(word.upper() for word in unknown(4)),
    "capitals and one small letter": " ".join(word.upper() for word in unknown(4)[:390]) + " a",
    "shouting": "SHE WILL NOT WAKE UP PLEASE HELP ME " * 60,
    "one word": "a" * LONGEST,
    "one name": "K" + "i" * LONGEST,
    "names": "Aa " * 700,
    "letters with hyphens": "a-b-c-d-" * 250,
    "letters": "a b c d " * 250,
    "apostrophes": "O'" * 1000,
    "surname first": "BAXTER, Lily-Rose " * 110,
    "a list of surnames": "Smith, " * 290,
    "initials": "A. J. " * 330,
    "labels": "Name: " * 330,
    "titles": "mr " * 660,
    "introductions": "called " * 280,
    "marks": "é́́́" * 500,
    "other letters": "жоня " * 400,
    "brackets": "(mum) " * 330,
    "placeholders": "[name] " * 280,
}


@pytest.mark.no_cover
@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_costs_much(lexicon: Lexicon, shape: str) -> None:
    """The least of five, since another process may take the processor's caches."""
    tagger = Tagger.read(SAFETY / WEIGHTS)
    text = normalise(SHAPES[shape][:LONGEST])
    spent = []
    for _ in range(5):
        names = Names(lexicon, tagger)
        begun = time.thread_time()
        names.analyze(text, ["name"])
        spent.append(time.thread_time() - begun)
    assert min(spent) < CPU_S


@cache
def emergencies() -> list[str]:
    files = ("unseen", "held_back", "held_back_2", "held_back_3")
    lists = [yaml.safe_load((EMERGENCIES / f"{name}.yaml").read_text("utf-8")) for name in files]
    return [normalise(text) for each in lists for text in each["emergencies"]]


def test_danger_in_capitals_keeps_its_words() -> None:
    """What stays in small letters stays in capitals too, but for a name among them."""
    redact = Redactor(SAFETY).redact
    calm = [text for text in emergencies() if "[name]" not in redact(text).text]
    taken = [text for text in calm if "[name]" in redact(text.upper()).text]
    assert len(taken) <= 0.02 * len(calm), taken
