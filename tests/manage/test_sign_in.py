"""Signing in with a local account: who gets in, and who does not."""

from __future__ import annotations

from pathlib import Path

from bot.manage.roles import Role
from tests.api.standins import Serve
from tests.manage.people import PASSWORD, accounts_in, add, sign_in


def test_without_an_account_the_page_says_how_to_make_the_first(serve: Serve) -> None:
    client = serve()
    led = client.get("/manage")
    assert (led.status_code, led.headers["Location"]) == (303, "/manage/signin")
    page = client.get("/manage/signin")
    assert "principles accounts add" in page.text
    assert "<form" not in page.text


def test_who_signs_in_sees_what_was_asked_for(serve: Serve, tmp_path: Path) -> None:
    client = serve()
    name = add(accounts_in(tmp_path), Role.READER)
    back = sign_in(client, name)
    assert (back.status_code, back.headers["Location"]) == (303, "/manage")
    page = client.get("/manage")
    assert page.status_code == 200
    assert "Reader Example (reader)" in page.text
    assert PASSWORD not in page.text
