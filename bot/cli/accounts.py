"""`principles accounts …`: who may look after the content at `/manage`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot.cli.console import say
from bot.errors import UserFacingError
from bot.manage.roles import Role
from bot.operations.state_folder import make_private
from bot.settings import Settings

accounts = typer.Typer(
    help="Who may look after the content at /manage.", no_args_is_help=True, rich_markup_mode=None
)
BY = "the command line"

Name = Annotated[str, typer.Argument(help="The name to sign in with; an e-mail address will do.")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@accounts.callback()
def options() -> None:
    pass


@accounts.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What the person may do.")] = Role.READER,
    display_name: Annotated[
        str, typer.Option("--display-name", help="The name that others see, as in the history.")
    ] = "",
    password_stdin: FromInput = False,
) -> None:
    """Make an account. Asks for its password twice."""
    opened = _Opened()
    account = opened.accounts.add(name, display_name, role, _password(password_stdin))
    opened.note("account_added", f"{account.name}, {role}")
    say(f"Made the account '{account.name}', {account.role}.")
    if opened.settings.oidc_issuer:
        say("It does not count while FP_OIDC_ISSUER is set: people sign in with that provider.")


@accounts.command("list")
def list_accounts() -> None:
    """List every account, with its role and when it last signed in."""
    for each in _Opened().accounts.all():
        last = f"{each.signed_in_at:%-d %B %Y}" if each.signed_in_at else "never signed in"
        off = ", disabled" if each.disabled else ""
        typer.echo(f"{each.name}  {each.display_name}, {each.role}, {last}{off}")


@accounts.command("set-role")
def set_role(name: Name, role: Annotated[Role, typer.Argument(help="The new role.")]) -> None:
    """Give an account another role. Whoever is signed in with it is signed out."""
    opened = _Opened()
    opened.accounts.set_role(name, role)
    opened.note("role_changed", f"{name}, {role}")
    say(f"'{name}' is {role} now.")


@accounts.command("set-password")
def set_password(name: Name, password_stdin: FromInput = False) -> None:
    """Give an account another password. Whoever is signed in with it is signed out."""
    opened = _Opened()
    opened.accounts.find(name)
    opened.accounts.set_password(name, _password(password_stdin))
    opened.note("password_given", name)
    say(f"'{name}' has another password.")


@accounts.command()
def disable(name: Name) -> None:
    """Let nobody sign in with an account, and sign out whoever is."""
    opened = _Opened()
    opened.accounts.disable(name)
    opened.note("account_disabled", name)
    say(f"Nobody can sign in as '{name}' any more. An administrator can undo it at /manage.")


@accounts.command()
def remove(name: Name) -> None:
    """Remove an account. What it published stays in the history, with its name."""
    opened = _Opened()
    opened.accounts.remove(name)
    opened.note("account_removed", name)
    say(f"The account '{name}' is gone.")


class _Opened:
    def __init__(self) -> None:
        from bot.manage.accounts import Accounts
        from bot.manage.audit import Audit
        from bot.operations import logging
        from bot.storage.engine import open_store

        # What is done here is told at the terminal, and noted where administrators read it.
        logging.configure("error")
        self.settings = Settings.read()
        make_private(self.settings.state_dir)
        engine = open_store(self.settings.store_url)
        self.accounts = Accounts(engine)
        self._audit = Audit(engine)

    def note(self, event: str, detail: str) -> None:
        self._audit.note(BY, event, detail)


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UserFacingError(
            "There is nobody to ask for a password here. Give it with --password-stdin."
        )
    given: str = typer.prompt("Password", hide_input=True, confirmation_prompt="The same again")
    return given
