"""The files that a browser loads.

Their address names their content, so that they are kept for good: only `/widget.js`, which pages of
others name, is asked for again.
"""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from bot.api.authentication import ContainerDep
from bot.container import Container
from bot.conversation.kill_switch import WHOM
from bot.messages import ENGLISH
from bot.web.languages import language_names, spoken
from bot.web.phrases import phrases_module

STATIC = Path(__file__).resolve().parent / "static"
WIDGET = STATIC / "widget"
HELP_NOW = ("emergency", *WHOM)
"""Whom "Get help now" names."""

# Any page may load the chat; the API alone says which pages it answers, so that the chat can tell
# the reader where it does not.
ANY_PAGE = {"Access-Control-Allow-Origin": "*"}
ASK_AGAIN = {"Cache-Control": "no-cache"}
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}
"""A year, which is as long as HTTP caches are promised anything (RFC 9111)."""

router = APIRouter(include_in_schema=False)
static = StaticFiles(directory=WIDGET)


def _shipped() -> bytes:
    """A hash of every file as it was at the start."""
    digest = sha256()
    for file in sorted(each for each in WIDGET.iterdir() if each.is_file()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.digest()


SHIPPED = _shipped()


def version_of(container: Container) -> str:
    """Of the files and of the words they show, in every language: twelve hexadecimal digits."""
    words = "".join(_phrases(container, each.code) for each in language_names(container))
    return sha256(SHIPPED + words.encode()).hexdigest()[:12]


def assets(request: Request) -> dict[str, object]:
    """For every template: `asset(name)`, the address of a file."""
    version = version_of(request.app.state.container)
    return {"asset": partial(_address, version)}


def _address(version: str, name: str) -> str:
    return f"/widget/{version}/{name}"


def _phrases(container: Container, language: str) -> str:
    contacts, library = container.contacts.of(*HELP_NOW), container.knowledge.library
    return phrases_module(
        spoken(container, language), language_names(container), contacts, library.areas
    )


@router.get("/widget.js")
async def script(container: ContainerDep) -> Response:
    """It loads the rest from where this version of it stands."""
    loader = (STATIC / "widget.js").read_text("utf-8")
    loader = loader.replace("widget/chat.js", f"widget/{version_of(container)}/chat.js")
    return Response(loader, media_type="text/javascript", headers=ANY_PAGE | ASK_AGAIN)


@router.get("/widget/{version}/{name}")
async def widget_file(
    request: Request,
    container: ContainerDep,
    version: str,
    name: str,
    language: str = ENGLISH,
) -> Response:
    """`phrases.js` in the language asked for. While replicas change over, one may be asked for the
    files of another: it answers with its own, which are not kept."""
    if name == "phrases.js":
        response = Response(_phrases(container, language), media_type="text/javascript")
    else:
        response = await static.get_response(name, request.scope)
    kept = version == version_of(container) and response.status_code in (200, 304)
    response.headers.update(ANY_PAGE | (FOR_GOOD if kept else ASK_AGAIN))
    return response


@router.get("/brand.css")
async def brand(container: ContainerDep) -> FileResponse:
    return FileResponse(container.settings.data_dir / "brand.css", headers=ASK_AGAIN)
