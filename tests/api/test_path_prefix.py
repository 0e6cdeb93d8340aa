"""Behind a proxy that shows the assistant below a path, every address leads back below it."""

from __future__ import annotations

import asyncio
from html.parser import HTMLParser
from urllib.parse import urlsplit

import httpx
import pytest
from markupsafe import escape
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from bot.api.path_prefix import PathPrefix
from tests.api.standins import Serve

PREFIX = "/principles"
PAGES = (
    "/",
    "/?language=cy",
    "/chat",
    "/sources",
    "/sources?q=father+interpret",
    "/sources/compare?q=consent",
    "/sources/000",
    "/flows/confidentiality_first_contact/s1",
    "/changes",
    "/privacy",
    "/accessibility",
    "/induction",
    "/no/such/page",
    "/manage",
)
PAGE = {"Accept": "text/html"}


class Addresses(HTMLParser):
    """Every address in a page by which a browser goes or loads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src", "action", "formaction"}:
                self.found.add(value or "")
            elif name == "content" and "url=" in (value or ""):
                self.found.add((value or "").partition("url=")[2])

    @property
    def astray(self) -> set[str]:
        return {
            each
            for each in self.found
            if each.startswith("/") and not each.startswith(f"{PREFIX}/")
        }


@pytest.fixture
def client(serve: Serve) -> httpx.Client:
    return serve(public_url=f"http://intranet.test{PREFIX}/")


@pytest.mark.parametrize("path", PAGES)
def test_every_address_of_a_page_is_below_the_path(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers=PAGE)
    while page.is_redirect:
        leads_to = page.headers["Location"]
        assert leads_to.startswith(f"{PREFIX}/")
        page = client.get(leads_to.removeprefix(PREFIX), headers=PAGE)
    addresses = Addresses(page.text)
    assert any(each.startswith(f"{PREFIX}/") for each in addresses.found)
    assert not addresses.astray
    for each in addresses.found:
        if each.startswith(f"{PREFIX}/widget/"):
            assert client.get(each.removeprefix(PREFIX)).status_code == 200


def test_a_conversation_without_scripts_goes_on_below_the_path(client: httpx.Client) -> None:
    begun = client.post("/ask", data={"text": "who keeps the chronology"})
    leads_to = begun.headers["Location"]
    assert leads_to.startswith(f"{PREFIX}/ask/")
    assert f"Path={urlsplit(leads_to).path};" in begun.headers["Set-Cookie"]
    cookie = begun.headers["Set-Cookie"].partition(";")[0]
    page = client.get(leads_to.removeprefix(PREFIX), headers={"Cookie": cookie})
    assert page.status_code == 200
    assert not Addresses(page.text).astray


def test_words_that_look_like_an_address_stay_as_they_are() -> None:
    written = escape('<p>the words href="/sources"')
    pieces = (f"<p>{written}".encode(), b'<a href="/x">')

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await StreamingResponse(iter(pieces), media_type="text/html")(scope, receive, send)

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(PathPrefix(app, PREFIX))
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.get("/")

    page = asyncio.run(asked())
    assert page.text == f'<p>{written}<a href="{PREFIX}/x">'


def test_what_is_no_page_and_what_leads_elsewhere_is_not_touched(client: httpx.Client) -> None:
    assert client.get("/api/v1/sources").json()[0]["url"].startswith("/sources/")
    page = client.get("/", headers={"Accept-Encoding": "identity"})
    assert 'href="tel:999"' in page.text
    assert int(page.headers["Content-Length"]) == len(page.content)


def test_at_a_host_of_its_own_nothing_is_rewritten(serve: Serve) -> None:
    assert 'href="/sources"' in serve(public_url="http://principles.test/").get("/").text
