"""Rasa's channel as the gateway sees it, with the real flows and modules and no classifier."""

from __future__ import annotations

import json
import threading
from typing import Any

from anyio.to_thread import run_sync
from rasa_sdk import Tracker
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions.pipeline import Pipeline
from actions.tracker import ActionResult
from bot.choices import Choice
from tests.shipped import ANSWERS, answered

QUOTED = "003.2.3.4"
LEAD = ANSWERS.lead(answered(QUOTED))
START_INDUCTION = "start induction"
PATIENCE_S = 10.0


class Walker:
    """A click goes where Rasa's rules lead it; any text is a question that QUOTED answers."""

    url = ""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.reset()
        self.app = Starlette(
            routes=[
                Route("/webhooks/principles/webhook", self._hear, methods=["POST"]),
                Route(
                    "/webhooks/principles/conversations/{sender}", self._forget, methods=["DELETE"]
                ),
            ]
        )

    def reset(self) -> None:
        self.is_down = False
        self.let_go = threading.Event()
        self.let_go.set()
        self.heard: list[str] = []
        self._slots: dict[str, dict[str, Any]] = {}

    async def _hear(self, request: Request) -> Response:
        if self.is_down:
            return Response(status_code=503)
        said = await request.json()
        self.heard.append(said["message"])
        await run_sync(self.let_go.wait, PATIENCE_S)
        slots = self._slots.setdefault(said["sender"], {})
        reply = self._reply(said, slots)
        slots |= reply.slots
        return JSONResponse([{"custom": each.model_dump(mode="json")} for each in reply.messages])

    async def _forget(self, request: Request) -> Response:
        self._slots.pop(request.path_params["sender"], None)
        return Response(status_code=204)

    def _reply(self, said: dict[str, Any], slots: dict[str, Any]) -> ActionResult:
        """What Rasa's rules would choose, were every text but one a question."""
        text = said["message"]
        if text.startswith("/choose"):
            choice = Choice.parse(json.loads(text.removeprefix("/choose"))["choice"])
            entities = [{"entity": "choice", "value": str(choice)}]
            return self._run("action_choose", {**said, "entities": entities}, slots)
        if text == START_INDUCTION:
            said = {**said, "intent": {"name": "start_induction"}}
            return self._run("action_induction", said, slots)
        return self._run("action_question", said, slots)

    def _run(self, action: str, said: dict[str, Any], slots: dict[str, Any]) -> ActionResult:
        latest = {**said, "text": said["message"]}
        tracker = Tracker(said["sender"], slots, latest, [], False, None, {}, None)
        return self.pipeline.run(action, tracker)
