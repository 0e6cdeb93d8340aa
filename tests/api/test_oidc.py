"""Sign-in with a real provider, on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import httpx
import oidc_provider_mock
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.routing import Match

from bot.api.oidc import STATES_AT_ONCE
from bot.api.public_paths import PUBLIC_PATHS, has_own_sign_in, is_public
from bot.app import create_app
from bot.settings import HOME
from bot.storage.engine import open_store
from tests.api.standins import Make, Serve, Talk
from tests.teams.microsoft import switched_on

PUBLIC = "http://principles.test"
ELSEWHERE = "evil.example"
TRICKS = [
    f"//{ELSEWHERE}",
    f"///{ELSEWHERE}/",
    f"/\\{ELSEWHERE}",
    f"/\\/{ELSEWHERE}",
    f"/%2f{ELSEWHERE}",
    f"/%2F%2f{ELSEWHERE}",
    f"/%5c{ELSEWHERE}",
    f"/%5C%5c{ELSEWHERE}",
    f"/%09/{ELSEWHERE}",
    f"/%0a/{ELSEWHERE}",
    f"/%0d%0aLocation:%20https://{ELSEWHERE}",
    f"/%00/{ELSEWHERE}",
    f"/%20/{ELSEWHERE}",
    f"/.//{ELSEWHERE}",
    f"/..//{ELSEWHERE}",
    f"/%2e%2e//{ELSEWHERE}",
    f"/sources/..//{ELSEWHERE}",
    f"/@{ELSEWHERE}",
    f"/:@{ELSEWHERE}",
    f"/https://{ELSEWHERE}",
    f"/%68ttps:%2f%2f{ELSEWHERE}",
    f"/%252f%252f{ELSEWHERE}",
    f"/%E2%80%8B/{ELSEWHERE}",
    f"/%EF%BC%8F{ELSEWHERE}",
    f"//{ELSEWHERE}?q=x",
]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as provider:
        yield f"http://127.0.0.1:{provider.server_port}"


def signed_in_by(issuer: str) -> dict[str, str]:
    return {
        "public_url": PUBLIC,
        "oidc_issuer": issuer,
        "oidc_client_id": "principles",
        "oidc_client_secret": "secret",
        "session_secret": "s" * 32,
    }


@pytest.fixture
def guarded(serve: Serve, issuer: str) -> httpx.Client:
    return serve(**signed_in_by(issuer))


@pytest.fixture(scope="module")
def app(make_container: Make, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """Everything that there is, Teams included, behind a provider that nobody asks."""
    settings = {**signed_in_by("http://127.0.0.1:9"), "state_dir": tmp_path_factory.mktemp("app")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in switched_on("http://127.0.0.1:9").items():
            patch.setenv(name, value)
        return create_app(make_container(**settings))


def at_provider(client: httpx.Client) -> str:
    return client.get("/signin").headers["Location"]


def callback(authorise: str, decision: dict[str, str]) -> str:
    """What the provider sends the browser back to, without our public address."""
    reply = httpx.post(authorise, data=decision)
    return reply.headers["Location"].removeprefix(PUBLIC)


def sign_in(client: httpx.Client) -> httpx.Response:
    return client.get(callback(at_provider(client), {"sub": "practitioner"}))


def test_before_signing_in_pages_lead_there_and_the_api_says_so(guarded: httpx.Client) -> None:
    assert guarded.get("/sources").headers["Location"] == "/signin"
    for method, path in (("POST", "/api/v1/conversations"), ("GET", "/api/v1/search?q=x")):
        reply = guarded.request(method, path)
        assert (reply.status_code, reply.json()["type"].rpartition(":")[2]) == (
            401,
            "sign-in-needed",
        )
    assert guarded.get("/healthz").status_code == 200
    assert guarded.get("/api/v1/conversations/x").json()["type"].endswith("wrong-token")


def as_a_browser_reads(address: str) -> str:
    """Where a browser goes: tabs and line ends dropped, a backslash is a slash, many are two."""
    read = re.sub(r"[\t\r\n]", "", address).replace("\\", "/")
    return urljoin(f"{PUBLIC}/signin/callback", re.sub("^/{2,}", "//", read))


def test_signing_in_leads_to_no_other_site(guarded: httpx.Client) -> None:
    for path in TRICKS:
        guarded.cookies.clear()
        target = httpx.URL(str(guarded.base_url)).copy_with(raw_path=path.encode())
        assert guarded.get(target).headers["Location"] == "/signin", path
        leads_to = sign_in(guarded).headers["Location"]
        for read in (leads_to, unquote(leads_to)):
            assert urlsplit(as_a_browser_reads(read)).netloc == "principles.test", path


def test_after_signing_in_one_is_where_one_was_going(guarded: httpx.Client) -> None:
    guarded.get("/sources")
    back = sign_in(guarded)
    assert (back.status_code, back.headers["Location"]) == (303, f"{PUBLIC}/sources")
    assert "practitioner" not in str(dict(guarded.cookies))
    talk = Talk(guarded)
    guarded.cookies.clear()
    assert talk.say("hello").status_code == 200


def test_sign_ins_begun_in_two_tabs_both_end_where_they_were_going(guarded: httpx.Client) -> None:
    begun = {}
    for path in ("/sources", "/induction"):
        guarded.get(path)
        begun[path] = at_provider(guarded)
    for path, authorise in begun.items():
        back = guarded.get(callback(authorise, {"sub": "practitioner"}))
        assert (back.status_code, back.headers["Location"]) == (303, f"{PUBLIC}{path}")
        assert guarded.get("/sources").status_code == 200


def test_of_many_sign_ins_begun_the_latest_end_well_in_a_cookie_a_browser_keeps(
    guarded: httpx.Client,
) -> None:
    begun = [at_provider(guarded) for _ in range(2 * STATES_AT_ONCE)]
    assert len(guarded.cookies["principles_session"]) < 4000
    assert guarded.get(callback(begun[0], {"sub": "early"})).status_code == 401
    for authorise in begun[-STATES_AT_ONCE:]:
        assert guarded.get(callback(authorise, {"sub": "late"})).status_code == 303
    assert len(guarded.cookies["principles_session"]) < 500
    # Who has signed in elsewhere meanwhile is not told the opposite.
    leads_to = guarded.get(callback(begun[1], {"sub": "early"})).headers["Location"]
    assert leads_to == f"{PUBLIC}/"


def test_a_provider_at_a_long_address_fills_no_cookie(serve: Serve) -> None:
    """As those of large organisations are, with the tenant and the policy in the path."""
    with oidc_provider_mock.run_server_in_thread() as provider:
        issuer = f"http://127.0.0.1:{provider.server_port}"
        guarded = serve(**(signed_in_by(issuer) | {"oidc_client_id": "c" * 400}))
        begun = [at_provider(guarded) for _ in range(STATES_AT_ONCE)]
        assert len(guarded.cookies["principles_session"]) < 4000
        assert guarded.get(callback(begun[0], {"sub": "early"})).status_code == 303


def test_a_page_of_another_site_is_told_that_signing_in_cannot_work_there(
    guarded: httpx.Client,
) -> None:
    for site, kind in {"cross-site": "sign-in-elsewhere", "same-site": "sign-in-needed"}.items():
        reply = guarded.post("/api/v1/conversations", headers={"Sec-Fetch-Site": site})
        assert (reply.status_code, reply.json()["type"].rpartition(":")[2]) == (401, kind)
        assert "999" in reply.json()["detail"]


@pytest.mark.parametrize(
    ("site", "ways"), [("cross-site", ['href="/"']), ("same-site", ["/signin", "/chat"])]
)
def test_a_frame_is_not_led_to_a_provider_that_refuses_frames(
    guarded: httpx.Client, site: str, ways: list[str]
) -> None:
    framed = {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": site}
    reply = guarded.get("/chat", headers=framed)
    assert reply.status_code == 401
    words = reply.text[reply.text.index("<main") : reply.text.index("</main")]
    assert 'target="_blank"' in words
    assert all(way in words for way in ways)


def test_a_page_of_the_same_site_may_send_the_sign_in_along(serve: Serve, issuer: str) -> None:
    site = "https://intranet.example"
    client = serve(**signed_in_by(issuer), allowed_origins=site)
    reply = client.post("/api/v1/conversations", headers={"Origin": site})
    assert reply.headers["Access-Control-Allow-Credentials"] == "true"
    assert reply.headers["Access-Control-Allow-Origin"] == site
    sign_in(client)
    reply = client.post("/api/v1/conversations", headers={"Origin": site}, json={})
    assert reply.status_code == 201


def test_signing_out_ends_it_for_every_copy_of_the_cookie(guarded: httpx.Client) -> None:
    sign_in(guarded)
    assert guarded.get("/sources").status_code == 200
    copied = {"Cookie": f"principles_session={guarded.cookies['principles_session']}"}
    ended = guarded.post("/signin/end")
    assert (ended.status_code, "You are signed out" in ended.text) == (200, True)
    assert guarded.get("/sources").status_code == 303
    guarded.cookies.clear()
    assert guarded.get("/sources", headers=copied).status_code == 303
    assert guarded.post("/api/v1/conversations", headers=copied).status_code == 401


def test_signing_in_again_ends_the_sign_in_before(guarded: httpx.Client) -> None:
    sign_in(guarded)
    copied = {"Cookie": f"principles_session={guarded.cookies['principles_session']}"}
    sign_in(guarded)
    assert guarded.get("/sources").status_code == 200
    guarded.cookies.clear()
    assert guarded.get("/sources", headers=copied).status_code == 303


def test_a_sign_out_holds_after_a_restart_and_beside_another_server(
    serve: Serve, issuer: str, tmp_path: Path
) -> None:
    first, second = (serve(**signed_in_by(issuer), state_dir=tmp_path) for _ in range(2))
    sign_in(first)
    copied = {"Cookie": f"principles_session={first.cookies['principles_session']}"}
    assert second.get("/sources", headers=copied).status_code == 200
    first.post("/signin/end")
    assert second.get("/sources", headers=copied).status_code == 303
    third = serve(**signed_in_by(issuer), state_dir=tmp_path)
    assert third.get("/sources", headers=copied).status_code == 303


def test_a_sign_in_that_cannot_be_checked_is_said_plainly(
    guarded: httpx.Client, tmp_path: Path
) -> None:
    sign_in(guarded)
    with open_store(f"sqlite:///{tmp_path / 'conversations.db'}").begin() as database:
        database.exec_driver_sql("DROP TABLE ended_sessions")
    page = guarded.get("/sources")
    assert (page.status_code, page.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert "call 999" in page.text
    reply = guarded.post("/api/v1/conversations")
    assert reply.status_code == 503
    assert reply.json()["type"].endswith("sign-in-unchecked")
    assert "999" in reply.json()["detail"]
    kept = guarded.post("/signin/end")
    assert kept.status_code == 503
    assert "You are not signed out" in kept.text
    assert guarded.cookies.get("principles_session")


def test_a_form_sent_before_signing_in_gets_a_page_and_keeps_nothing(
    guarded: httpx.Client, tmp_path: Path
) -> None:
    page = guarded.post("/ask", data={"text": "may I share zxqv-marked-words"})
    assert (page.status_code, page.headers["Content-Type"]) == (401, "text/html; charset=utf-8")
    assert page.headers["Cache-Control"] == "no-store"
    words = page.text[page.text.index("<main") : page.text.index("</main")]
    assert "call 999" in words
    assert 'href="/signin"' in words
    assert "not kept" in words
    assert "zxqv" not in page.text
    assert all(b"zxqv" not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_words_are_read_for_danger_before_signing_in(guarded: httpx.Client) -> None:
    danger = "the baby is not breathing"
    assert guarded.get("/api/v1/search", params={"q": danger}).json()["safety"]["interrupts"]
    for page in (
        guarded.get("/sources", params={"q": danger}),
        guarded.post("/ask", data={"text": danger}),
    ):
        assert "Call 999 now" in page.text
        assert danger not in page.text
    assert guarded.get("/api/v1/search", params={"q": "who keeps it"}).status_code == 401


def test_who_is_refused_by_the_provider_is_not_signed_in(guarded: httpx.Client) -> None:
    back = guarded.get(callback(at_provider(guarded), {"action": "deny"}))
    assert (back.status_code, "You are not signed in" in back.text) == (401, True)
    assert guarded.get("/sources").status_code == 303


@pytest.mark.parametrize("query", ["", "?code=stolen", "?code=stolen&state=made-up"])
def test_a_made_up_callback_signs_nobody_in(guarded: httpx.Client, query: str) -> None:
    at_provider(guarded)
    assert guarded.get(f"/signin/callback{query}").status_code == 401
    assert guarded.get("/sources").status_code == 303


def test_a_callback_of_another_browser_signs_nobody_in(guarded: httpx.Client) -> None:
    theirs = callback(at_provider(guarded), {"sub": "somebody"})
    guarded.cookies.clear()
    assert guarded.get(theirs).status_code == 401


def test_a_cookie_made_up_by_the_browser_counts_for_nothing(guarded: httpx.Client) -> None:
    guarded.cookies.set("principles_session", "eyJzaWduZWRfaW4iOiB0cnVlfQ==.aaaa.bbbb")
    assert guarded.get("/sources").status_code == 303


def test_a_provider_that_is_down_is_said_plainly(serve: Serve) -> None:
    reply = serve(**signed_in_by("http://127.0.0.1:9")).get("/signin")
    assert (reply.status_code, "Sign-in does not answer" in reply.text) == (503, True)
    assert "call 999" in reply.text


def paths(app: FastAPI) -> dict[str, set[str]]:
    """Every route's path as it is written, and its methods."""
    found: dict[str, set[str]] = {}
    for route in iter_route_contexts(app.routes):
        found.setdefault(route.path or "", set()).update(route.methods or ())
    return found


