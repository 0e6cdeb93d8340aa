"""A walk that every process has forgotten, but the store has not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bench.bots import copy_built, start_assistant
from bot.settings import Settings
from tests.assistant import Assistant
from tests.conversations.script import Turn, check


@pytest.mark.rasa
@pytest.mark.slow
def test_a_walk_goes_on_after_every_process_was_restarted(tmp_path: Path) -> None:
    copy_built(Settings().state_dir, tmp_path)
    with start_assistant(tmp_path) as running, client(running.url) as api:
        talk = Assistant(running.url, tmp_path, api, running).talk()
        talk.say("can I share this without consent")
        check(Turn(asks="share_without_consent/s2"), talk.say("no"))
    with start_assistant(tmp_path) as running, client(running.url) as api:
        again = replace(talk, api=api)
        check(Turn(asks="share_without_consent/s3", recorded=["No", "Yes"]), again.say("yes"))
        other = Assistant(running.url, tmp_path, api, running).talk()
        check(Turn(asks="nothing", shows=["No set of questions is open"]), other.say("where was I"))


def client(url: str) -> httpx.Client:
    return httpx.Client(base_url=f"{url}/api/v1", timeout=30, trust_env=False)
