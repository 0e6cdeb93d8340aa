"""`principles off` and `principles on`: the switch of every server of the database."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.accounts import BY
from bot.cli.console import say
from bot.operations.state_folder import make_private
from bot.settings import Settings


def off(
    reason: Annotated[str, typer.Argument(help="Why, and until when. People are shown it.")] = "",
) -> None:
    """Turn the assistant off, on every server of the database, within two seconds.

    Every reply is then 999, the reason, and whom to ask. What speaks of danger is answered as
    always. `principles on` turns it on again.
    """
    opened = _OpenedSwitch()
    opened.switch.turn_off(reason.strip(), BY)
    opened.audit.keep(BY, "switched_off", reason)
    say(f"Every server of {opened.database} is off. `principles on` turns it on again.")


def on() -> None:
    """Turn the assistant on again."""
    opened = _OpenedSwitch()
    was_off = opened.switch.turn_on()
    if was_off:
        opened.audit.keep(BY, "switched_on")
    told = "is on again" if was_off else "was not off"
    say(f"Every server of {opened.database} {told}.")
    if opened.settings.off_file.exists():
        say(f"This server stays off, as there is a file {opened.settings.off_file}.")


class _OpenedSwitch:
    def __init__(self) -> None:
        from bot.conversation.kill_switch import SharedSwitch
        from bot.manage.audit import Audit
        from bot.storage.engine import open_store, shown

        self.settings = Settings.read()
        make_private(self.settings.state_dir)
        engine = open_store(self.settings.store_url)
        self.database = shown(engine)
        self.switch = SharedSwitch(engine)
        self.audit = Audit(engine)
