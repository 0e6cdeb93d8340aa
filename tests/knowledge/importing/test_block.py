from __future__ import annotations

import pytest

from knowledge.importing.block import Block, one_line


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("see\n the\u00a0\u2028child\x0b alone", "see the child alone"),
        ("safe\u00adguard\u200bing", "safeguarding"),
        ("\x1b[31mred\x07 \u202eenola\u2066", "[31mred enola"),
        ("a\U000e0041\U000e0042b", "ab"),
        ("half \ud800 letter", "half \ufffd letter"),
        ("مرحبا 👩‍👧 ﬁne", "مرحبا 👩‍👧 ﬁne"),
    ],
)
def test_one_line(text: str, kept: str) -> None:
    assert one_line(text) == kept


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("Out of hours", True),
        ("Who acts?", True),
        ("Ring the duty team.", False),
        ("the child;", False),
        ("very " * 13, False),
    ],
)
def test_a_short_line_in_bold_is_a_heading_unless_it_closes_as_words_do(
    text: str, heads: bool
) -> None:
    assert Block("paragraph", text).may_head is heads


def test_a_heading_in_bold_stands_below_every_other() -> None:
    assert Block("paragraph", "Aims", marker="4.").run_in() == Block(
        "heading", "Aims", level=7, marker="4."
    )


def test_the_line_of_an_item_shows_its_depth() -> None:
    assert Block("item", "listen;", marker="(a)", depth=1).line == "    (a) listen;"
    assert Block("paragraph", "Listen.", marker="4.2").line == "4.2 Listen."
    assert Block("paragraph", "Listen.").line == "Listen."
