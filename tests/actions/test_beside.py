"""The documents, the assistant and whom to ring: what comes of such a message."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

import pytest
from sqlalchemy import Engine

from actions.pipeline import Pipeline
from bot.container import Content, make_pipeline, make_tutor
from bot.messages import AnswerMessage, NotCoveredMessage, QuestionMessage, TextMessage
from bot.understanding.shown import Shown
from bot.understanding.turn import RankedIntent, TurnInput
from knowledge import Knowledge
from tests.actions.conftest import Make
from tests.shipped import FLOWS, Finds, answered

SUNDAY_NIGHT = datetime(2026, 11, 29, 23, 0)
MONDAY_NOON = datetime(2026, 11, 30, 12, 0)


def keyed(text: str, key: str, shown: Shown | None = None, sure: float = 0.95) -> TurnInput:
    intent = key.partition("/")[0]
    return TurnInput(
        text,
        action=f"action_{intent}",
        intent=intent,
        ranking=(RankedIntent(key, sure),),
        shown=shown or Shown(),
    )


@pytest.fixture
def pipeline(make: Make) -> Pipeline:
    return make(answered("003.2.6.1"))


def at(now: datetime, content: Content, engine: Engine) -> Pipeline:
    knowledge = cast(Knowledge, Finds(answered("003.2.6.1")))
    return make_pipeline(content, knowledge, make_tutor(content, knowledge, engine), lambda: now)


def labels(message: object) -> list[str]:
    assert isinstance(message, NotCoveredMessage)
    return [contact.label for contact in message.where_to_ask]


def test_one_item_leads_to_the_next(pipeline: Pipeline) -> None:
    first = pipeline.reply(keyed("read me number six", "documents/item"))
    shown = Shown.from_json(first.slots["shown"])
    then = pipeline.reply(keyed("and the next one", "documents/next", shown)).messages[0]
    assert isinstance(then, AnswerMessage)
    assert [quote.passage_id for quote in then.quotes] == ["000.p7"]


def test_how_old_is_told_of_the_document_spoken_of(pipeline: Pipeline) -> None:
    newest = pipeline.reply(keyed("the newest please", "documents/newest"))
    shown = Shown.from_json(newest.slots["shown"])
    told = pipeline.reply(keyed("how old is that", "documents/date", shown)).messages[0]
    assert "Safeguarding Partnership Principles" in told.text


def test_words_about_an_answer_leave_it_where_it_was(pipeline: Pipeline) -> None:
    shown = Shown("records", ("003.2.6.1",))
    reply = pipeline.reply(keyed("says who", "documents/publisher", shown))
    assert Shown.from_json(reply.slots["shown"]) == shown
    assert "Knowsley" in reply.messages[0].text


def test_whom_to_ring_comes_with_the_flow_that_may_be_meant(pipeline: Pipeline) -> None:
    turn = keyed("who do i tell about this", "contact")
    maybe = RankedIntent("start_new_concern", 0.2)
    (message,) = pipeline.reply(replace(turn, ranking=(*turn.ranking, maybe))).messages
    assert isinstance(message, NotCoveredMessage)
    assert labels(message)
    assert [option.id for option in message.did_you_mean] == ["start:new_concern"]
    (alone,) = pipeline.reply(turn).messages
    assert alone.options == []


def test_a_reply_of_the_assistant_has_its_buttons(pipeline: Pipeline) -> None:
    message = pipeline.reply(keyed("print this", "assistant/save")).messages[0]
    assert isinstance(message, TextMessage)
    assert [option.id for option in message.options] == ["do:menu"]


def test_whom_to_ring_is_who_is_named(content: Content, engine: Engine) -> None:
    noon = at(MONDAY_NOON, content, engine)
    assert labels(noon.reply(keyed("number for social care", "contact")).messages[0]) == [
        "Children's social care"
    ]
    message = noon.reply(keyed("who do I ring", "contact")).messages[0]
    assert labels(message)[0] == "Safeguarding lead"
    assert message.text.startswith("If a child is in danger, call 999.")


def test_out_of_hours_the_duty_team_comes_first(content: Content, engine: Engine) -> None:
    duty = "Emergency duty team, at night and weekends"
    night, noon = (at(now, content, engine) for now in (SUNDAY_NIGHT, MONDAY_NOON))
    closed = night.reply(keyed("who do I ring", "contact")).messages[0]
    assert labels(closed)[0] == duty
    assert "outside office hours" in closed.text
    asked = noon.reply(keyed("MASH number out of hours", "contact")).messages[0]
    assert labels(asked) == [duty, "Children's social care"]
    assert labels(night.reply(keyed("childline number", "contact")).messages[0]) == [
        "Childline, for anyone under 19"
    ]


def test_what_the_sources_answer_follows_where_rasa_is_not_certain(pipeline: Pipeline) -> None:
    first, then = pipeline.reply(keyed("who keeps records", "contact", sure=0.6)).messages
    assert isinstance(first, NotCoveredMessage)
    assert isinstance(then, AnswerMessage)


def test_in_a_walk_the_open_question_is_asked_again(pipeline: Pipeline) -> None:
    started = pipeline.reply(TurnInput(FLOWS["share_without_consent"].triggers[0]))
    slots = started.slots["dialogue"]
    turn = keyed("who sees what I type", "assistant/privacy")
    walk = type(turn.dialogue).from_json(slots, FLOWS)
    messages = pipeline.reply(
        TurnInput(
            turn.text, action=turn.action, intent=turn.intent, ranking=turn.ranking, dialogue=walk
        )
    ).messages
    assert isinstance(messages[0], TextMessage)
    assert isinstance(messages[-1], QuestionMessage)
