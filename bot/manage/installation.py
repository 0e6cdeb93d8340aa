"""Puts `/manage` into the application."""

from __future__ import annotations

from fastapi import FastAPI
from sqlalchemy import Engine

from bot.manage import refusals
from bot.manage.import_jobs import ImportJobs
from bot.manage.provider import provider_router
from bot.manage.router import manage_router
from bot.manage.workbench import Workbench
from bot.operations.latest import Latest
from bot.operations.previews import Previews
from bot.operations.replay.checks import AnswerChecks
from bot.operations.touched_gaps import GapsAsked
from bot.settings import Settings


def install(app: FastAPI, settings: Settings, engine: Engine) -> None:
    app.state.workbench = Workbench.open(settings, engine)
    app.state.import_jobs = ImportJobs()
    app.state.previews = Previews()
    app.state.answer_checks = AnswerChecks(app.state.previews)
    app.state.replays = Latest("replay")
    app.state.gaps_asked = GapsAsked()
    app.state.seen_live = {}
    refusals.install(app)
    app.include_router(manage_router(provider_router(settings)))
