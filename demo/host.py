"""A small web server that plays a council's intranet, with a strict policy of its own."""

from __future__ import annotations

from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType

PAGES = {"/": "script.html", "/frame": "frame.html", "/intranet.css": "intranet.css"}
FOLDER = Path(__file__).resolve().parent


class HostPage:
    """`/` embeds the chat with one script tag, `/frame` with one iframe."""

    def __init__(self, assistant: str, port: int) -> None:
        self.assistant = assistant
        self._server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, assistant))
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def serve(self) -> None:
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
    def __init__(self, assistant: str, *arguments: object) -> None:
        self.assistant = assistant
        super().__init__(*arguments)  # type: ignore[arg-type] # what the server passes on

    def do_GET(self) -> None:
        name = PAGES.get(self.path.partition("?")[0])
        if name is None:
            self.send_error(404)
            return
        body = (FOLDER / name).read_text("utf-8").replace("ASSISTANT", self.assistant).encode()
        kind = "text/css" if name.endswith(".css") else "text/html"
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", policy(self.assistant))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is logged."""


def policy(assistant: str) -> str:
    """What a host page has to allow, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {assistant}",
            f"connect-src {assistant}",
            f"frame-src {assistant}",
            f"form-action {assistant}",
            "style-src 'self'",
            "img-src data:",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
