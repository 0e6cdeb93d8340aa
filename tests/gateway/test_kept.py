"""Marked personal data goes in by every door; afterwards the disk is searched for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.assistant import Assistant, Talk

pytestmark = pytest.mark.rasa

PERSONAL = (
    "943 476 5919",
    "07700 900123",
    "quillfeather@example.org",
    "LN1 3DY",
    "QQ 12 34 56 C",
    "Quillfeather",
)
# Where nothing at all may be kept, a word that is no personal data must vanish as well.
REFUSED = "zxqvrefused"

SENTENCES = (
    "Can I share the record of NHS number 943 476 5919 with health?",
    "Mum, Mrs Quillfeather, can be reached on 07700 900123. Who should ring?",
    "quillfeather@example.org sent me this, can I pass it on",
    "the family moved to LN1 3DY, who is told",
    "her national insurance number is QQ 12 34 56 C, may I keep it",
)
DANGER = "Mrs Quillfeather, 07700 900123, is not breathing"


def forms(mark: str) -> set[bytes]:
    """The mark as it may lie in a file."""
    spellings = {mark, mark.replace(" ", ""), mark.replace(" ", "%20"), mark.replace(" ", "+")}
    return {form.encode() for each in spellings for form in (each, each.lower(), each.upper())}


def post(talk: Talk, body: object = None, **more: object) -> httpx.Response:
    address = f"/conversations/{talk.id}/messages"
    headers = {"Authorization": f"Bearer {talk.token}"}
    return talk.api.post(address, json=body, headers=headers, **more)  # type: ignore[arg-type]


def through_every_door(assistant: Assistant) -> Iterator[httpx.Response]:
    talk = assistant.talk()
    for sentence in (*SENTENCES, DANGER):
        yield post(talk, {"text": sentence})
        yield assistant.api.get("/search", params={"q": sentence})
        yield httpx.get(f"{assistant.url}/sources", params={"q": sentence})
        yield httpx.post(f"{assistant.url}/ask", data={"text": sentence})
    yield post(talk, {"choice": "safety:continue"})
    talk.say("can I share this without consent?")
    for sentence in SENTENCES:
        yield post(talk, {"text": sentence})
    marks = f"{' '.join(PERSONAL)} {REFUSED}"
    yield post(talk, {"text": marks * 100})
    broken = f'{{"text": "{marks} \\ud800"}}'.encode()
    yield post(talk, content=broken)
    yield post(talk, {"text": [marks]})
    yield post(talk, {"choice": marks})
    yield assistant.api.post("/conversations", json={"area": marks, "mode": marks})
    yield assistant.api.post("/conversations", content=f'{{"{marks}'.encode())
    for path in ("sources", "passages", "flows", "conversations"):
        yield assistant.api.get(f"/{path}/{marks}")
    yield assistant.api.post(
        "/feedback",
        json={"conversation_id": talk.id, "turn": 1, "rating": "useful", "reason": marks},
    )
    strange = {"User-Agent": marks, "Referer": f"https://{REFUSED}/", "X-Request-ID": REFUSED}
    yield assistant.api.get("/flows", headers=strange)
    talk.api.post(
        f"/conversations/{talk.id}/messages",
        json={"text": "hello"},
        headers={"Authorization": f"Bearer {talk.token}", "Idempotency-Key": marks},
    )
    yield httpx.post(f"{assistant.url}/record", data={"conversation": marks, "token": marks})


def found_on_disk(folder: Path, marks: tuple[str, ...]) -> list[str]:
    wanted = {form for mark in marks for form in forms(mark)}
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.parent.name not in ("index", "models"):
            content = path.read_bytes()
            found += [f"{path.name}: {form!r}" for form in wanted if form in content]
    return found


def test_no_personal_data_lies_on_the_disk_or_comes_back(assistant: Assistant) -> None:
    statuses = set()
    for reply in through_every_door(assistant):
        statuses.add(reply.status_code)
        assert REFUSED not in reply.text
        assert "943 476 5919" not in reply.text
        assert "quillfeather@example.org" not in reply.text
    assert max(statuses) < 500
    assert found_on_disk(assistant.state_dir, (*PERSONAL, REFUSED)) == []


def test_nothing_of_a_deleted_conversation_lies_on_the_disk(assistant: Assistant) -> None:
    talk = assistant.talk()
    talk.say("the vexillologist asks who keeps the chronology")
    assert found_on_disk(assistant.state_dir, ("vexillologist",))
    assert found_on_disk(assistant.state_dir, (talk.id,))
    bearer = {"Authorization": f"Bearer {talk.token}"}
    assert talk.api.delete(f"/conversations/{talk.id}", headers=bearer).status_code == 204
    assert found_on_disk(assistant.state_dir, ("vexillologist", talk.id)) == []
