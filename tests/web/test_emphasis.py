"""Emphasis between asterisks, shown as emphasis."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from bot.web.emphasis import emphasised
from tests.shipped import LIBRARY


def test_what_stands_between_asterisks_is_emphasised() -> None:
    shown = emphasised("in *The Challenge* of <1995>")
    assert "<em>The Challenge</em>" in shown
    assert "&lt;1995&gt;" in shown


@pytest.mark.parametrize("text", ["2 * 3", "a*b", "* one\n* two", "*open"])
def test_a_lone_asterisk_stays_as_it_is(text: str) -> None:
    assert emphasised(text) == text


def test_no_character_of_a_passage_is_left_out() -> None:
    for passage in LIBRARY.passages.values():
        assert Markup(emphasised(passage.text)).striptags().split() == passage.text.split()
