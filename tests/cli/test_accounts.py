"""Accounts for `/manage`, at a terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from bot.cli import main
from bot.manage.accounts import Accounts
from bot.manage.audit import Audit
from bot.manage.roles import Role
from bot.settings import Settings
from bot.storage.engine import open_store

pytestmark = pytest.mark.usefixtures("nobody_answers")
PASSWORD = "otter ladder violin"
Accounting = Callable[..., int]


@pytest.fixture
def run_accounts(monkeypatch: pytest.MonkeyPatch) -> Accounting:
    """`principles accounts` with these arguments and what it is given: what it ends with."""

    def run(*arguments: str, given: str = "") -> int:
        monkeypatch.setattr(sys, "argv", ["principles", "accounts", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return run


def test_an_account_from_its_beginning_to_its_end(
    run_accounts: Accounting, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, role in (("ann", "administrator"), ("bo", "editor")):
        add = ("add", name, "--role", role, "--password-stdin", "--display-name", name.title())
        assert run_accounts(*add, given=f"{PASSWORD}\n") == 0
    assert run_accounts("set-role", "bo", "approver") == 0
    assert run_accounts("set-password", "bo", "--password-stdin", given=f"{PASSWORD} 2\n") == 0
    engine = open_store(Settings.read().store_url)
    accounts = Accounts(engine)
    assert accounts.check("bo", PASSWORD) is None
    bo = accounts.check("bo", f"{PASSWORD} 2")
    assert bo
    assert bo.role is Role.APPROVER
    assert run_accounts("disable", "bo") == 0
    capsys.readouterr()
    assert run_accounts("list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "ann  Ann, administrator, never signed in",
        "bo  Bo, approver, never signed in, disabled",
    ]
    assert run_accounts("remove", "bo") == 0
    assert [each.name for each in accounts.all()] == ["ann"]
    events = [line.event for line in Audit(engine).page(1, 10)]
    assert events[0] == "account_removed"
    assert len(events) == 6


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (("add", "ann", "--password-stdin"), "short\n", "at least 12 characters"),
        (("add", "ann", "--password-stdin"), "", "at least 12 characters"),
        (("add", "ann"), PASSWORD, "--password-stdin"),
        (("add", "a b", "--password-stdin"), PASSWORD, "cannot be a name"),
        (("set-password", "ann", "--password-stdin"), PASSWORD, "no account 'ann'"),
        (("remove", "ann"), "", "`principles accounts list` lists all"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    run_accounts: Accounting,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    given: str,
    told: str,
) -> None:
    assert run_accounts(*arguments, given=given) == 5
    assert told in capsys.readouterr().err
