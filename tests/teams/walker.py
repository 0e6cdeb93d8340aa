"""Rasa's channel as the gateway sees it, with the real flows and modules and no classifier."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import Any

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions.base import ActionInput, ActionResult, TurnAction
from actions.dialogue_manager import DialogueManager
from actions.flow import Choose
from actions.induction import InductionAction, LearnerFirst
from bot.choices import Choice
from bot.flows import read_flows
from bot.induction.tutor import Tutor
from bot.messages import AnswerMessage
from bot.rendering.flows import FlowRenderer
from bot.rendering.plain_text import cited, paragraphs
from bot.settings import HOME
from knowledge.library import Library

QUOTED = "003.2.3.4"
START_INDUCTION = "start induction"
PATIENCE_S = 10.0


class Asked(TurnAction):
    """What Rasa's rules would choose for a text, were every other one a question."""

    name = "action_question"

    def __init__(self, desk: DialogueManager, library: Library, induction: TurnAction) -> None:
        self.desk = desk
        self.library = library
        self.induction = induction

    def reply(self, turn: ActionInput) -> ActionResult:
        if turn.text == START_INDUCTION:
            return self.induction.reply(replace(turn, intent="start_induction"))
        return self.desk.said(turn) or self.desk.again(turn, [self._answer()])

    def _answer(self) -> AnswerMessage:
        quote = self.library.quote(QUOTED)
        lead = "One passage answers this."
        return AnswerMessage(text=paragraphs(lead, cited(quote)), lead=lead, quotes=[quote])


class Walker:
    """A click goes where Rasa's rules lead it; any text is a question that QUOTED answers."""

    url = ""

    def __init__(self, library: Library, tutor: Tutor) -> None:
        script = FlowRenderer(read_flows(HOME / "data" / "flows"), library.quote)
        desk = DialogueManager(script, lambda _, phrases: [0.0] * len(phrases))
        induction = InductionAction(tutor)
        choose = Choose(desk, {"module": induction.reply, "quiz": induction.reply})
        self.choose = LearnerFirst(desk, tutor, choose)
        self.asked = LearnerFirst(desk, tutor, Asked(desk, library, induction))
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
        reply = self._reply(ActionInput(area=said["metadata"]["area"], **slots), said["message"])
        slots |= reply.slots
        return JSONResponse([{"custom": each.model_dump(mode="json")} for each in reply.messages])

    async def _forget(self, request: Request) -> Response:
        self._slots.pop(request.path_params["sender"], None)
        return Response(status_code=204)

    def _reply(self, turn: ActionInput, message: str) -> ActionResult:
        if message.startswith("/choose"):
            choice = Choice.parse(json.loads(message.removeprefix("/choose"))["choice"])
            return self.choose.reply(replace(turn, choice=choice))
        return self.asked.reply(replace(turn, text=message))
