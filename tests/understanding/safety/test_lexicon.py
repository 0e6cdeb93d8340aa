"""Cries for help in other languages, each tried on its own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import SafetyReason
from bot.understanding.safety.lexicon import Entry, Lexicon, folded
from knowledge.errors import ContentError
from tests.shipped import SAFETY

LEXICON = Lexicon.read(SAFETY / "lexicon.yaml")
ENTRIES = [pytest.param(*each, id=each[1].words) for each in LEXICON.entries]
FILE = """
immediate_danger:
  - {{words: hilfe, means: help, language: German, for: "{said}", against: "{other}"}}
self_harm: []
"""


@pytest.mark.parametrize(("reason", "entry"), ENTRIES)
def test_each_cry_is_heard_in_its_message_and_not_in_the_other(
    reason: SafetyReason, entry: Entry
) -> None:
    assert LEXICON.heard(entry.said) == reason
    assert LEXICON.heard(f"Hello. {entry.said.upper()}! Please") == reason
    assert not entry.is_in(folded(entry.other))


@pytest.mark.parametrize("text", ["", "?", "Hi, what is a chronology?", "Jugendhilfeplan"])
def test_nothing_else_is_heard(text: str) -> None:
    assert LEXICON.heard(text) is None


def test_words_of_scripts_without_spaces_are_heard_within_others() -> None:
    assert LEXICON.heard("他要杀了我现在") == "immediate_danger"


def test_the_graver_reason_leads() -> None:
    assert LEXICON.heard("ich will sterben. Hilfe") == "immediate_danger"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("Ayúdame", "ayudame"), ("NEFES  ALMIYOR", "nefes almiyor"), ("ребёнок", "ребенок")],
)
def test_accents_capitals_and_gaps_are_alike(typed: str, read: str) -> None:
    assert folded(typed) == read


@pytest.mark.parametrize(
    ("said", "other", "problem"),
    [
        ("hallo", "hallo", "“hilfe” is not heard in its example “hallo”"),
        ("Hilfe", "zu Hilfe", "“hilfe” is heard in “zu Hilfe”, where it must not be"),
    ],
)
def test_an_entry_that_fails_its_own_examples_is_refused(
    tmp_path: Path, said: str, other: str, problem: str
) -> None:
    path = tmp_path / "lexicon.yaml"
    path.write_text(FILE.format(said=said, other=other), "utf-8")
    with pytest.raises(ContentError, match=problem) as refused:
        Lexicon.read(path)
    assert [each.place.file.endswith("/lexicon.yaml") for each in refused.value.violations] == [
        True
    ]
