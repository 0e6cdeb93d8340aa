from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from knowledge.importing.html_text import (
    is_bold,
    is_only_link,
    is_unread,
    lines_in,
    parts_of,
    raw_text,
    text_in,
)


def element(html: str) -> Any:
    return etree.fromstring(html, etree.HTMLParser()).find("body")[0]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Listen <b>to</b> the&nbsp;child.</p>", "Listen to the child."),
        ("<div>one<p>two</p>three</div>", "one two three"),
        ("<p>one<br>two</p>", "one two"),
        ("<p>one<script>alert(1)</script> two</p>", "one two"),
    ],
)
def test_the_words_of_an_element(html: str, text: str) -> None:
    assert text_in(element(html)) == text


def test_a_new_line_begins_at_two_breaks_or_before_a_number() -> None:
    raw = raw_text(element("<p>one<br>two<br> <br>three<br>(a) four<br>• five</p>"))
    assert lines_in(raw) == ["one two", "three", "(a) four", "• five"]


def test_a_button_is_read_in_a_heading_alone() -> None:
    assert not is_unread(element("<h2><button>Aims</button></h2>")[0])
    assert is_unread(element("<p><button>Print</button></p>")[0])


@pytest.mark.parametrize(
    ("html", "links", "bold"),
    [
        ("<p><a href='x'>one</a> <a href='y'>two</a></p>", True, False),
        ("<p>see <a href='x'>one</a></p>", False, False),
        ("<p><a name='x'>one</a></p>", False, False),
        ("<p><b>one</b> <span><strong>two</strong></span></p>", False, True),
        ("<p><b>one</b> two</p>", False, False),
        ("<p><b><a href='x'>one</a></b></p>", True, True),
        ("<p> </p>", False, False),
    ],
)
def test_whether_every_word_is_a_link_or_bold(html: str, links: bool, bold: bool) -> None:
    parts = parts_of(element(html))
    assert (is_only_link(parts), is_bold(parts)) == (links, bold)
