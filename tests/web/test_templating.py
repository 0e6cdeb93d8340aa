"""What every page has in common."""

from __future__ import annotations

import httpx
import lxml.html
import pytest

BOXES = "//textarea | //input[not(@type='hidden' or @type='radio' or @type='checkbox')]"
BROWSER = {"Accept": "text/html"}
STAY_AWAY = {
    "autocomplete": "off",
    "autocorrect": "off",
    "spellcheck": "false",
    "writingsuggestions": "false",
    "data-enable-grammarly": "false",
    "data-gramm": "false",
    "data-lt-active": "false",
    "data-ms-editor": "false",
}


@pytest.mark.parametrize(
    "path", ["/", "/chat", "/sources", "/sources/compare", "/nothing", "/induction"]
)
def test_what_is_typed_into_a_page_is_kept_from_the_browser_s_maker(
    client: httpx.Client, path: str
) -> None:
    stays_away(client.get(path, headers=BROWSER))


def test_so_is_a_code_that_is_typed_again(client: httpx.Client) -> None:
    stays_away(client.post("/induction/resume", data={"code": "AAAA"}, headers=BROWSER))


def stays_away(reply: httpx.Response) -> None:
    boxes = lxml.html.document_fromstring(reply.text).xpath(BOXES)
    assert boxes
    for box in boxes:
        assert STAY_AWAY.items() <= dict(box.attrib).items()
