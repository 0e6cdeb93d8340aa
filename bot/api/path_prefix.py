"""Pages that a reverse proxy shows below a path: `https://intranet.example/principles/`.

The proxy takes the path off before it passes a request on, so that no route knows of it. Whatever
leads a browser to an address of the assistant gets it back here, in one place: links, forms and
files in pages, redirects, and the paths of cookies.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ADDRESS = re.compile(rb'(\s(?:href|src|action|formaction)="|\scontent="\d+; ?url=)(?=/(?!/))')
"""Before an address of this site in an attribute. In text a template writes a quotation mark as
`&#34;`, so that nobody's words look like one."""
COOKIE_PATH = re.compile(r"(; *path=)(?=/)", re.IGNORECASE)
HTML = "text/html"


class PathPrefix:
    """`prefix` as `Settings.path_prefix` gives it."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            send = PrefixedAnswer(send, self._prefix)
        await self._app(scope, receive, send)


class PrefixedAnswer:
    """A page is held back until it is whole; anything else goes on as it comes."""

    def __init__(self, send: Send, prefix: str) -> None:
        self._send = send
        self._prefix = prefix
        self._page: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            self._write(headers)
            if headers.get("Content-Type", "").startswith(HTML):
                self._page = message
                return
        elif self._page is not None:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            message = self._whole(self._page)
            await self._send(self._page)
            self._page = None
        await self._send(message)

    def _write(self, headers: MutableHeaders) -> None:
        location = headers.get("Location", "")
        if location.startswith("/") and not location.startswith("//"):
            headers["Location"] = self._prefix + location
        for number, (name, value) in enumerate(headers.raw):
            if name == b"set-cookie":
                cookie = COOKIE_PATH.sub(rf"\g<1>{self._prefix}", value.decode("latin-1"))
                headers.raw[number] = (name, cookie.encode("latin-1"))

    def _whole(self, start: Message) -> Message:
        body = ADDRESS.sub(rb"\g<1>" + self._prefix.encode(), self._body)
        MutableHeaders(scope=start)["Content-Length"] = str(len(body))
        return {"type": "http.response.body", "body": body}
