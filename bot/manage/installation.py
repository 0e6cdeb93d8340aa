"""Puts `/manage` into the application."""

from __future__ import annotations

from fastapi import FastAPI
from sqlalchemy import Engine

from bot.manage import refusals
from bot.manage.provider import provider_router
from bot.manage.router import manage_router
from bot.manage.workbench import Workbench
from bot.settings import Settings


def install(app: FastAPI, settings: Settings, engine: Engine) -> None:
    app.state.workbench = Workbench.open(settings, engine)
    refusals.install(app)
    app.include_router(manage_router(provider_router(settings)))
