from __future__ import annotations

import pytest

from actions.base import ActionInput
from actions.dialogue_manager import DialogueManager
from actions.smalltalk import SUBJECTS, SmallTalk, Subject
from bot.content.replies import read_replies
from bot.flows import DialogueStack, read_flows
from bot.messages import QuestionMessage, TextMessage
from bot.rendering.flows import FlowRenderer
from bot.settings import HOME
from knowledge import Library

REPLIES = read_replies(HOME / "data/replies.yaml")


@pytest.fixture(scope="module")
def manager() -> DialogueManager:
    script = FlowRenderer(read_flows(HOME / "data/flows"), Library.read().quote)
    return DialogueManager(script, lambda text, phrases: [0.0 for _ in phrases])


@pytest.mark.parametrize("subject", SUBJECTS)
def test_small_talk_quotes_nothing_and_changes_nothing(
    manager: DialogueManager, subject: Subject
) -> None:
    reply = SmallTalk(manager, REPLIES, subject).reply(ActionInput("hello"))
    assert [type(message) for message in reply.messages] == [TextMessage]
    assert reply.slots == {}


def test_in_the_middle_of_a_flow_the_step_comes_again(manager: DialogueManager) -> None:
    walk = DialogueStack().start("share_without_consent", manager.flows).dialogue
    reply = SmallTalk(manager, REPLIES, "thanks").reply(ActionInput("ta", dialogue=walk.to_json()))
    assert [type(message) for message in reply.messages] == [TextMessage, QuestionMessage]


def test_it_says_that_it_is_no_person_decides_nothing_and_where_danger_goes() -> None:
    for said in ("not a person", "nobody watches", "never decide", "999"):
        assert said in REPLIES.about
