from __future__ import annotations

import pytest
from lxml import etree

from knowledge.importing.html_list import list_entries


def markers(html: str) -> list[str]:
    element = etree.fromstring(html, etree.HTMLParser()).find("body")[0]
    return [marker for _, marker in list_entries(element)]


@pytest.mark.parametrize(
    ("opening", "shown"),
    [
        ("<ol>", ["1.", "2."]),
        ("<ol start='4'>", ["4.", "5."]),
        ("<ol type='a'>", ["a.", "b."]),
        ("<ol type='I' start='3'>", ["III.", "IV."]),
        ("<ol style='list-style-type: lower-roman'>", ["i.", "ii."]),
        ("<ol style='list-style: upper-latin'>", ["A.", "B."]),
        ("<ul type='a'>", ["•", "•"]),
    ],
)
def test_items_have_the_markers_that_a_browser_shows(opening: str, shown: list[str]) -> None:
    assert markers(f"{opening}<li>one<li>two") == shown


def test_an_item_can_say_its_own_number() -> None:
    assert markers("<ol><li>one<li value='7'>two<li>three") == ["1.", "7.", "8."]


def test_what_is_no_item_is_not_counted() -> None:
    assert markers("<ol><li>one</li><div>words</div><li>two</li></ol>") == ["1.", "", "2."]


@pytest.mark.parametrize("count", ["²", "9" * 5000, "-4"])
def test_a_count_that_is_no_number_is_not_believed(count: str) -> None:
    assert markers(f"<ol start='{count}'><li>one</li></ol>") == ["1."]
    assert markers(f"<ol><li value='{count}'>one</li></ol>") == ["1."]


def test_a_count_is_never_longer_than_a_line() -> None:
    assert len(markers("<ol type='i' start='999999999'><li>one</li></ol>")[0]) < 120
