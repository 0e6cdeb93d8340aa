"""What every answer carries, and what never gets past the edge."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import httpx
import pytest

from tests.api.standins import Serve, Talk

MARK = "zxqv-marked-words"


def is_problem(reply: httpx.Response, status: int, kind: str) -> bool:
    body = reply.json()
    return (
        reply.status_code == body["status"] == status
        and reply.headers["content-type"] == "application/problem+json"
        and body["type"] == f"urn:first-principles:problem:{kind}"
        and bool(body["title"])
        and bool(body["detail"])
        and MARK not in reply.text
    )


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", f"/api/v1/{MARK}", 404, "not-found"),
        ("GET", f"/api/v1/sources/{MARK}", 404, "not-found"),
        ("GET", f"/api/v1/passages/{MARK}", 404, "not-found"),
        ("GET", f"/api/v1/flows/{MARK}", 404, "not-found"),
        ("PUT", "/api/v1/conversations", 405, "method-not-allowed"),
        ("GET", f"/api/v1/search?q=x&k={MARK}", 422, "invalid-request"),
        ("GET", "/api/v1/search", 422, "invalid-request"),
        ("GET", f"/api/v1/search?q=x&area={MARK}", 422, "unknown-area"),
        ("GET", "/api/v1/search?q=%20", 422, "text-empty"),
        ("GET", "/api/v1/metrics", 404, "not-found"),
        ("GET", "/metrics", 404, "not-found"),
    ],
)
def test_errors_are_problems_without_the_users_words(
    client: httpx.Client, method: str, path: str, status: int, kind: str
) -> None:
    assert is_problem(client.request(method, path), status, kind)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (f'{{"text": "{MARK}"', "invalid-json"),
        (f'"{MARK}"', "invalid-request"),
        (f'["{MARK}"]', "invalid-request"),
        ("null", "invalid-request"),
        ("", "invalid-request"),
        ("{}", "invalid-request"),
        (f'{{"text": ["{MARK}"]}}', "invalid-request"),
        (f'{{"text": "{MARK}", "choice": "{MARK}"}}', "invalid-request"),
        (f'{{"{MARK}": 1}}', "invalid-request"),
        ('{"text": 7}', "invalid-request"),
        ('{"text": null}', "invalid-request"),
        (f'{{"text": "{MARK} \\ud800"}}', "not-text"),
        ("\x00", "invalid-json"),
    ],
)
def test_a_broken_body_harms_nothing(talk: Talk, content: str, kind: str) -> None:
    reply = talk.client.post(
        f"/api/v1/conversations/{talk.id}/messages",
        content=content.encode(),
        headers=talk.headers | {"Content-Type": "application/json"},
    )
    assert is_problem(reply, 422, kind)
    assert talk.say("go on").json()["turn"] == 1


@pytest.mark.parametrize("content", [b'{"text": "\xff\xfe"}', b"[" * 100_000])
def test_what_cannot_even_be_read_is_a_bad_request(talk: Talk, content: bytes) -> None:
    reply = talk.client.post(
        f"/api/v1/conversations/{talk.id}/messages",
        content=content,
        headers=talk.headers | {"Content-Type": "application/json"},
    )
    assert is_problem(reply, 400, "bad-request")


def test_a_body_over_the_limit_is_not_read(serve: Serve) -> None:
    client = serve(max_body_bytes=64 * 1024)
    said = {"area": "x" * 70_000}
    assert is_problem(client.post("/api/v1/conversations", json=said), 413, "body-too-large")
    chunks = (b"x" * 1000 for _ in range(100))
    reply = client.post("/api/v1/conversations", content=chunks)
    assert is_problem(reply, 413, "body-too-large")


@pytest.mark.parametrize(("over", "status"), [(0, 201), (1, 413)])
def test_a_body_of_just_the_limit_is_read(serve: Serve, over: int, status: int) -> None:
    limit = 64 * 1024
    client = serve(max_body_bytes=limit)
    body = b"{}" + b" " * (limit - 2 + over)
    headers = {"Content-Type": "application/json"}
    told = client.post("/api/v1/conversations", content=body, headers=headers)
    counted = client.post(
        "/api/v1/conversations",
        content=(body[at : at + 1000] for at in range(0, len(body), 1000)),
        headers=headers,
    )
    assert (told.status_code, counted.status_code) == (status, status)


def test_a_body_that_dawdles_is_not_waited_for(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.api.middleware.BODY_WITHIN_S", 0.2)
    at = serve().base_url
    with socket.create_connection((at.host, at.port), timeout=10) as line:
        head = b"POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"
        line.sendall(head)
        assert line.recv(100).startswith(b"HTTP/1.1 408 ")


def test_no_address_is_redirected_to_the_host_that_the_caller_names(client: httpx.Client) -> None:
    for path in ("/metrics/", "/sources/", "/api/v1/flows/"):
        reply = client.get(path, headers={"Host": "elsewhere.example"})
        assert is_problem(reply, 404, "not-found")


def test_headers_over_the_limit_are_refused(client: httpx.Client) -> None:
    headers = {f"X-{n}": "x" * 1000 for n in range(40)}
    assert is_problem(client.get("/healthz", headers=headers), 431, "headers-too-large")


def test_a_fault_of_ours_shows_and_logs_no_words(
    talk: Talk, log_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: object, said: object) -> None:
        raise RuntimeError(f"cannot cope with {said}")

    monkeypatch.setattr("bot.understanding.screening.Screener.screen", broken)
    reply = talk.say(MARK)
    assert is_problem(reply, 500, "internal")
    logged = log_file.read_text()
    assert MARK not in logged
    assert "RuntimeError" in logged


def test_every_answer_tells_the_browser_what_it_may_do(client: httpx.Client) -> None:
    for path in ("/", "/api/v1/flows", "/nothing"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'self';" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert len(headers["X-Request-ID"]) == 16
        assert "Strict-Transport-Security" not in headers
    assert client.get("/api/v1/flows").headers["Cache-Control"] == "no-store"


def test_behind_tls_browsers_are_told_to_stay_there(serve: Serve) -> None:
    headers = serve(public_url="https://principles.example").get("/healthz").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_only_named_sites_may_call_and_frame(serve: Serve) -> None:
    client = serve(
        allowed_origins="https://intranet.example", frame_ancestors="https://intranet.example"
    )

    def origin_allowed(origin: str) -> str:
        asks = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        reply = client.options("/api/v1/conversations", headers=asks)
        return str(reply.headers.get("Access-Control-Allow-Origin"))

    assert origin_allowed("https://intranet.example") == "https://intranet.example"
    assert origin_allowed("https://evil.example") == "None"
    named = {"Origin": "https://intranet.example"}
    assert "Access-Control-Allow-Origin" not in client.get("/", headers=named).headers
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self' https://intranet.example" in policy


def test_the_access_line_names_the_operation_and_not_what_was_typed(
    client: httpx.Client, log_file: Path
) -> None:
    client.get("/api/v1/search", params={"q": MARK})
    client.get(f"/api/v1/sources/{MARK}")
    logged = log_file.read_text()
    assert MARK not in logged
    assert '"operation": "read_source"' in logged


def test_the_address_behind_a_trusted_proxy_counts(serve: Serve) -> None:
    client = serve(trusted_proxies="127.0.0.1", client_limit="1/minute")

    def search(address: str) -> int:
        headers = {"X-Forwarded-For": address}
        return client.get("/api/v1/search?q=x", headers=headers).status_code

    assert [search("192.0.2.1"), search("192.0.2.1"), search("192.0.2.2")] == [200, 429, 200]


def test_an_address_that_nobody_vouches_for_does_not_count(serve: Serve) -> None:
    client = serve(client_limit="1/minute")
    for address, status in (("192.0.2.1", 200), ("192.0.2.2", 429)):
        headers = {"X-Forwarded-For": address}
        assert client.get("/api/v1/search?q=x", headers=headers).status_code == status


def test_the_description_of_the_api_is_whole(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    assert json.dumps(document).count("HTTPValidationError") == 0
    for path, operations in document["paths"].items():
        assert path.startswith("/api/v1/")
        for operation in operations.values():
            assert operation["summary"]
            assert operation["responses"]
