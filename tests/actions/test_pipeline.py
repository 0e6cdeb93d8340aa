"""Understand, act, render: what comes of a message, given what the search finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.effects import REMEMBERED
from actions.tracker import ActionResult
from bot.flows import DialogueStack
from bot.messages import AnswerMessage, NotCoveredMessage, QuestionMessage, TextMessage
from bot.understanding.question_form import is_task
from bot.understanding.shown import Shown
from bot.understanding.turn import RankedIntent, TurnInput
from knowledge import Answer, Gap
from tests.actions.conftest import Make
from tests.shipped import FLOWS, LIBRARY, PHRASES, Finds, answered

ANSWERED = answered("003.2.3.5")
GAP = Gap("g", "fees", "No source says what it costs.", ("safeguarding_lead",), ("the bursar",))
NOT_IN_SOURCES = Answer("not_in_sources", related=(LIBRARY.quote("003.2.6.1"),), gap=GAP)
OUT_OF_SCOPE = Answer("out_of_scope", gap=GAP)

Ask = Callable[[TurnInput, Answer], ActionResult]


@pytest.fixture
def ask(make: Make) -> Ask:
    return lambda turn, found: make(found).reply(turn)


def test_an_answer_is_the_quotation_with_its_citation_also_in_plain_text(ask: Ask) -> None:
    reply = ask(TurnInput("may I share"), ANSWERED)
    answer = reply.messages[0]
    assert isinstance(answer, AnswerMessage)
    assert answer.quotes == list(ANSWERED.quotes)
    quote = answer.quotes[0]
    for part in (answer.lead, quote.text, "[text missing in source]", quote.citation.reference):
        assert part in answer.text


def test_flows_that_the_words_suggest_come_before_flows_that_cite_the_passage(ask: Ask) -> None:
    ranking = (RankedIntent("question", 0.7), RankedIntent("start_share_without_consent", 0.2))
    answer = ask(TurnInput("may I share", ranking=ranking), ANSWERED).messages[0]
    assert isinstance(answer, AnswerMessage)
    assert answer.related_flows[0].id == "share_without_consent"
    assert answer.options[0].id == "start:share_without_consent"
    assert answer.related_flows[0].title in answer.text


def test_an_intent_that_starts_no_flow_is_not_offered_as_one(ask: Ask) -> None:
    ranking = (RankedIntent("start_induction", 0.4), RankedIntent("start_of_yesterday", 0.4))
    message = ask(TurnInput("the training", ranking=ranking), NOT_IN_SOURCES).messages[0]
    assert message.options == []


def test_words_that_are_hardly_a_task_are_told_whom_to_ask(ask: Ask) -> None:
    turn = TurnInput("number for MASH", ranking=(RankedIntent("start_new_concern", 0.3),))
    assert isinstance(ask(turn, NOT_IN_SOURCES).messages[0], NotCoveredMessage)


def test_an_unlikely_flow_is_not_offered(ask: Ask) -> None:
    ranking = (RankedIntent("question", 0.9), RankedIntent("start_share_without_consent", 0.05))
    message = ask(TurnInput("may I share", ranking=ranking), NOT_IN_SOURCES).messages[0]
    assert message.options == []


def test_what_is_not_in_the_sources_says_whom_to_ask_and_quotes_only_as_related(ask: Ask) -> None:
    message = ask(TurnInput("what does it cost"), NOT_IN_SOURCES).messages[0]
    assert isinstance(message, NotCoveredMessage)
    assert message.reason == "not_in_sources"
    assert [contact.label for contact in message.where_to_ask] == [
        "Safeguarding lead",
        "The bursar",
    ]
    related = message.text.index("Related, but it does not answer your question:")
    assert message.text.index(message.related[0].text) > related


def test_a_stranger_to_the_list_is_not_sent_to_someone_unlisted(ask: Ask) -> None:
    message = ask(TurnInput("the weather"), OUT_OF_SCOPE).messages[0]
    assert isinstance(message, NotCoveredMessage)
    assert [contact.label for contact in message.where_to_ask] == ["Safeguarding lead"]
    assert message.related == []


def test_without_a_known_gap_the_usual_people_are_named(ask: Ask) -> None:
    message = ask(TurnInput("how many"), Answer("not_in_sources")).messages[0]
    assert isinstance(message, NotCoveredMessage)
    assert [contact.label for contact in message.where_to_ask] == [
        "Safeguarding lead",
        "Children's social care",
        "Local procedures manual",
    ]


@pytest.fixture
def mid_flow() -> TurnInput:
    move = DialogueStack().start("share_without_consent", FLOWS)
    return TurnInput("what must I record?", dialogue=move.dialogue)


def test_in_the_middle_of_a_flow_the_step_comes_again(ask: Ask, mid_flow: TurnInput) -> None:
    reply = ask(mid_flow, ANSWERED)
    assert [type(message) for message in reply.messages] == [AnswerMessage, QuestionMessage]
    assert reply.slots["topic"] == ["what must I record?"]
    shown = Shown.from_json(reply.slots["shown"])
    assert shown == Shown("what must I record?", tuple(q.passage_id for q in ANSWERED.quotes))
    assert reply.slots["dialogue"]["walk"] == mid_flow.dialogue.to_json(FLOWS)["walk"]


def test_in_the_middle_of_a_flow_an_unclear_reply_is_asked_again(
    ask: Ask, mid_flow: TurnInput
) -> None:
    reply = ask(replace(mid_flow, text="xyzzy plugh"), OUT_OF_SCOPE)
    assert [type(message) for message in reply.messages] == [TextMessage, QuestionMessage]
    assert "topic" not in reply.slots


def test_the_last_questions_are_remembered_and_handed_on(make: Make) -> None:
    questions = [f"question {number}?" for number in range(REMEMBERED + 2)]
    finds = Finds(ANSWERED)
    pipeline = make(finds)
    topic: tuple[str, ...] = ()
    for question in questions:
        topic = tuple(pipeline.reply(TurnInput(question, topic=topic)).slots["topic"])
    assert list(topic) == questions[-REMEMBERED:]
    assert [asked[2] for asked in finds.asked] == [
        tuple(questions[max(0, turn - REMEMBERED) : turn]) for turn in range(len(questions))
    ]


def test_the_triggers_of_a_flow_start_it_or_offer_it_first(ask: Ask) -> None:
    for flow in FLOWS.values():
        for trigger in flow.triggers:
            reply = ask(TurnInput(trigger.upper()), ANSWERED)
            if is_task(trigger):
                assert reply.slots["dialogue"]["walk"]["flow"] == flow.id
            else:
                # A notice may speak first.
                assert reply.messages[-1].options[0].id == f"start:{flow.id}", trigger


def test_a_task_that_no_source_answers_is_offered_its_flows_below_whom_to_ask(ask: Ask) -> None:
    ranking = (
        RankedIntent("start_made_a_mistake", 0.5),
        RankedIntent("start_record_keeping", 0.3),
        RankedIntent("start_new_concern", 0.05),
    )
    turn = TurnInput("sent the wrong family's minutes out", ranking=ranking)
    message = ask(turn, NOT_IN_SOURCES).messages[0]
    assert isinstance(message, NotCoveredMessage)
    assert [flow.id for flow in message.related_flows] == ["made_a_mistake", "record_keeping"]


# Small talk


@pytest.mark.parametrize("subject", ["greet", "goodbye", "thanks", "about"])
def test_small_talk_quotes_nothing_and_changes_nothing(ask: Ask, subject: str) -> None:
    reply = ask(TurnInput("hello", action=f"action_{subject}"), ANSWERED)
    assert [type(message) for message in reply.messages] == [TextMessage]
    assert reply.slots["dialogue"]["walk"] is None
    assert "topic" not in reply.slots


def test_small_talk_in_the_middle_of_a_flow_asks_its_step_again(
    ask: Ask, mid_flow: TurnInput
) -> None:
    reply = ask(replace(mid_flow, text="ta", action="action_thanks"), ANSWERED)
    assert [type(message) for message in reply.messages] == [TextMessage, QuestionMessage]


def test_it_says_that_it_is_no_person_decides_nothing_and_where_danger_goes(ask: Ask) -> None:
    about = ask(TurnInput("who are you", action="action_about"), ANSWERED).messages[0].text
    for said in (
        "not a person",
        "nobody watches",
        "never decide",
        "999",
        f"{len(FLOWS)} decisions",
    ):
        assert said in about
    assert "{decisions}" in PHRASES.replies.about
