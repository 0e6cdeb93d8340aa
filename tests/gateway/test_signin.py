"""Sign-in with a real provider, on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import oidc_provider_mock
import pytest

from tests.gateway.standins import Serve, Talk

PUBLIC = "http://principles.test"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as provider:
        yield f"http://127.0.0.1:{provider.server_port}"


@pytest.fixture
def guarded(serve: Serve, issuer: str) -> httpx.Client:
    return serve(
        public_url=PUBLIC,
        oidc_issuer=issuer,
        oidc_client_id="principles",
        oidc_client_secret="secret",
        session_secret="s" * 32,
    )


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


def test_after_signing_in_one_is_where_one_was_going(guarded: httpx.Client) -> None:
    guarded.get("/sources")
    back = sign_in(guarded)
    assert (back.status_code, back.headers["Location"]) == (303, "/sources")
    assert "practitioner" not in str(dict(guarded.cookies))
    talk = Talk(guarded)
    guarded.cookies.clear()
    assert talk.say("hello").status_code == 200


def test_signing_out_ends_it(guarded: httpx.Client) -> None:
    sign_in(guarded)
    assert guarded.get("/sources").status_code == 200
    guarded.post("/signin/end")
    assert guarded.get("/sources").status_code == 303


def test_who_is_refused_by_the_provider_is_not_signed_in(guarded: httpx.Client) -> None:
    back = guarded.get(callback(at_provider(guarded), {"action": "deny"}))
    assert back.json()["type"].endswith("sign-in-refused")
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
    client = serve(
        public_url=PUBLIC,
        oidc_issuer="http://127.0.0.1:9",
        oidc_client_id="principles",
        oidc_client_secret="secret",
        session_secret="s" * 32,
    )
    reply = client.get("/signin")
    assert (reply.status_code, reply.json()["type"].rpartition(":")[2]) == (
        503,
        "sign-in-unreachable",
    )
