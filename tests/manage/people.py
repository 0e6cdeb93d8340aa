"""People at `/manage`, as a browser brings them."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from bot.manage.accounts import Accounts
from bot.manage.roles import Role
from bot.storage.engine import open_store

CSRF = re.compile(r'name="csrf" value="([^"]+)"')
PASSWORD = "otter ladder violin"


def accounts_in(state_dir: Path) -> Accounts:
    return Accounts(open_store(f"sqlite:///{state_dir / 'conversations.db'}"))


def csrf(page: httpx.Response) -> str:
    found = CSRF.search(page.text)
    assert found, page.text
    return found.group(1)


def sign_in(
    client: httpx.Client, name: str, password: str = PASSWORD, next: str = "/manage"
) -> httpx.Response:
    form = client.get("/manage/signin", params={"next": next})
    if form.is_redirect:
        return form
    fields = {"csrf": csrf(form), "name": name, "password": password, "next": next}
    return client.post("/manage/signin", data=fields)


def send(client: httpx.Client, path: str, **fields: str | list[str]) -> httpx.Response:
    """A form of a page that anyone who is signed in sees."""
    own = csrf(client.get("/manage/password"))
    return client.post(path, data={"csrf": own, **fields})


def add(accounts: Accounts, role: Role, name: str | None = None) -> str:
    name = name or f"{role}-one"
    accounts.add(name, f"{role.capitalize()} Example", role, PASSWORD)
    return name
