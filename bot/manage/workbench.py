"""What stands behind the pages at `/manage`: made once, and the same for every edition."""

from __future__ import annotations

from asyncio import Semaphore
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from bot.manage.accounts import Accounts
from bot.manage.audit import Audit
from bot.manage.cookie import ManageCookie
from bot.manage.sign_ins import SignIns
from bot.settings import Settings


@dataclass(frozen=True)
class Workbench:
    """`by_provider`: an OpenID Connect provider signs people in; local accounts do not count."""

    accounts: Accounts
    sign_ins: SignIns
    audit: Audit
    cookie: ManageCookie
    by_provider: bool
    one_at_a_time: Semaphore = field(default_factory=lambda: Semaphore(1))
    """A password takes 64 MiB and a tenth of a second of a core, which answers need too."""

    @classmethod
    def open(cls, settings: Settings, engine: Engine) -> Workbench:
        by_provider = bool(settings.oidc_issuer)
        return cls(
            accounts=Accounts(engine),
            sign_ins=SignIns(engine, by_provider=by_provider),
            audit=Audit(engine),
            cookie=ManageCookie.of(settings),
            by_provider=by_provider,
        )


def get_workbench(request: Request) -> Workbench:
    workbench: Workbench = request.app.state.workbench
    return workbench


WorkbenchDep = Annotated[Workbench, Depends(get_workbench)]
