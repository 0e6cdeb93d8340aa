from __future__ import annotations

import pytest

from actions.desk import Desk
from actions.replies import read_replies
from actions.smalltalk import SUBJECTS, SmallTalk, Subject
from actions.turn import Turn
from bot.flows import Dialogue, read_flows
from bot.messages import QuestionMessage, TextMessage
from bot.script import Script
from bot.settings import HOME
from knowledge import Library

REPLIES = read_replies(HOME / "data/replies.yaml")


@pytest.fixture(scope="module")
def desk() -> Desk:
    script = Script(read_flows(HOME / "data/flows"), Library.read().quote)
    return Desk(script, lambda text, phrases: [0.0 for _ in phrases])


@pytest.mark.parametrize("subject", SUBJECTS)
def test_small_talk_quotes_nothing_and_changes_nothing(desk: Desk, subject: Subject) -> None:
    reply = SmallTalk(desk, REPLIES, subject).reply(Turn("hello"))
    assert [type(message) for message in reply.messages] == [TextMessage]
    assert reply.slots == {}


def test_in_the_middle_of_a_flow_the_step_comes_again(desk: Desk) -> None:
    walk = Dialogue().start("share_without_consent", desk.flows).dialogue
    reply = SmallTalk(desk, REPLIES, "thanks").reply(Turn("ta", dialogue=walk.to_json()))
    assert [type(message) for message in reply.messages] == [TextMessage, QuestionMessage]


def test_it_says_that_it_is_no_person_decides_nothing_and_where_danger_goes() -> None:
    for said in ("not a person", "nobody watches", "never decide", "999"):
        assert said in REPLIES.about
