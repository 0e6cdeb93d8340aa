"""An edited message changes what it answered, or says that it changed nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import choices
from bot.channels.teams.activities import read
from bot.channels.teams.edited_messages import Edits
from bot.container import Container
from bot.conversation.store import ConversationStore
from bot.flows.danger import danger_choices
from bot.settings import Settings
from bot.storage.engine import open_store
from tests.shipped import FLOWS, PHRASES
from tests.teams.client import Chat
from tests.teams.conftest import Told
from tests.teams.consent import DANGER, FLOW, IDENTIFIES, PURPOSE, step
from tests.teams.microsoft import SECRET, TENANT, Microsoft, actions, texts
from tests.teams.walker import LEAD, START_INDUCTION, Walker

CHANGE_IT = {
    "type": "Action.Execute",
    "verb": "choose",
    "data": {"choice": choices.change(FLOW.id, "s1")},
}


def test_edited_question_is_answered_anew_and_once(chat: Chat, microsoft: Microsoft) -> None:
    first = chat.say("what about consent")
    microsoft.wait_for(3)
    edit = chat.edit(first, "what about records")
    assert chat.post(edit).status_code == 202
    shown = microsoft.wait_for(5)[3:]
    assert texts(shown[0]) == [PHRASES.teams.edited]
    assert LEAD in texts(shown[1])


def test_no_edited_to_yes_is_danger_and_not_the_next_answer(
    asked: Chat, microsoft: Microsoft
) -> None:
    sent = asked.say("no")
    assert IDENTIFIES in texts(microsoft.wait_for(5)[4])
    asked.edit(sent, "yes")
    outcome, remark = microsoft.wait_for(7)[5:]
    assert "999" in texts(outcome)[0]
    assert texts(remark) == [f"Changed. “{DANGER}” is now: Yes."]


def test_no_edited_to_yes_is_danger_while_the_next_turn_is_under_way(
    asked: Chat, microsoft: Microsoft, rasa: Walker
) -> None:
    sent = asked.say("no")
    microsoft.wait_for(5)
    rasa.let_go.clear()
    asked.say("what about consent")
    asked.edit(sent, "yes")
    try:
        assert "999" in texts(microsoft.wait_for(6)[5])[0]
    finally:
        rasa.let_go.set()


def test_edit_that_overtakes_the_answer_to_its_message_is_danger_all_the_same(
    asked: Chat, microsoft: Microsoft, rasa: Walker
) -> None:
    rasa.let_go.clear()
    sent = asked.say("no")
    asked.edit(sent, "yes")
    try:
        assert "999" in texts(microsoft.wait_for(5)[4])[0]
    finally:
        rasa.let_go.set()


def test_edit_that_overtakes_the_answer_to_its_message_corrects_it(
    asked: Chat, microsoft: Microsoft, rasa: Walker
) -> None:
    asked.say("no")
    microsoft.wait_for(5)
    rasa.let_go.clear()
    sent = asked.say("yes")
    asked.edit(sent, "3")
    rasa.let_go.set()
    asking, remark, *_ = microsoft.wait_for(8)[5:]
    assert PURPOSE in texts(asking)
    assert texts(remark)[0].startswith(f"Changed. “{IDENTIFIES}” is now: ")


def test_yes_edited_to_no_and_back_ends_with_999(asked: Chat, microsoft: Microsoft) -> None:
    sent = asked.say("yes")
    assert "999" in texts(microsoft.wait_for(5)[4])[0]
    asked.edit(sent, "no")
    assert IDENTIFIES in texts(microsoft.wait_for(7)[6])
    asked.edit(sent, "yes")
    assert "999" in texts(microsoft.wait_for(9)[7])[0]
    asked.edit(sent, "no")
    assert IDENTIFIES in texts(microsoft.wait_for(11)[10])


def test_answer_further_back_is_corrected(asked: Chat, microsoft: Microsoft) -> None:
    asked.say("no")
    microsoft.wait_for(5)
    sent = asked.say("yes")
    assert PURPOSE in texts(microsoft.wait_for(6)[5])
    asked.say("what about consent")
    microsoft.wait_for(8)
    asked.edit(sent, "2")
    remark, *_ = microsoft.wait_for(10)[8:]
    assert texts(remark)[0].startswith(f"Changed. “{IDENTIFIES}” is now: ")


def test_words_that_are_no_option_change_nothing(
    asked: Chat, microsoft: Microsoft, rasa: Walker
) -> None:
    sent = asked.say("no")
    microsoft.wait_for(5)
    heard = list(rasa.heard)
    asked.edit(sent, "it is in the file")
    card = microsoft.wait_for(6)[5]
    assert texts(card)[0] == PHRASES.teams.edit_not_changed
    assert "999" in PHRASES.teams.edit_not_changed
    assert rasa.heard == heard
    asked.choose(actions(card)[0]["title"])
    assert DANGER in texts(microsoft.wait_for(8)[7])


def test_names_in_words_that_change_nothing_are_told(asked: Chat, microsoft: Microsoft) -> None:
    sent = asked.say("no")
    microsoft.wait_for(5)
    asked.edit(sent, "ask on 07700 900123")
    told, privacy = microsoft.wait_for(7)[5:]
    assert texts(told)[0] == PHRASES.teams.edit_not_changed
    assert "Please delete your message" in " ".join(texts(privacy))


def test_correction_that_was_typed_is_itself_corrected(asked: Chat, microsoft: Microsoft) -> None:
    asked.say("no")
    microsoft.wait_for(5)
    asked.say("yes")
    microsoft.wait_for(6)
    sent = asked.say("actually nobody is in danger")
    microsoft.wait_for(8)
    asked.edit(sent, "yes")
    assert "999" in texts(microsoft.wait_for(9)[8])[0]


def test_danger_in_an_edit_is_answered_first(asked: Chat, microsoft: Microsoft) -> None:
    sent = asked.say("no")
    microsoft.wait_for(5)
    asked.edit(sent, "he is not breathing")
    assert "999" in texts(microsoft.wait_for(6)[5])[0]


def test_same_answer_given_again_is_corrected_by_its_edit(
    asked: Chat, microsoft: Microsoft
) -> None:
    asked.say("no")
    microsoft.wait_for(5)
    asked.click(CHANGE_IT, "card-4")
    microsoft.wait_for(7)
    sent = asked.say("no")
    microsoft.wait_for(9)
    asked.edit(sent, "not sure")
    assert "999" in texts(microsoft.wait_for(10)[9])[0]


def test_question_asked_beside_a_reopened_one_answered_nothing(
    asked: Chat, microsoft: Microsoft
) -> None:
    asked.say("no")
    microsoft.wait_for(5)
    asked.click(CHANGE_IT, "card-4")
    microsoft.wait_for(7)
    sent = asked.say("what about consent")
    microsoft.wait_for(9)
    asked.edit(sent, "no")
    assert texts(microsoft.wait_for(10)[9]) == [PHRASES.teams.edit_not_taken]


def test_answer_of_questions_that_were_stopped(asked: Chat, microsoft: Microsoft) -> None:
    sent = asked.say("no")
    microsoft.wait_for(5)
    asked.choose(choices.do("stop"))
    microsoft.wait_for(6)
    asked.edit(sent, "nope")
    assert "Nothing was changed." in texts(microsoft.wait_for(7)[6])[0]
    asked.edit(sent, "yes")
    assert "999" in texts(microsoft.wait_for(8)[7])[0]


def test_what_a_message_answered_outlives_the_process(
    asked: Chat, microsoft: Microsoft, settings: Settings
) -> None:
    sent = asked.say("no")
    microsoft.wait_for(5)
    reopened = ConversationStore(open_store(settings.store_url), timedelta(hours=1))
    chat = f"teams:{read(sent, frozenset({TENANT})).key(SECRET)}"
    edits = Edits(reopened, FLOWS, danger_choices(FLOWS), PHRASES.teams)
    found = edits.meaning(reopened.under(chat, None), sent["id"], "yes")
    assert found == step("s1", "yes")


def test_edit_while_the_database_is_down_says_999(
    asked: Chat,
    microsoft: Microsoft,
    container: Container,
    monkeypatch: pytest.MonkeyPatch,
    told: Told,
) -> None:
    def is_down(*_: Any) -> None:
        raise OperationalError("select", {}, Exception("down"))

    sent = asked.say("no")
    microsoft.wait_for(5)
    monkeypatch.setattr(container.conversations, "exchange", is_down)
    asked.edit(sent, "yes")
    assert "999" in " ".join(texts(microsoft.wait_for(6)[5]))
    assert told.said == [("teams.failed", {})]


@pytest.mark.parametrize("words", ["no", "3", "not at all", "it is in the file"])
def test_edited_question_answers_no_open_one(
    asked: Chat, microsoft: Microsoft, rasa: Walker, words: str
) -> None:
    sent = asked.say("what about consent")
    microsoft.wait_for(7)
    heard = list(rasa.heard)
    asked.edit(sent, words)
    assert texts(microsoft.wait_for(8)[7]) == [PHRASES.teams.edit_not_taken]
    assert "999" in PHRASES.teams.edit_not_taken
    assert rasa.heard == heard


def test_edited_question_may_say_that_there_is_danger(asked: Chat, microsoft: Microsoft) -> None:
    sent = asked.say("what about consent")
    microsoft.wait_for(7)
    asked.edit(sent, "yes")
    assert "999" in texts(microsoft.wait_for(8)[7])[0]


def test_edit_answers_no_quiz(chat: Chat, microsoft: Microsoft, rasa: Walker) -> None:
    sent = chat.say(START_INDUCTION)
    microsoft.wait_for(3)
    chat.edit(sent, "1")
    assert texts(microsoft.wait_for(4)[3]) == [PHRASES.teams.edit_not_taken]


@pytest.mark.parametrize("words", ["yes", "what about consent"])
def test_edit_in_a_conversation_that_was_removed_says_so(
    asked: Chat, microsoft: Microsoft, rasa: Walker, words: str
) -> None:
    sent = asked.say("no")
    microsoft.wait_for(5)
    asked.choose("Remove this conversation", card=0)
    microsoft.wait_for(6)
    heard = list(rasa.heard)
    asked.edit(sent, words)
    assert texts(microsoft.wait_for(7)[6]) == [PHRASES.teams.edit_gone]
    assert "999" in PHRASES.teams.edit_gone
    assert rasa.heard == heard


def test_edit_of_a_message_that_was_too_long_is_answered(
    chat: Chat, microsoft: Microsoft, container: Container
) -> None:
    sent = chat.say("what about consent " * 200)
    assert "Shorten the text" in texts(microsoft.wait_for(3)[2])[0]
    chat.edit(sent, "what about consent")
    assert LEAD in texts(microsoft.wait_for(5)[4])
