"""What a browser is shown where a program would get a problem."""

from __future__ import annotations

import httpx
import pytest

from tests.api.standins import Serve
from tests.api.test_middleware import MARK, is_problem
from tests.shipped import PHRASES

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
UNKNOWN = (
    f"/{MARK}",
    "/sources/",
    f"/sources/{MARK}",
    f"/manage/{MARK}",
    f"/manage/documents/{MARK}/{MARK}/{MARK}",
    f"/induction/{MARK}",
    f"/widget/{MARK}",
    "/metrics",
)


def is_page(reply: httpx.Response, status: int, title: str) -> bool:
    return (
        reply.status_code == status
        and reply.headers["content-type"] == "text/html; charset=utf-8"
        and reply.headers["cache-control"] == "no-store"
        and f"<h1>{title}</h1>" in reply.text
        and PHRASES.in_danger in reply.text
        and "openapi" not in reply.text
        and MARK not in reply.text
    )


@pytest.mark.parametrize("path", UNKNOWN)
def test_an_address_that_is_not_there_is_a_page_that_says_what_to_do(
    client: httpx.Client, path: str
) -> None:
    reply = client.get(path, headers=BROWSER)
    assert is_page(reply, 404, "There is no such page")
    assert all(link in reply.text for link in ('href="/"', 'action="/sources"', 'href="/sources"'))
    head = client.head(path, headers=BROWSER)
    assert (head.status_code, head.content) == (404, b"")
    assert head.headers["content-type"] == "text/html; charset=utf-8"


def test_below_manage_it_tells_a_stranger_no_more_than_elsewhere(client: httpx.Client) -> None:
    elsewhere = client.get("/nothing", headers=BROWSER).text
    assert client.get("/manage/nothing", headers=BROWSER).text == elsewhere


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "application/json",
        "application/json, text/html",
        "application/problem+json;q=0.9, text/html;q=0.8",
        "text/html;q=0",
        "text/html;q=much",
        "image/webp,*/*",
        "",
    ],
)
def test_a_program_gets_the_problem(client: httpx.Client, accept: str) -> None:
    reply = client.get(f"/manage/{MARK}", headers={"Accept": accept})
    assert is_problem(reply, 404, "not-found")


def test_the_api_answers_a_browser_with_the_problem(client: httpx.Client) -> None:
    assert is_problem(client.get(f"/api/v1/{MARK}", headers=BROWSER), 404, "not-found")
    assert is_problem(client.get(f"/api/{MARK}", headers=BROWSER), 404, "not-found")
    wrong = client.get("/api/v1/search", headers=BROWSER)
    assert is_problem(wrong, 422, "invalid-request")


def test_a_page_that_takes_no_form_says_so(client: httpx.Client) -> None:
    reply = client.post("/privacy", headers=BROWSER)
    assert is_page(reply, 405, PHRASES.refusals["method-not-allowed"].title)
    assert reply.headers["allow"] == "GET"


def test_a_page_answers_head_as_it_answers_get(client: httpx.Client) -> None:
    for path in ("/", "/sources", "/sources/003", "/privacy", "/healthz", "/manage/signin"):
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
    assert client.head("/api/v1/flows").status_code == 405


def test_a_form_that_is_not_whole_is_a_page(client: httpx.Client) -> None:
    reply = client.post("/record", headers=BROWSER, data={"turn": MARK})
    assert is_page(reply, 422, PHRASES.refusals["invalid-request"].title)
    assert "`errors`" not in reply.text
    unknown = {"conversation": "x", "token": MARK}
    refused = client.post("/record", headers=BROWSER, data=unknown)
    assert is_page(refused, 401, PHRASES.refusals["wrong-token"].title_on_a_page or "")
    assert "Bearer" not in refused.text


def test_a_fault_of_ours_is_a_page(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(MARK)

    monkeypatch.setattr("bot.web.pages.read_through", broken)
    client = serve()
    reply = client.get("/sources/003", headers=BROWSER)
    assert is_page(reply, 500, PHRASES.refusals["internal"].title)
    assert is_problem(client.get("/sources/003"), 500, "internal")
    monkeypatch.setattr("bot.api.refused.page", broken)
    undrawn = client.get("/sources/003", headers=BROWSER)
    assert (undrawn.status_code, undrawn.headers["cache-control"]) == (500, "no-store")
    assert f"<h1>{PHRASES.refusals['internal'].title}</h1>" in undrawn.text
    assert MARK not in undrawn.text
    assert '<a href="tel:999">999</a>' in undrawn.text
    assert is_problem(client.get("/sources/003"), 500, "internal")


def test_headers_over_the_limit_are_a_page(client: httpx.Client) -> None:
    headers = BROWSER | {f"X-{n}": "x" * 1000 for n in range(40)}
    reply = client.get("/privacy", headers=headers)
    assert is_page(reply, 431, PHRASES.refusals["headers-too-large"].title)
