"""The files that a browser loads.

Their address names their content, so that they are kept for good: only `/widget.js`, which pages of
others name, is asked for again.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
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


class WidgetFiles:
    """What a container's pages load: its words in every language, and the version of it all."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self._words = {
            each.code: _words(container, each.code) for each in language_names(container)
        }
        digest = sha256("".join(self._words.values()).encode())
        for file in sorted(each for each in WIDGET.iterdir() if each.is_file()):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
        self.version = digest.hexdigest()[:12]
        """Twelve hexadecimal digits, which change with any of them."""
        loader = (STATIC / "widget.js").read_text("utf-8")
        self.loader = loader.replace("widget/chat.js", f"widget/{self.version}/chat.js")
        """The script that pages of others name: it loads the rest of this version."""

    def words(self, language: str) -> str:
        """English where there are none in the language."""
        return self._words.get(language, self._words[ENGLISH])

    def address(self, name: str) -> str:
        return f"/widget/{self.version}/{name}"


def widget_files(request: Request) -> WidgetFiles:
    """Worked out once, and again when another edition is answered from."""
    state = request.app.state
    held: WidgetFiles | None = getattr(state, "widget_files", None)
    if held is None or held.container is not state.container:
        held = state.widget_files = WidgetFiles(state.container)
    return held


Files = Annotated[WidgetFiles, Depends(widget_files)]


def assets(request: Request) -> dict[str, object]:
    """For every template: `asset(name)`, the address of a file."""
    return {"asset": widget_files(request).address}


def _words(container: Container, language: str) -> str:
    contacts, library = container.contacts.of(*HELP_NOW), container.knowledge.library
    return phrases_module(
        spoken(container, language), language_names(container), contacts, library.areas
    )


@router.get("/widget.js")
async def script(files: Files) -> Response:
    return Response(files.loader, media_type="text/javascript", headers=ANY_PAGE | ASK_AGAIN)


@router.get("/widget/{version}/{name}")
async def widget_file(
    request: Request, files: Files, version: str, name: str, language: str = ENGLISH
) -> Response:
    """`phrases.js` in the language asked for. While replicas change over, one may be asked for the
    files of another: it answers with its own, which are not kept."""
    if name == "phrases.js":
        response = Response(files.words(language), media_type="text/javascript")
    else:
        response = await static.get_response(name, request.scope)
    kept = version == files.version and response.status_code in (200, 304)
    response.headers.update(ANY_PAGE | (FOR_GOOD if kept else ASK_AGAIN))
    return response


@router.get("/brand.css")
async def brand(container: ContainerDep) -> FileResponse:
    return FileResponse(container.settings.data_dir / "brand.css", headers=ASK_AGAIN)
