from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from knowledge.importing.html_furniture import HtmlFurniture

WORDS = "Neglect is the persistent failure to meet a child's basic needs."


def body_of(html: str) -> Any:
    return etree.fromstring(f"<html><body>{html}</body></html>", etree.HTMLParser()).find("body")


def why_of(html: str, path: str) -> str | None:
    """The reason inside the element at the path."""
    body = body_of(html)
    furniture = HtmlFurniture(body)
    why = furniture.why
    for element in body.xpath(f"{path}/ancestor-or-self::*[ancestor::body]"):
        why = furniture.why_in(element, why)
    return why


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("<nav>Home</nav>", "navigation of the page"),
        ("<div class='site-menu'>Home</div>", "navigation of the page"),
        ("<div id='Cookies'>Home</div>", "navigation of the page"),
        ("<div role='search'>Home</div>", "navigation of the page"),
        ("<div role='banner'>Home</div>", "head or foot of the page"),
        ("<footer>Home</footer>", "head or foot of the page"),
        ("<div hidden>Home</div>", "hidden on the page"),
        ("<div style='display: none'>Home</div>", "hidden on the page"),
        ("<div class='content'>Home</div>", None),
    ],
)
def test_the_reason_is_that_of_the_element(part: str, why: str | None) -> None:
    assert why_of(f"<p>{WORDS}</p>{part}", "./*[2]") == why
    assert why_of(f"<p>{WORDS}</p>{part.replace('Home', '<p>Home</p>')}", "./*[2]/p") == why


def test_a_part_called_menu_that_holds_most_of_the_page_is_a_wrapper() -> None:
    assert why_of(f"<div class='sidebar'><p>{WORDS}</p></div><p>Home</p>", "./div") is None


def test_what_lies_outside_the_main_part_is_not_quotable() -> None:
    page = f"<p>Home</p><main><p>{WORDS}</p></main>"
    assert why_of(page, "./p") == "outside the main part of the page"
    assert why_of(page, "./main/p") is None


def test_a_main_part_that_holds_little_or_is_one_of_several_is_none() -> None:
    assert HtmlFurniture(body_of(f"<main>Home</main><p>{WORDS}</p>")).why is None
    assert HtmlFurniture(body_of(2 * f"<article>{WORDS}</article>")).why is None
