"""Who may post an activity, and what becomes of one that may not be taken."""

from __future__ import annotations

import base64
import json
import time
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from itsdangerous import URLSafeTimedSerializer

from bot.channels.teams.microsoft_hosts import Microsoft as Hosts
from bot.channels.teams.settings import TeamsSettings
from bot.errors import UserFacingError
from bot.operations.production_checks import check
from bot.settings import Settings
from tests.shipped import CONTACTS
from tests.teams.client import Chat
from tests.teams.microsoft import APP_ID, ISSUER, SECRET, TENANT, Microsoft, new_key
from tests.teams.walker import Walker


def forged(microsoft: Microsoft, algorithm: str, key: Any = None) -> str:
    claims = {
        "iss": ISSUER,
        "aud": APP_ID,
        "exp": int(time.time()) + 60,
        "serviceurl": microsoft.service_url,
    }
    return jwt.encode(claims, key, algorithm, {"kid": "first"})


BAD_TOKENS: dict[str, Any] = {
    "garbage": lambda _: "garbage",
    "three empty parts": lambda _: "..",
    "deep header": lambda _: base64.urlsafe_b64encode(b"[" * 12000).decode().rstrip("=") + ".e.e",
    "wrong key": lambda stub: stub.token(key=new_key()),
    "unknown key id": lambda stub: stub.token(kid="other"),
    "no key id": lambda stub: stub.token(kid=None),
    "wrong audience": lambda stub: stub.token(aud="another-bot"),
    "no audience": lambda stub: stub.token(aud=None),
    "foreign issuer": lambda stub: stub.token(iss="https://sts.windows.net/common/"),
    "no issuer": lambda stub: stub.token(iss=None),
    "expired": lambda stub: stub.token(exp=int(time.time()) - 600),
    "no expiry": lambda stub: stub.token(exp=None),
    "expiry is a word": lambda stub: stub.token(exp="soon"),
    "not yet valid": lambda stub: stub.token(nbf=int(time.time()) + 600),
    "no service url": lambda stub: stub.token(serviceurl=None),
    "another service url": lambda stub: stub.token(serviceurl=stub.url + "/fr/"),
    "alg none": lambda stub: forged(stub, "none"),
    "alg HS256": lambda stub: forged(stub, "HS256", "a secret that is long enough for HS256"),
}


@pytest.mark.parametrize("make", BAD_TOKENS.values(), ids=list(BAD_TOKENS))
def test_bad_token_is_401(chat: Chat, microsoft: Microsoft, rasa: Walker, make: Any) -> None:
    reply = chat.gateway.post(
        "/teams/messages",
        json=chat.activity("message", text="hello"),
        headers={"Authorization": f"Bearer {make(microsoft)}"},
    )
    assert reply.status_code == 401
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert rasa.heard == []


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic abc"])
def test_missing_token_is_401(chat: Chat, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    reply = chat.gateway.post("/teams/messages", json=chat.activity("message"), headers=headers)
    assert reply.status_code == 401


@given(
    st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200)
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_token_made_up_is_let_in(chat: Chat, token: str) -> None:
    reply = chat.gateway.post("/teams/messages", headers={"Authorization": f"Bearer {token}"})
    assert reply.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not JSON",
        b"\xff",
        b"[]",
        b"5",
        b"[" * 100_000,
        b"{}",
        b'{"type": 5}',
        b'{"type": "message"}',
    ],
)
def test_body_that_is_no_activity_is_400(chat: Chat, microsoft: Microsoft, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {microsoft.token()}"}
    reply = chat.gateway.post("/teams/messages", content=body, headers=headers)
    assert reply.status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"channelId": "webchat"},
        {"serviceUrl": 5},
        {"conversation": None},
        {"from": "me"},
        {"text": ["a"]},
        {"channelData": []},
    ],
    ids=lambda change: next(iter(change)),
)
def test_activity_with_a_broken_part_is_400(chat: Chat, change: dict[str, Any]) -> None:
    assert chat.post(chat.activity("message", text="hello") | change).status_code == 400


