"""The files that a browser loads: compressed, and kept for good where their address names them."""

from __future__ import annotations

import re
from dataclasses import replace

import httpx
import pytest

from bot.web.languages import SpokenLanguage
from bot.web.phrases import phrases_module
from bot.web.widget_files import WIDGET
from tests.shipped import PHRASES, TRANSLATIONS

COMPRESSED = {"Accept-Encoding": "gzip"}
FILES = sorted(each.name for each in WIDGET.iterdir() if each.suffix in {".js", ".css"})


@pytest.fixture
def folder(client: httpx.Client) -> str:
    """Where the loader finds the chat."""
    found = re.search(r'new URL\("(widget/[0-9a-f]{12})/chat\.js"', client.get("/widget.js").text)
    assert found
    return found[1]


@pytest.mark.parametrize("name", [*FILES, "phrases.js"])
def test_a_file_is_kept_for_good_and_sent_compressed(
    client: httpx.Client, folder: str, name: str
) -> None:
    reply = client.get(f"/{folder}/{name}", headers=COMPRESSED)
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert reply.headers["access-control-allow-origin"] == "*"
    if len(reply.content) > 500:
        assert reply.headers["content-encoding"] == "gzip"


def test_the_loader_is_asked_for_again(client: httpx.Client) -> None:
    assert client.get("/widget.js").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["chat.js", "phrases.js"])
def test_a_file_asked_for_by_another_version_is_not_kept(client: httpx.Client, name: str) -> None:
    reply = client.get(f"/widget/0123456789ab/{name}")
    assert reply.status_code == 200
    assert reply.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["none.js", "..%2f..%2fpages.py", "%2e%2e%2ftemplates%2fbase.html"]
)
def test_nothing_else_is_a_file_of_the_widget(client: httpx.Client, folder: str, name: str) -> None:
    assert client.get(f"/{folder}/{name}").status_code == 404


def test_every_page_names_the_files_of_this_version(client: httpx.Client, folder: str) -> None:
    for path in ("/", "/chat", "/sources", "/sources/003", "/induction", "/manage/signin"):
        named = re.findall(r'(?:href|src)="/(widget/[^"]*)"', client.get(path).text)
        assert named
        assert all(each.startswith(folder) for each in named)


@pytest.mark.parametrize("path", ["/", "/sources", "/sources/003", "/privacy", "/accessibility"])
def test_a_page_without_a_secret_is_sent_compressed(client: httpx.Client, path: str) -> None:
    assert client.get(path, headers=COMPRESSED).headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/manage/signin", "/induction", "/api/v1/sources"])
def test_an_answer_that_may_hold_a_secret_is_not(client: httpx.Client, path: str) -> None:
    """Its size would tell of the secret to whoever chooses words beside it."""
    assert "content-encoding" not in client.get(path, headers=COMPRESSED).headers


def test_other_words_or_areas_have_another_address() -> None:
    english = SpokenLanguage("en-GB", PHRASES, None)
    mine = phrases_module(english, [], [], ["knowsley"])
    assert phrases_module(english, [], [], ["solihull"]) != mine
    other = PHRASES.model_copy(update={"widget": PHRASES.widget.model_copy(update={"send": "Ask"})})
    assert phrases_module(replace(english, phrases=other), [], [], ["knowsley"]) != mine


def test_the_words_of_another_language_have_an_address_of_their_own(
    client: httpx.Client, folder: str
) -> None:
    welsh = client.get(f"/{folder}/phrases.js", params={"language": "cy"})
    assert welsh.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert 'SPOKEN = "cy"' in welsh.text
    assert '"send": "Anfon"' in welsh.text
    english = client.get(f"/{folder}/phrases.js").text
    assert 'SPOKEN = "en-GB"' in english
    assert client.get(f"/{folder}/phrases.js", params={"language": "xx"}).text == english


def test_until_somebody_has_checked_the_words_that_is_said_in_both_languages() -> None:
    welsh = TRANSLATIONS["cy"].phrases
    unchecked = SpokenLanguage("cy", welsh, PHRASES.translation.unchecked)
    said = phrases_module(unchecked, [], [], [])
    assert PHRASES.translation.unchecked in said
    assert welsh.translation.unchecked in said
    checked = phrases_module(replace(unchecked, unchecked=None), [], [], [])
    assert PHRASES.translation.unchecked not in checked
    assert welsh.translation.unchecked not in checked
