"""Passages are found by a few of their words, in any letters, before what is only like them."""

from __future__ import annotations

from bot.operations.suggested_passages import suggested
from bot.settings import HOME

CONTENT = HOME / "knowledge"


def test_what_holds_all_of_a_few_words_comes_first() -> None:
    found = suggested(CONTENT, "CONSENT information", ())
    held = [each.passage for each in found[:3]]
    assert held
    for each in held:
        text = f"{each.heading} {each.text}".casefold()
        assert "consent" in text
        assert "information" in text


def test_a_number_and_an_id_come_before_words() -> None:
    reference = next(each for each in suggested(CONTENT, "003.2.3.4", ())).passage
    assert reference.id == "003.2.3.4"
    assert suggested(CONTENT, reference.reference.upper(), ())[0].passage.id == reference.id
    assert reference.reference == "§2.3.4"
    assert suggested(CONTENT, "2.3.4", ())[0].passage.id == reference.id
