"""What an administrator does with accounts, and what is noted of it."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from bot.manage.accounts import Accounts
from bot.manage.audit import KEPT_S, Audit
from bot.manage.roles import Role
from bot.storage.engine import open_store
from tests.api.standins import Serve
from tests.manage.people import PASSWORD, accounts_in, add, send, sign_in


@pytest.fixture
def client(serve: Serve) -> httpx.Client:
    return serve()


@pytest.fixture
def accounts(client: httpx.Client, tmp_path: Path) -> Accounts:
    found = accounts_in(tmp_path)
    sign_in(client, add(found, Role.ADMINISTRATOR))
    return found


def given(page: httpx.Response) -> str:
    found = re.search(r"<code>([\w-]{16})</code>", page.text)
    assert found, page.text
    return found.group(1)


def test_a_new_person_gets_a_password_that_is_shown_once(
    client: httpx.Client, accounts: Accounts
) -> None:
    page = send(
        client, "/manage/accounts", name="Bo@Example.gov.uk", display_name="Bo <b>", role="editor"
    )
    password = given(page)
    listed = client.get("/manage/accounts")
    assert password not in listed.text
    assert "Bo &lt;b&gt;" in listed.text
    bo = accounts.find("bo@example.gov.uk")
    assert (bo.role, bo.must_change, bo.display_name) == (Role.EDITOR, True, "Bo <b>")
    client.cookies.clear()
    assert sign_in(client, "bo@example.gov.uk", password).status_code == 303


def test_what_cannot_be_done_is_said_with_what_can(
    client: httpx.Client, accounts: Accounts
) -> None:
    twice = send(client, "/manage/accounts", name="administrator-one", role="reader")
    assert (twice.status_code, "Choose another name" in twice.text) == (422, True)
    spaced = send(client, "/manage/accounts", name="Bo Example", role="reader")
    assert "an e-mail address will do" in spaced.text
    assert 'value="Bo Example"' in spaced.text
    own = "/manage/accounts/administrator-one"
    for reply in (send(client, f"{own}/disable"), send(client, f"{own}/role", role="reader")):
        assert (reply.status_code, "the last administrator" in reply.text) == (409, True)
    assert send(client, "/manage/accounts/nobody/enable").status_code == 409
    assert client.get("/manage").status_code == 200


def test_roles_are_given_and_accounts_shut_and_opened(
    client: httpx.Client, accounts: Accounts
) -> None:
    name = add(accounts, Role.READER)
    its = f"/manage/accounts/{name}"
    assert send(client, f"{its}/role", role="approver").status_code == 303
    assert accounts.find(name).role is Role.APPROVER
    send(client, f"{its}/disable")
    assert "disabled" in client.get("/manage/accounts").text
    send(client, f"{its}/enable")
    password = given(send(client, f"{its}/password"))
    assert accounts.check(name, PASSWORD) is None
    assert accounts.check(name, password)


def test_what_was_done_is_noted_and_a_mistyped_name_is_not(
    client: httpx.Client, accounts: Accounts, tmp_path: Path, log_file: Path
) -> None:
    name = add(accounts, Role.READER)
    send(client, f"/manage/accounts/{name}/role", role="editor")
    other = httpx.Client(base_url=client.base_url)
    sign_in(other, "a-password-by-mistake", PASSWORD)
    sign_in(other, name, "wrong")
    page = client.get("/manage/audit").text
    rows = re.findall(r"<tr><td>[^<]*</td><td>([^<]*)</td><td>([^<]*)</td><td>([^<]*)</td>", page)
    assert rows == [
        ("reader-one", "could not sign in", ""),
        ("an unknown name", "could not sign in", ""),
        ("Administrator Example", "gave another role", "reader-one, editor"),
        ("Administrator Example", "signed in", ""),
    ]
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"a-password-by-mistake" not in kept
    logged = log_file.read_text()
    assert '"event": "manage.role_changed"' in logged
    assert "a-password-by-mistake" not in logged
    assert PASSWORD not in logged
    other.close()


def test_what_was_done_long_ago_is_forgotten(tmp_path: Path) -> None:
    now = [1_000_000_000.0]
    audit = Audit(open_store(f"sqlite:///{tmp_path / 'x.db'}"), lambda: now[0])
    audit.note("Ann", "signed_in")
    now[0] += KEPT_S + 1
    audit.note("Bo", "signed_in")
    assert [line.who for line in audit.page(1, 10)] == ["Bo"]