@pytest.mark.parametrize(
    "tenants",
    [("other", "other"), (TENANT, "other"), (None, None)],
    ids=["another", "two", "none"],
)
def test_tenant_that_is_not_on_the_list_is_403(
    chat: Chat, rasa: Walker, tenants: tuple[str | None, str | None]
) -> None:
    in_data, in_conversation = tenants
    activity = chat.activity("message", text="hello")
    activity["channelData"]["tenant"] = in_data and {"id": in_data}
    activity["conversation"]["tenantId"] = in_conversation
    assert chat.post(activity).status_code == 403
    assert rasa.heard == []


def test_reply_address_that_is_not_microsofts_is_403(chat: Chat) -> None:
    elsewhere = "https://collector.example/uk/"
    activity = chat.activity("message", text="hello", serviceUrl=elsewhere)
    assert chat.post(activity, serviceurl=elsewhere).status_code == 403


@pytest.mark.parametrize("kind", ["typing", "messageReaction", "event", "somethingNew"])
def test_activity_that_asks_nothing_is_taken_and_left(chat: Chat, rasa: Walker, kind: str) -> None:
    assert chat.post(chat.activity(kind)).status_code == 202
    assert rasa.heard == []


SETTINGS = TeamsSettings.model_validate({"app_id": APP_ID, "tenant_id": TENANT, "secret": SECRET})


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://smba.trafficmanager.net/uk/", True),
        ("https://smba.trafficmanager.net:443/emea/tenant/", True),
        ("http://smba.trafficmanager.net/uk/", False),
        ("https://smba.trafficmanager.net:8443/uk/", False),
        ("https://smba.trafficmanager.net.evil.example/", False),
        ("https://evil.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net@evil.example/", False),
        ("https://user@smba.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net:x/", False),
        ("http://127.0.0.1:18800/uk/", False),
        ("", False),
    ],
)
def test_replies_go_to_microsofts_host_only(url: str, allowed: bool) -> None:
    assert Hosts.of(SETTINGS).may_reply_to(url) is allowed


def test_channel_is_off_without_an_app_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FP_TEAMS_APP_ID", raising=False)
    assert not TeamsSettings.read().is_on


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("FP_TEAMS_TENANT_ID", "", "FP_TEAMS_TENANT_ID"),
        ("FP_TEAMS_STUB_URL", "https://stub.example", "loopback"),
        ("FP_TEAMS_APP_ID", "not-a-guid", "FP_TEAMS_APP_ID"),
    ],
)
def test_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv("FP_TEAMS_APP_ID", APP_ID)
    monkeypatch.setenv("FP_TEAMS_SECRET", SECRET)
    monkeypatch.setenv("FP_TEAMS_TENANT_ID", TENANT)
    monkeypatch.setenv(name, value)
    with pytest.raises(UserFacingError, match=said) as told:
        TeamsSettings.read()
    assert SECRET not in str(told.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FP_TEAMS_STUB_URL", "http://127.0.0.1:18800"),
        ("DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS", "true"),
    ],
)
def test_production_refuses_what_is_for_tests(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UserFacingError, match=name):
        check(Settings(mode="production"), CONTACTS)


def test_record_link_that_was_changed_or_is_old_does_not_work(
    gateway: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    signer = URLSafeTimedSerializer(SECRET, salt="teams-record")
    with monkeypatch.context() as past:
        past.setattr(time, "time", lambda: 1_000_000_000)
        old = signer.dumps(["conversation", 1])
    for signed in (old, signer.dumps(["conversation", 1]) + "x", "x", signer.dumps(["gone", 1])):
        reply = gateway.get(f"/teams/records/{signed}")
        assert reply.status_code == 404
        assert "Get the record" in json.loads(reply.content)["detail"]


def test_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fp_teams_secret").write_text("from the file\n")
    for name, value in (("APP_ID", APP_ID), ("TENANT_ID", TENANT)):
        monkeypatch.setenv(f"FP_TEAMS_{name}", value)
    found = TeamsSettings(_secrets_dir=tmp_path).secret
    assert found
    assert found.get_secret_value() == "from the file"
