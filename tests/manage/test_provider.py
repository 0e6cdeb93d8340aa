"""Signing in with a real provider, on this machine, which also gives the role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import oidc_provider_mock
import pytest

from bot.manage.provider import name_in, role_in
from bot.manage.roles import Role
from tests.api.standins import Serve
from tests.manage import people
from tests.manage.people import accounts_in, add

PUBLIC = "http://principles.test"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as provider:
        yield f"http://127.0.0.1:{provider.server_port}"


@pytest.fixture
def client(serve: Serve, issuer: str) -> httpx.Client:
    return serve(
        public_url=PUBLIC,
        oidc_issuer=issuer,
        oidc_client_id="principles",
        oidc_client_secret="secret",
        session_secret="s" * 32,
    )


def sign_in(
    client: httpx.Client, issuer: str, sub: str, next: str = "", **claims: object
) -> httpx.Response:
    httpx.put(f"{issuer}/users/{sub}", json=claims).raise_for_status()
    to_provider = client.get("/manage/signin/provider", params={"next": next})
    back = httpx.post(to_provider.headers["Location"], data={"sub": sub})
    return client.get(back.headers["Location"].removeprefix(PUBLIC))


def test_the_provider_gives_name_and_role(client: httpx.Client, issuer: str) -> None:
    led = client.get("/manage/history").headers["Location"]
    assert led == "/manage/signin?next=%2Fmanage%2Fhistory"
    form = client.get(led).text
    assert "/manage/signin/provider?next=%2Fmanage%2Fhistory" in form
    assert "password" not in form
    roles = ["principles-reader", "principles-approver", "something-else"]
    page = sign_in(client, issuer, "ann", "/manage/history", name="Ann Example", roles=roles)
    assert page.status_code == 200
    assert 'content="0;url=/manage/history"' in page.text
    assert "Ann Example (approver)" in client.get("/manage/history").text
    assert client.get("/manage/accounts").status_code == 403


def test_practitioners_sign_in_and_this_one_open_nothing_of_each_other(
    client: httpx.Client, issuer: str
) -> None:
    sign_in(client, issuer, "ann", name="Ann", roles=["principles-administrator"])
    assert client.get("/manage").status_code == 200
    assert client.get("/sources").headers["Location"] == "/signin"
    client.cookies.clear()
    to_provider = client.get("/signin").headers["Location"]
    back = httpx.post(to_provider, data={"sub": "ann"})
    client.get(back.headers["Location"].removeprefix(PUBLIC))
    assert client.get("/sources").status_code == 200
    assert client.get("/manage").headers["Location"] == "/manage/signin"


def test_who_has_no_role_is_told_which_there_are(client: httpx.Client, issuer: str) -> None:
    page = sign_in(client, issuer, "bo", preferred_username="bo@example.gov.uk", roles=["editor"])
    assert page.status_code == 403
    for shown in ("bo@example.gov.uk", "principles-reader", "principles-administrator"):
        assert shown in page.text
    assert client.get("/manage").status_code == 303


def test_who_is_refused_or_makes_a_callback_up_is_not_signed_in(
    client: httpx.Client, issuer: str
) -> None:
    to_provider = client.get("/manage/signin/provider").headers["Location"]
    denied = httpx.post(to_provider, data={"action": "deny"}).headers["Location"]
    for callback in (denied.removeprefix(PUBLIC), "/manage/signin/callback?code=x&state=y"):
        assert client.get(callback).status_code == 401
    assert client.get("/manage").status_code == 303


def test_local_accounts_do_not_count_beside_a_provider(
    client: httpx.Client, tmp_path: Path, serve: Serve
) -> None:
    name = add(accounts_in(tmp_path), Role.ADMINISTRATOR)
    local = serve()
    people.sign_in(local, name)
    secret = (tmp_path / "manage-secret").read_text()
    again = serve(
        public_url=PUBLIC,
        oidc_issuer="http://127.0.0.1:9",
        oidc_client_id="principles",
        oidc_client_secret="secret",
        session_secret=secret,
    )
    copied = {"Cookie": f"principles_manage={local.cookies['principles_manage']}"}
    assert local.get("/manage").status_code == 200
    assert again.get("/manage", headers=copied).status_code == 303
    form = client.get("/manage/signin")
    assert 'type="password"' not in form.text
    down = again.get("/manage/signin/provider")
    assert (down.status_code, "does not answer" in down.text) == (503, True)


@pytest.mark.parametrize(
    ("claim", "role"),
    [
        (["principles-editor"], Role.EDITOR),
        ("principles-editor principles-reader", Role.EDITOR),
        (["administrator", "principles-"], None),
        (["principles-Administrator"], None),
        ([7, {"principles-editor": 1}], None),
        ({"principles-editor": 1}, None),
        (None, None),
    ],
)
def test_only_named_roles_count(claim: object, role: Role | None) -> None:
    assert role_in(claim) is role


def test_a_name_fits_on_a_line() -> None:
    assert name_in({"name": "  Ann\nExample\x00 ", "preferred_username": "a"}) == "Ann Example"
    assert name_in({"name": "", "preferred_username": "ann"}) == "ann"
    assert name_in({"name": 7}) == "somebody without a name"
