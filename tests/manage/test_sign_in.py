"""Signing in with a local account: who gets in, who does not, and when it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from stat import S_IMODE

import httpx
import pytest

from bot.conversation import rate_limits
from bot.manage.accounts import Accounts
from bot.manage.passwords import HASHER
from bot.manage.roles import Role
from bot.manage.sign_ins import IDLE_S, LIFE_S, NOTED_EVERY_S, SignIns
from bot.storage.engine import open_store
from tests.api.standins import Serve
from tests.manage.people import PASSWORD, accounts_in, add, csrf, send, sign_in


@pytest.fixture
def client(serve: Serve) -> httpx.Client:
    return serve()


@pytest.fixture
def accounts(client: httpx.Client, tmp_path: Path) -> Accounts:
    return accounts_in(tmp_path)


def is_in(client: httpx.Client) -> bool:
    return client.get("/manage").status_code == 200


def test_without_an_account_the_page_says_how_to_make_the_first(client: httpx.Client) -> None:
    led = client.get("/manage")
    assert (led.status_code, led.headers["Location"]) == (303, "/manage/signin")
    page = client.get("/manage/signin")
    assert "principles accounts add NAME --role administrator" in page.text
    assert "<form" not in page.text


def test_who_signs_in_sees_the_overview(client: httpx.Client, accounts: Accounts) -> None:
    name = add(accounts, Role.READER)
    back = sign_in(client, f" {name.upper()} ")
    assert (back.status_code, back.headers["Location"]) == (303, "/manage")
    page = client.get("/manage")
    for shown in ("Reader Example (reader)", "The content as shipped", ">5<"):
        assert shown in page.text
    assert "Accounts" not in page.text
    assert accounts.find(name).signed_in_at


def test_the_cookie_goes_nowhere_else(
    client: httpx.Client, accounts: Accounts, tmp_path: Path
) -> None:
    cookie = sign_in(client, add(accounts, Role.READER)).headers["Set-Cookie"]
    for part in ("HttpOnly", "Path=/manage", "SameSite=strict", f"Max-Age={LIFE_S}"):
        assert part in cookie
    assert "Secure" not in cookie
    secret = tmp_path / "manage-secret"
    assert S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_text()) == 64


def test_behind_tls_the_cookie_stays_there(serve: Serve, tmp_path: Path) -> None:
    client = serve(public_url="https://principles.example")
    add(accounts_in(tmp_path), Role.READER)
    assert "Secure" in client.get("/manage/signin").headers["Set-Cookie"]


def test_an_unknown_name_a_wrong_password_and_a_disabled_account_get_the_same_answer(
    client: httpx.Client, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(accounts, Role.ADMINISTRATOR)
    accounts.disable(add(accounts, Role.READER))
    worked: list[str] = []
    verify = type(HASHER).verify

    def counted(self: object, stored: str, password: str) -> bool:
        worked.append(stored.rpartition("$")[0].rpartition("$")[0])
        return bool(verify(HASHER, stored, password))

    monkeypatch.setattr(type(HASHER), "verify", counted)
    replies = [
        sign_in(client, *tried)
        for tried in (
            ("administrator-one", "wrong"),
            ("nobody", PASSWORD),
            ("reader-one", PASSWORD),
            ("a\x00b", PASSWORD),
        )
    ]
    assert {reply.status_code for reply in replies} == {401}
    assert len({reply.text for reply in replies}) == 1
    assert len(worked) == 4
    assert len(set(worked)) == 1
    assert not is_in(client)


@pytest.mark.parametrize("limit", ["SIGN_INS_OF_ACCOUNT", "SIGN_INS_OF_CLIENT"])
def test_who_guesses_has_to_wait_even_with_the_right_password(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(rate_limits, limit, "3/15 minute")
    client = serve()
    name = add(accounts_in(tmp_path), Role.READER)
    one_account = limit == "SIGN_INS_OF_ACCOUNT"
    tried = [sign_in(client, name if one_account else f"n{n}", "wrong") for n in range(3)]
    assert [each.status_code for each in tried] == [401] * 3
    refused = sign_in(client, name)
    assert (refused.status_code, "Too many tries" in refused.text) == (429, True)
    assert int(refused.headers["Retry-After"]) > 60
    assert not is_in(client)


def test_a_token_that_another_has_put_there_opens_nothing(
    client: httpx.Client, accounts: Accounts
) -> None:
    name = add(accounts, Role.READER)
    client.get("/manage/signin")
    planted = {"Cookie": f"principles_manage={client.cookies['principles_manage']}"}
    sign_in(client, name)
    assert is_in(client)
    client.cookies.clear()
    assert client.get("/manage", headers=planted).status_code == 303
    for made_up in (b"", b"x", b"x.y", "é.é".encode()):
        value = {b"Cookie": b"principles_manage=" + made_up}
        assert client.get("/manage", headers=value).status_code == 303


def test_signing_out_ends_every_copy_of_the_cookie(
    client: httpx.Client, accounts: Accounts
) -> None:
    sign_in(client, add(accounts, Role.READER))
    copied = {"Cookie": f"principles_manage={client.cookies['principles_manage']}"}
    assert "You are signed out" in send(client, "/manage/signout").text
    client.cookies.clear()
    assert client.get("/manage", headers=copied).status_code == 303


def test_another_role_password_or_none_ends_a_sign_in_at_once(
    client: httpx.Client, accounts: Accounts
) -> None:
    add(accounts, Role.ADMINISTRATOR)
    name = add(accounts, Role.READER)
    changes: dict[str, Callable[[], object]] = {
        "role": lambda: accounts.set_role(name, Role.EDITOR),
        "password": lambda: accounts.set_password(name, PASSWORD),
        "disabled": lambda: accounts.disable(name),
        "removed": lambda: accounts.remove(name),
    }
    for what, change in changes.items():
        accounts.enable(name)
        sign_in(client, name)
        assert is_in(client), what
        change()
        assert not is_in(client), what


def test_it_ends_after_a_working_day_and_after_an_hour_alone(tmp_path: Path) -> None:
    class Clock:
        time = 1_000_000.0

    engine = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    account = Accounts(engine).find(add(Accounts(engine), Role.READER))
    sign_ins = SignIns(engine, by_provider=False, now=lambda: Clock.time)
    left, busy = sign_ins.begin(account), sign_ins.begin(account)
    until = Clock.time + LIFE_S
    while Clock.time < until - NOTED_EVERY_S:
        assert sign_ins.find(busy)
        Clock.time += IDLE_S / 2
    assert not sign_ins.find(left)
    Clock.time = until
    assert not sign_ins.find(busy)
    sign_ins.begin(account)
    with engine.connect() as database:
        assert database.exec_driver_sql("SELECT count(*) FROM manage_sign_ins").scalar() == 1
    assert all(busy.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_a_one_time_password_opens_only_the_page_to_change_it(
    client: httpx.Client, accounts: Accounts
) -> None:
    _, given = accounts.invite("bo", "Bo Example", Role.ADMINISTRATOR)
    sign_in(client, "bo", given)
    for path in ("/manage", "/manage/accounts"):
        assert client.get(path).headers["Location"] == "/manage/password"
    for new, again, problem in (
        ("short", "short", "too short"),
        (PASSWORD, "other", "not the same"),
        (given, given, "the password that you have"),
        ("Password2026!", "Password2026!", "among the first"),
        ("bo-and-example-x", "bo-and-example-x", "your name"),
    ):
        reply = send(client, "/manage/password", current=given, new=new, again=again)
        assert (reply.status_code, problem in reply.text) == (422, True), new
    wrong = send(client, "/manage/password", current="x", new=PASSWORD, again=PASSWORD)
    assert "not your password" in wrong.text
    changed = send(client, "/manage/password", current=given, new=PASSWORD, again=PASSWORD)
    assert "Your password is changed" in changed.text
    assert is_in(client)
    send(client, "/manage/signout")
    assert sign_in(client, "bo", given).status_code == 401
    assert sign_in(client, "bo").headers["Location"] == "/manage"


def test_changing_a_password_signs_out_everywhere_else(serve: Serve, tmp_path: Path) -> None:
    here, there = serve(), serve()
    name = add(accounts_in(tmp_path), Role.READER)
    sign_in(here, name)
    sign_in(there, name)
    new = "a quite different phrase"
    send(here, "/manage/password", current=PASSWORD, new=new, again=new)
    assert (is_in(here), is_in(there)) == (True, False)


def test_the_form_says_the_same_to_a_browser_that_is_signed_in(
    client: httpx.Client, accounts: Accounts
) -> None:
    sign_in(client, add(accounts, Role.READER))
    assert client.get("/manage/signin").headers["Location"] == "/manage"
    assert csrf(client.get("/manage/password"))
