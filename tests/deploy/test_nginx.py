"""The proxy of compose.yaml, run as a process before a listener that stands in for an assistant."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.settings import HOME
from tests.api.listener import address_of, bound, listening
from tests.deploy.files import NGINX
from tests.docs.pages import FENCE

SERVER = shutil.which("nginx") or "/usr/sbin/nginx"
needs_nginx = pytest.mark.skipif(not Path(SERVER).exists(), reason="no nginx is installed")


def location(text: str) -> list[str]:
    """The lines of `location /`, but where it leads to, which differs."""
    (block,) = re.findall(r"location / \{\n(.*?)\n *\}", text, re.DOTALL)
    lines = [line.strip() for line in block.splitlines()]
    return [line for line in lines if not line.startswith(("set $", "proxy_pass"))]


def test_it_is_the_configuration_that_the_documents_give() -> None:
    page = (HOME / "docs" / "operations.md").read_text("utf-8")
    (given,) = (block for _, block in FENCE.findall(page) if "location / {" in block)
    assert location(NGINX.read_text("utf-8")) == location(given)


async def what_arrives(scope: Scope, receive: Receive, send: Send) -> None:
    """Says what it was asked."""
    request = Request(scope, receive)
    # All of it: nginx takes a connection that is shut before for one that failed.
    await request.body()
    answer: Response = JSONResponse({"path": request.url.path, **request.headers})
    await answer(scope, receive, send)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with listening(what_arrives) as assistant:
        yield from before(assistant, tmp_path_factory.mktemp("nginx"))


def before(assistant: str, folder: Path) -> Iterator[Path]:
    """Where nginx runs with the configuration as it is, but for addresses and paths."""
    key, certificate = folder / "tls.key", folder / "tls.crt"
    made = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    making: list[str | Path] = ["openssl", "req", *made, "-keyout", key, "-out", certificate]
    subprocess.run(making, check=True, capture_output=True)
    text = NGINX.read_text("utf-8").replace("http://assistant:8000", assistant)
    text = re.sub(r"(?<= )(?:/run/secrets|/tmp)/", f"{folder}/", text)
    for port in ("8443", "8080"):
        text = text.replace(f"listen {port}", f"listen unix:{folder}/{port}")
    (folder / "nginx.conf").write_text(text)
    command: list[str | Path] = [
        SERVER,
        "-c",
        folder / "nginx.conf",
        "-e",
        folder / "error.log",
    ]
    # Its workers may then open a folder that is shut to other accounts.
    command += ["-g", "daemon off;" + (" user root;" if os.getuid() == 0 else "")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        while not (folder / "8443").exists() and process.poll() is None:
            time.sleep(0.02)
        yield folder
        process.terminate()


@pytest.fixture
def proxy(folder: Path) -> Iterator[httpx.Client]:
    with client_of(folder) as client:
        yield client


def client_of(folder: Path) -> httpx.Client:
    transport = httpx.HTTPTransport(uds=str(folder / "8443"), verify=False)
    return httpx.Client(base_url="https://localhost", transport=transport)


@needs_nginx
def test_nobody_names_an_address_of_their_choice(proxy: httpx.Client) -> None:
    asked = proxy.get("/api/v1/search?q=a", headers={"X-Forwarded-For": "203.0.113.9"}).json()
    assert asked["path"] == "/api/v1/search"
    assert "203.0.113.9" not in asked["x-forwarded-for"]
    assert asked["x-forwarded-proto"] == "https"
    assert asked["host"] == "localhost"


@needs_nginx
def test_what_was_asked_is_written_nowhere(proxy: httpx.Client, folder: Path) -> None:
    proxy.get("/api/v1/search?q=marked-words")
    proxy.get("/metrics?q=marked-words")
    logs = [path.read_text() for path in folder.glob("*.log")]
    assert not any("marked-words" in each for each in logs)


@needs_nginx
def test_what_is_too_large_and_the_metrics_stop_here(proxy: httpx.Client) -> None:
    assert proxy.post("/api/v1/conversations", content=b"x" * (257 * 1024)).status_code == 413
    assert proxy.post("/api/v1/conversations", content=b"x" * (255 * 1024)).is_success
    assert {proxy.get(path).status_code for path in ("/metrics", "/api/v1/metrics")} == {404}


@needs_nginx
def test_without_tls_one_is_sent_to_it(folder: Path) -> None:
    transport = httpx.HTTPTransport(uds=str(folder / "8080"))
    with httpx.Client(base_url="http://localhost", transport=transport) as client:
        answer = client.get("/sources?area=knowsley")
    assert answer.status_code == 308
    assert answer.headers["location"] == "https://localhost/sources?area=knowsley"


@needs_nginx
def test_where_no_server_answers_999_is_said(tmp_path: Path) -> None:
    with bound() as nobody:
        nginx = contextmanager(before)
        with nginx(address_of(nobody), tmp_path) as folder, client_of(folder) as client:
            answer = client.post("/api/v1/conversations/x/messages", json={"text": "help"})
    assert answer.status_code == 503
    assert answer.text.startswith("If a child is in danger now, call 999.")
    assert answer.headers["retry-after"] == "10"
