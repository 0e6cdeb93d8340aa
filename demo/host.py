"""A small web server that plays a council's intranet, with a strict policy of its own."""

from __future__ import annotations

from functools import partial
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

FOLDER = Path(__file__).resolve().parent
FILES = {"/frame": "frame.html", "/intranet.css": "intranet.css", "/loud.css": "loud.css"}
TAG = '<script defer src="ASSISTANT/widget.js" data-area="knowsley"></script>'
TAGS = {
    "/": TAG,
    "/module": TAG.replace("defer", 'type="module"'),
    "/twice": TAG + TAG + TAG.replace("ASSISTANT", "BENEATH"),
    "/loud": TAG + '<link rel="stylesheet" href="/loud.css">',
    "/beneath": TAG.replace("ASSISTANT", "BENEATH"),
}
"""What puts the chat on the page: at `/` as it is done, elsewhere in other ways."""

BENEATH = "/assistant"
"""Where the assistant is reached as well, as behind a proxy that gives it a path of this site."""
NOT_PASSED_ON = {"connection", "content-length", "date", "host", "server", "transfer-encoding"}


class HostPage:
    """The page of `TAGS` embeds the chat with a script, `/frame` with one iframe."""

    def __init__(self, port: int = 0) -> None:
        """With port 0 on a free one: `origin` says which."""
        self.assistant = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, self))
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def serve(self) -> None:
        """Until it is stopped. `assistant`, the address of the one to embed, is set by then."""
        self._server.serve_forever()

    def stop(self) -> None:
        self._server.shutdown()

    def __enter__(self) -> HostPage:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._server.server_close()


class Handler(BaseHTTPRequestHandler):
    def __init__(self, page: HostPage, *arguments: object) -> None:
        self.assistant = page.assistant
        super().__init__(*arguments)  # type: ignore[arg-type] # what the server passes on

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        name = "script.html" if path in TAGS else FILES.get(path)
        if path.startswith(f"{BENEATH}/"):
            self._pass_on()
        elif name is None:
            self.send_error(404)
        else:
            text = (FOLDER / name).read_text("utf-8").replace("TAGS", TAGS.get(path, ""))
            homes = [self.assistant, *(["'self'"] if "BENEATH" in text else [])]
            text = text.replace("ASSISTANT", self.assistant).replace("BENEATH", BENEATH)
            kind = "text/css" if name.endswith(".css") else "text/html"
            self._send(text.encode(), kind, policy(*homes))

    def do_POST(self) -> None:
        """The pages of the council take nothing: the assistant does, beneath its path."""
        if self.path.startswith(f"{BENEATH}/"):
            self._pass_on()
        else:
            self.send_error(405)

    do_DELETE = do_POST

    def _send(self, body: bytes, kind: str, policy: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _pass_on(self) -> None:
        """What a reverse proxy does: the path of this site taken off, the rest as it is."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {k: v for k, v in self.headers.items() if k.lower() not in NOT_PASSED_ON}
        onward = HTTPConnection(urlsplit(self.assistant).netloc)
        onward.request(self.command, self.path.removeprefix(BENEATH), body, headers)
        reply = onward.getresponse()
        content = reply.read()
        self.send_response(reply.status)
        for name, value in reply.getheaders():
            if name.lower() not in NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        onward.close()

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is logged."""


def policy(*assistant: str) -> str:
    """What a host page has to allow, and nothing else."""
    homes = " ".join(assistant)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {homes}",
            f"connect-src {homes}",
            f"frame-src {homes}",
            f"form-action {homes}",
            "style-src 'self'",
            "img-src data:",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