def routed(app: FastAPI, path: str) -> set[str]:
    """The routes that the router would take this path for, whatever the method."""
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    routes = iter_route_contexts(app.routes)
    return {route.path or "" for route in routes if route.matches(scope)[0] is not Match.NONE}


def test_every_public_path_is_a_route(app: FastAPI) -> None:
    assert set(PUBLIC_PATHS) <= paths(app).keys()
    assert len(set(PUBLIC_PATHS)) == len(PUBLIC_PATHS)


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_every_public_path_is_documented(path: str) -> None:
    assert f"`{path}`" in (HOME / "docs" / "operations.md").read_text("utf-8")


def test_every_other_route_asks_for_sign_in(app: FastAPI, serve: Serve, issuer: str) -> None:
    client = serve(**signed_in_by(issuer))
    guarded = {
        path: methods
        for path, methods in paths(app).items()
        # tests/manage/test_access.py walks over those with a sign-in of their own.
        if path not in PUBLIC_PATHS and not has_own_sign_in(path)
    }
    assert len(guarded) > 15
    for path, methods in guarded.items():
        for method in methods:
            reply = client.request(method, re.sub(r"{[^}]*}", "x", path))
            asked = reply.status_code == 401 or reply.headers.get("Location") == "/signin"
            assert asked, f"{method} {path}"


SEGMENTS = [
    *sorted({part for path in PUBLIC_PATHS for part in path.split("/")}),
    *(
        "",
        ".",
        "..",
        "x",
        "sources",
        "induction",
        "ask",
        "manage",
        "history",
        "widgetx",
        "signin-anything",
        "%2e%2e",
    ),
    *("privacy..", "privacy;x", "PRIVACY", "metrics.json", "\\", "\n", "{name}", "//"),
]


@settings(derandomize=True, max_examples=3000, deadline=None)
@given(st.lists(st.sampled_from(SEGMENTS), min_size=1, max_size=7), st.sampled_from(["/", ""]))
def test_nothing_is_public_but_what_the_router_takes_for_it(
    app: FastAPI, parts: list[str], end: str
) -> None:
    path = "/" + "/".join(parts) + end
    routes = routed(app, path)
    assert is_public(path) == bool(routes and routes <= set(PUBLIC_PATHS))
    if has_own_sign_in(path):
        assert all(map(has_own_sign_in, routes))
