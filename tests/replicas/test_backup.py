"""What docs/runbook.md says of a backup of Postgres, done: nothing is lost, and a walk goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import QuestionMessage
from tests.assistant import Assistant
from tests.rasa.test_tracker_store import started
from tests.replicas.services import own_services

pytestmark = [pytest.mark.rasa, pytest.mark.slow]

FLOW = "share_without_consent"


def test_what_was_backed_up_is_there_after_a_restore(tmp_path: Path) -> None:
    dump = tmp_path / "principles.dump"
    with own_services() as (postgres, _):
        with started(tmp_path / "before", {"FP_DATABASE_URL": postgres.url}) as assistant:
            talk = assistant.talk()
            assert isinstance(talk.say("can I share this without consent?")[-1], QuestionMessage)
            kept = transcript(assistant, talk.id, talk.headers)
            postgres.run("pg_dump", "--format=custom", f"--file={dump}", postgres.url)
        postgres.run("createdb", "-h", postgres.host, "-U", postgres.owner, "restored")
        restored = postgres.url.replace("/postgres?", "/restored?")
        postgres.run("pg_restore", "--no-owner", f"--dbname={restored}", str(dump))
        with started(tmp_path / "after", {"FP_DATABASE_URL": restored}) as assistant:
            assert transcript(assistant, talk.id, talk.headers) == kept
            path = f"/conversations/{talk.id}/messages"
            choice = {"choice": f"step:{FLOW}/s1/no"}
            reply = assistant.api.post(path, json=choice, headers=talk.headers)
            assert reply.raise_for_status().json()["messages"][-1]["flow"]["id"] == FLOW


def transcript(assistant: Assistant, conversation: str, headers: dict[str, str]) -> object:
    reply = assistant.api.get(f"/conversations/{conversation}", headers=headers)
    turns: object = reply.raise_for_status().json()["turns"]
    return turns
