from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import cast

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions.actions import ACTIONS, ActionQuestion
from actions.pipeline import Pipeline
from actions.tracker import ActionResult
from bot.messages import MESSAGES, TextMessage
from bot.settings import HOME

DOMAIN = yaml.safe_load((HOME / "domain.yml").read_text("utf-8"))


class Echo:
    def run(self, action: str, tracker: Tracker) -> ActionResult:
        said = tracker.latest_message["text"]
        return ActionResult([TextMessage(text=f"{action}: {said}")], {"topic": [said]})


def test_every_action_of_the_domain_is_there_and_no_other() -> None:
    assert sorted(action().name() for action in ACTIONS) == sorted(DOMAIN["actions"])


def test_an_action_hands_its_messages_and_slots_to_rasa() -> None:
    dispatcher = CollectingDispatcher()
    tracker = Tracker("c1", {}, {"text": "hello"}, [], False, None, {}, None)
    action = ActionQuestion(cast(Pipeline, Echo()))
    events = asyncio.run(action.run(dispatcher, tracker, {}))
    sent = MESSAGES.validate_python([each["custom"] for each in dispatcher.messages])
    assert sent == [TextMessage(text="action_question: hello")]
    assert [(event["name"], event["value"]) for event in events] == [("topic", ["hello"])]


def test_rasa_sdk_finds_every_action_the_ordinary_way() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(DOMAIN["actions"]) <= set(executor.actions)


def test_rasa_sdk_starts_with_the_package_named() -> None:
    """As `python -m rasa_sdk --actions actions` does before it listens."""
    code = (
        "from rasa_sdk.executor import ActionExecutor as E; e = E();"
        "e.register_package('actions'); print(*e.actions)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True)
    assert set(DOMAIN["actions"]) <= set(done.stdout.split()), done.stderr
