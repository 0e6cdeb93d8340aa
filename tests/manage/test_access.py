"""No page at `/manage` opens without a sign-in, with too low a role, or by a foreign form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from bot.app import create_app
from bot.manage import access
from bot.manage.access import own_path
from bot.manage.accounts import Accounts
from bot.manage.roles import Role
from tests.api.standins import Make, Serve
from tests.manage.people import accounts_in, add, csrf, send, sign_in

FEED = "/manage/reviews/{token}.ics"
"""For calendars, which cannot sign in: its address holds a secret."""
WITHOUT_SIGN_IN = {"/manage/signin", "/manage/signout", FEED}
FOR_ANY_SIGN_IN = {"/manage/password"}


@pytest.fixture
def client(serve: Serve) -> httpx.Client:
    return serve()


@pytest.fixture
def accounts(client: httpx.Client, tmp_path: Path) -> Accounts:
    return accounts_in(tmp_path)


def routes(app: FastAPI) -> Iterator[Any]:
    for route in iter_route_contexts(app.routes):
        if (route.path or "").startswith("/manage"):
            yield route


@pytest.fixture(scope="module")
def app(make_container: Make, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(make_container(state_dir=tmp_path_factory.mktemp("app")))


@pytest.fixture
def operations(app: FastAPI) -> list[tuple[str, str]]:
    """The method and an address of every route at `/manage`."""
    found = [
        (method, re.sub(r"{[^}]*}", "x", route.path))
        for route in routes(app)
        if route.path != FEED
        for method in sorted(route.methods)
    ]
    assert len(found) > 15
    return found


def dependencies(dependant: Dependant) -> Iterator[object]:
    for each in dependant.dependencies:
        yield each.call
        yield from dependencies(each)


def test_every_route_asks_for_a_sign_in_and_looks_at_forms(app: FastAPI) -> None:
    for route in routes(app):
        calls = list(dependencies(route.dependant))
        assert access.guard in calls, route.path
        is_open = route.path in WITHOUT_SIGN_IN
        assert (access.get_sign_in in calls) != is_open, route.path


def test_without_a_sign_in_nothing_opens(
    client: httpx.Client, operations: list[tuple[str, str]]
) -> None:
    for method, path in operations:
        reply = client.request(method, path)
        if path in WITHOUT_SIGN_IN and method in {"GET", "HEAD"}:
            continue
        led = reply.headers.get("Location", "").startswith("/manage/signin")
        assert reply.status_code == 403 if method == "POST" else led, f"{method} {path}"


def test_without_a_sign_in_a_form_with_the_right_token_changes_nothing(
    client: httpx.Client, accounts: Accounts, operations: list[tuple[str, str]]
) -> None:
    add(accounts, Role.ADMINISTRATOR, "x")
    for method, path in operations:
        if method == "POST" and path not in WITHOUT_SIGN_IN:
            token = csrf(client.get("/manage/signin"))
            reply = client.post(path, data={"csrf": token, "role": "reader", "name": "new"})
            assert reply.headers.get("Location") == "/manage/signin", path
    assert [each.role for each in accounts.all()] == [Role.ADMINISTRATOR]


def least_role(route: Any) -> Role:
    needed: set[Role] = {
        call.__closure__[0].cell_contents
        for call in dependencies(route.dependant)
        if isinstance(call, FunctionType)
        and call.__qualname__.startswith("at_least.")
        and call.__closure__
    }
    (role,) = needed
    return role


def test_with_too_low_a_role_nothing_opens_and_the_page_says_who_can_help(
    client: httpx.Client, accounts: Accounts, app: FastAPI
) -> None:
    add(accounts, Role.ADMINISTRATOR)
    refused = 0
    for role in (Role.READER, Role.EDITOR, Role.APPROVER):
        client.cookies.clear()
        sign_in(client, add(accounts, role))
        for route in routes(app):
            if route.path in WITHOUT_SIGN_IN | FOR_ANY_SIGN_IN:
                continue
            needed, path = least_role(route), re.sub(r"{[^}]*}", "x", route.path)
            if role.includes(needed):
                continue
            for method in route.methods - {"HEAD"}:
                form = method == "POST"
                reply = send(client, path, role="reader") if form else client.get(path)
                assert reply.status_code == 403, f"{role} {method} {path}"
                assert (
                    f"This page is for a{'n' if needed[0] in 'ae' else ''} {needed}" in reply.text
                )
                assert "Administrator Example" in reply.text
                refused += 1
    assert refused > 10


def test_a_form_without_its_token_or_of_another_sign_in_is_refused(
    client: httpx.Client, accounts: Accounts
) -> None:
    sign_in(client, add(accounts, Role.ADMINISTRATOR))
    fields = {"name": "new", "display_name": "New", "role": "reader"}
    earlier = csrf(client.get("/manage/accounts"))
    send(client, "/manage/signout")
    sign_in(client, "administrator-one")
    for token in ({}, {"csrf": ""}, {"csrf": "x" * 43}, {"csrf": earlier}):
        reply = client.post("/manage/accounts", data=fields | token)
        assert (reply.status_code, "Nothing was changed" in reply.text) == (403, True)
    assert len(accounts.all()) == 1
    assert send(client, "/manage/accounts", **fields).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_form_on_another_site_is_refused(
    client: httpx.Client, accounts: Accounts, headers: dict[str, str]
) -> None:
    sign_in(client, add(accounts, Role.ADMINISTRATOR))
    token = csrf(client.get("/manage/accounts"))
    fields = {"csrf": token, "name": "new", "role": "reader"}
    assert client.post("/manage/accounts", data=fields, headers=headers).status_code == 403
    assert (
        client.post(
            "/manage/accounts", data=fields, headers={"Origin": str(client.base_url).rstrip("/")}
        ).status_code
        == 200
    )


@pytest.mark.parametrize(
    "wanted",
    [
        *("https://evil.example", "//evil.example", "/\\evil.example", "/sources", "", "manage"),
        *("/managed", "javascript:alert(1)", "//evil.example/manage", "/manage@evil.example"),
        *("/%6danage", " /manage", "\\/manage/x", "https://evil.example/manage"),
    ],
)
def test_after_signing_in_nobody_is_led_elsewhere(wanted: str) -> None:
    assert own_path(wanted) == "/manage"


def test_after_signing_in_one_is_where_one_was_going(
    client: httpx.Client, accounts: Accounts
) -> None:
    name = add(accounts, Role.READER)
    led = client.get("/manage/history?page=2").headers["Location"]
    assert led == "/manage/signin?next=%2Fmanage%2Fhistory%3Fpage%3D2"
    back = sign_in(client, name, next="/manage/history?page=2")
    assert back.headers["Location"] == "/manage/history?page=2"
    client.cookies.clear()
    assert sign_in(client, name, next="//evil.example").headers["Location"] == "/manage"


def test_no_other_site_may_read_frame_or_keep_a_page(serve: Serve, tmp_path: Path) -> None:
    site = "https://intranet.example"
    client = serve(allowed_origins=site, frame_ancestors=site)
    add(accounts_in(tmp_path), Role.READER)
    for path in ("/manage", "/manage/signin", "/manage/nothing"):
        headers = client.get(path, headers={"Origin": site}).headers
        assert "Access-Control-Allow-Origin" not in headers, path
        assert headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    asks = {"Origin": site, "Access-Control-Request-Method": "POST"}
    preflight = client.options("/manage/signin", headers=asks)
    assert "Access-Control-Allow-Origin" not in preflight.headers
    api = client.get("/api/v1/healthz", headers={"Origin": site})
    assert "Access-Control-Allow-Origin" in api.headers


def test_no_page_has_a_script(client: httpx.Client, accounts: Accounts) -> None:
    sign_in(client, add(accounts, Role.ADMINISTRATOR))
    for path in ("", "/history", "/history/shipped", "/accounts", "/audit", "/password"):
        page = client.get(f"/manage{path}")
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "style=" not in page.text
