"""What stands in for Rasa and the encoder, and one conversation over the API."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, cast

import httpx
import numpy as np
from anyio.to_thread import run_sync
from numpy.typing import NDArray
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.container import Container
from bot.messages import Option, TextMessage
from bot.settings import Settings
from bot.understanding.safety.classifier import Alert, DangerClassifier
from knowledge import Answer, Knowledge
from knowledge.comparing import DocumentSays
from knowledge.encoder import Encoder
from knowledge.findings import Findings
from knowledge.heads import MessageHeads
from knowledge.naming import DocumentNames
from knowledge.questions import Questions
from knowledge.quotes import ScoredQuote
from knowledge.words import Words
from tests.shipped import LIBRARY, RELATIONS, NoMeaning, NoOpinion

Make = Callable[..., Container]
Serve = Callable[..., httpx.Client]


class Shelf(Knowledge):
    """The real library, searched without an encoder: the first passages are always best, of the
    documents that are named."""

    def __init__(self) -> None:
        self.library = LIBRARY
        self.relations = RELATIONS
        self.questions = Questions({}, {}, {})
        self.encoder = cast(Encoder, NoMeaning())
        self.heads = cast(MessageHeads, NoOpinion())

    def search(
        self,
        query: str,
        k: int = 5,
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
        *,
        in_other_words: bool = False,
    ) -> Findings:
        order = sorted(self.library.order, key=lambda each: each.split(".")[0] not in documents)
        hits = [
            ScoredQuote(**self.library.quote(each).model_dump(), score=0.5) for each in order[:k]
        ]
        return Findings(query, "answerable", tuple(hits))

    def answer(
        self,
        query: str,
        area: str | None = None,
        context: Sequence[str] = (),
        documents: Sequence[str] = (),
        *,
        in_other_words: bool = False,
    ) -> Answer:
        found = self.search(query, 1, area, context, documents)
        return Answer(found.verdict, found.hits, gap=found.gap, confidence=found.confidence)

    @property
    def words(self) -> Words:
        return Words.read()

    def compare(self, topic: str, k: int = 2, area: str | None = None) -> tuple[DocumentSays, ...]:
        """Its first passages, of every document but the first."""
        first, *others = self.library.documents.values()
        order = self.library.order
        return (
            DocumentSays(first, ()),
            *(
                DocumentSays(
                    each,
                    tuple(self.library.quote(p, area) for p in order if p.startswith(each.id))[:k],
                )
                for each in others
            ),
        )

    def documents_named(self, text: str, also: Collection[str] = ()) -> tuple[str, ...]:
        """As it is spelt."""
        named = {*DocumentNames(self.library.documents.values())(text), *also}
        return tuple(each for each in self.library.documents if each in named)

    def gaps_like(self, passages: Collection[str]) -> list[tuple[str, float]]:
        return []

    def is_written(self, text: str) -> bool:
        return False

    def unanswered_like(self, passages: Collection[str]) -> dict[str, float]:
        return {}


@cache
def encoder() -> Encoder:
    """The one that ships: danger is read by meaning, and nothing stands in for that."""
    return Encoder.open(Settings.read().models_dir)


def read(texts: Sequence[str]) -> NDArray[np.float32]:
    return encoder().read(texts)


def no_encoder(texts: Sequence[str]) -> NDArray[np.float32]:
    raise RuntimeError("there is no encoder")


IS_IT_OVER = "Is it over?"
IS_IT_STILL = "Where is he still?"


class Doubting(DangerClassifier):
    """Takes a danger for possible where the words say that they doubt it, and what is said after
    `IS_IT_OVER` for calm, and what is said after `IS_IT_STILL` for certain danger."""

    def alert(self, text: str, redacted: str) -> Alert | None:
        if text.startswith(IS_IT_OVER):
            return None
        if text.startswith(IS_IT_STILL):
            return Alert("immediate_danger", certain=True)
        alert = super().alert(text, redacted)
        return replace(alert, certain=False) if alert and "doubt" in text else alert


class StandIn:
    """Rasa's channel, as the gateway sees it: replies to a text with what it was sent."""

    url = ""

    def __init__(self) -> None:
        self.reset()
        self.app = Starlette(
            routes=[
                Route("/webhooks/principles/", self.health),
                Route("/webhooks/principles/webhook", self.hear, methods=["POST"]),
                Route(
                    "/webhooks/principles/conversations/{sender}", self.forget, methods=["DELETE"]
                ),
            ]
        )

    def reset(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.forgotten: list[str] = []
        self.healthy = True
        self.before_reply: Callable[[], None] | None = None
        self.reply: Callable[[str], Any] = self.echo

    @staticmethod
    def echo(message: str) -> Any:
        options = [Option(id="step:share/consent/yes", label="Yes")]
        return [{"custom": TextMessage(text=f"heard {message}", options=options).model_dump()}]

    @property
    def messages(self) -> list[str]:
        return [each["message"] for each in self.heard]

    async def health(self, _: Request) -> Response:
        return Response(status_code=200 if self.healthy else 503)

    async def hear(self, request: Request) -> Response:
        body = await request.json()
        self.heard.append(body)
        if self.before_reply:
            await run_sync(self.before_reply)
        return JSONResponse(self.reply(body["message"]))

    async def forget(self, request: Request) -> Response:
        if not self.healthy:
            return Response(status_code=503)
        self.forgotten.append(request.path_params["sender"])
        return Response(status_code=204)


class Talk:
    """One conversation over the API."""

    def __init__(self, client: httpx.Client, **opening: str) -> None:
        self.client = client
        opened = client.post("/api/v1/conversations", json=opening)
        assert opened.status_code == 201, opened.text
        self.opened = opened.json()
        self.id = self.opened["conversation_id"]
        self.headers = {"Authorization": f"Bearer {self.opened['token']}"}

    def send(self, body: Any, **headers: str) -> httpx.Response:
        return self.client.post(
            f"/api/v1/conversations/{self.id}/messages",
            json=body,
            headers=self.headers | {name.replace("_", "-"): v for name, v in headers.items()},
        )

    def say(self, text: str, **headers: str) -> httpx.Response:
        return self.send({"text": text}, **headers)

    def choose(self, choice: str) -> httpx.Response:
        return self.send({"choice": choice})

    def read(self) -> Any:
        return self.client.get(f"/api/v1/conversations/{self.id}", headers=self.headers).json()
