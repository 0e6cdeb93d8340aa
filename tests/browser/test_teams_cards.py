"""Every Teams card, drawn by Microsoft's own renderer at the width of a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bot.channels.teams.cards import Cards
from knowledge.library import Library
from tests.shipped import PHRASES
from tests.teams.microsoft import texts
from tests.teams.samples import every_message

pytestmark = pytest.mark.browser

RENDERER = Path(__file__).parents[1] / "teams" / "data" / "adaptivecards-3.0.6.min.js"
DRAW = """card => {
  const heard = new AdaptiveCards.SerializationContext();
  const drawn = new AdaptiveCards.AdaptiveCard();
  drawn.parse(card, heard);
  document.body.replaceChildren(drawn.render());
  return Array.from({ length: heard.eventCount }, (_, at) => heard.getEventAt(at).message);
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.add_script_tag(path=RENDERER)
    yield page
    page.close()


def test_renderer_draws_every_word_and_button_of_every_card(page: Page) -> None:
    for name, message in every_message(Library.read()):
        card = Cards("https://guidance.example.gov.uk", PHRASES).of(message, 1)
        content: Any = card.model_dump(mode="json", by_alias=True, exclude_none=True)
        assert page.evaluate(DRAW, content) == [], name
        drawn = "".join(page.inner_text("body").split())
        for text in texts(content):
            assert "".join(text.split()) in drawn, name


def test_renderer_complains_of_a_card_that_is_wrong(page: Page) -> None:
    wrong = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "NoSuchElement"}]}
    assert page.evaluate(DRAW, wrong)


def test_long_words_do_not_make_a_card_wider_than_the_screen(page: Page) -> None:
    for name, message in every_message(Library.read()):
        card = Cards("https://guidance.example.gov.uk", PHRASES).of(message, 1)
        page.evaluate(DRAW, card.model_dump(mode="json", by_alias=True, exclude_none=True))
        width: int = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, name
