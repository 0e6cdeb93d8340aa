from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from actions.base import ActionInput, ActionResult, Ranked
from actions.dialogue_manager import DialogueManager, is_task
from actions.question import REMEMBERED, AnswerQuestion
from bot.content.contacts import Contacts, read_contacts
from bot.content.replies import Replies, read_replies
from bot.flows import DialogueStack, read_flows
from bot.messages import AnswerMessage, NotCoveredMessage, QuestionMessage, TextMessage
from bot.rendering.flows import FlowRenderer
from bot.settings import HOME
from knowledge import Answer, Gap, Library

LIBRARY = Library.read()


def unlike(text: str, phrases: Sequence[str]) -> list[float]:
    return [0.0 for _ in phrases]


@dataclass
class Finds:
    """Knowledge that finds what the test says, and notes what it was asked."""

    found: Answer
    asked: list[tuple[str, str | None, Sequence[str]]] = field(default_factory=list)

    def answer(self, query: str, area: str | None = None, context: Sequence[str] = ()) -> Answer:
        self.asked.append((query, area, context))
        return self.found


ANSWERED = Answer("answerable", "This is what it says.", quotes=(LIBRARY.quote("003.2.3.5"),))
GAP = Gap("g", "fees", "No source says what it costs.", "DSL, the bursar")
NOT_IN_SOURCES = Answer(
    "not_in_sources",
    "The sources do not answer this.",
    related=(LIBRARY.quote("003.2.6.1"),),
    gap=GAP,
)
OUT_OF_SCOPE = Answer("out_of_scope", "That is not what I am for.", gap=GAP)


@pytest.fixture(scope="module")
def manager() -> DialogueManager:
    return DialogueManager(FlowRenderer(read_flows(HOME / "data/flows"), LIBRARY.quote), unlike)


@pytest.fixture(scope="module")
def replies() -> Replies:
    return read_replies(HOME / "data/replies.yaml")


@pytest.fixture(scope="module")
def contacts() -> Contacts:
    return read_contacts(HOME / "data/contacts.yaml")


Ask = Callable[[ActionInput, Answer], ActionResult]


@pytest.fixture
def ask(manager: DialogueManager, contacts: Contacts, replies: Replies) -> Ask:
    return lambda turn, found: AnswerQuestion(manager, Finds(found), contacts, replies).reply(turn)


def test_an_answer_is_the_quotation_with_its_citation_also_in_plain_text(ask: Ask) -> None:
    reply = ask(ActionInput("may I share"), ANSWERED)
    answer = reply.messages[0]
    assert isinstance(answer, AnswerMessage)
    assert answer.quotes == list(ANSWERED.quotes)
    quote = answer.quotes[0]
    for part in (ANSWERED.lead, quote.text, "[text missing in source]", quote.citation.reference):
        assert part in answer.text


def test_flows_that_the_words_suggest_come_before_flows_that_cite_the_passage(ask: Ask) -> None:
    ranking = (Ranked("question", 0.7), Ranked("start_share_without_consent", 0.2))
    answer = ask(ActionInput("may I share", ranking=ranking), ANSWERED).messages[0]
    assert isinstance(answer, AnswerMessage)
    assert answer.related_flows[0].id == "share_without_consent"
    assert answer.options[0].id == "start:share_without_consent"
    assert answer.related_flows[0].title in answer.text


def test_an_intent_that_starts_no_flow_is_not_offered_as_one(ask: Ask) -> None:
    ranking = (Ranked("start_induction", 0.4), Ranked("start_of_yesterday", 0.4))
    message = ask(ActionInput("the training", ranking=ranking), NOT_IN_SOURCES).messages[0]
    assert message.options == []


def test_words_that_are_hardly_a_task_are_told_whom_to_ask(ask: Ask) -> None:
    turn = ActionInput("number for MASH", ranking=(Ranked("start_new_concern", 0.3),))
    assert isinstance(ask(turn, NOT_IN_SOURCES).messages[0], NotCoveredMessage)


def test_an_unlikely_flow_is_not_offered(ask: Ask) -> None:
    ranking = (Ranked("question", 0.9), Ranked("start_share_without_consent", 0.05))
    message = ask(ActionInput("may I share", ranking=ranking), NOT_IN_SOURCES).messages[0]
    assert message.options == []


def test_what_is_not_in_the_sources_says_whom_to_ask_and_quotes_only_as_related(ask: Ask) -> None:
    message = ask(ActionInput("what does it cost"), NOT_IN_SOURCES).messages[0]
    assert isinstance(message, NotCoveredMessage)
    assert message.reason == "not_in_sources"
    assert [contact.label for contact in message.where_to_ask] == [
        "Safeguarding lead",
        "The bursar",
    ]
    related = message.text.index("Related, but it does not answer your question:")
    assert message.text.index(message.related[0].text) > related


def test_a_stranger_to_the_list_is_not_sent_to_someone_unlisted(ask: Ask) -> None:
    message = ask(ActionInput("the weather"), OUT_OF_SCOPE).messages[0]
    assert isinstance(message, NotCoveredMessage)
    assert [contact.label for contact in message.where_to_ask] == ["Safeguarding lead"]
    assert message.related == []


def test_without_a_known_gap_the_usual_people_are_named(ask: Ask) -> None:
    message = ask(ActionInput("how many"), Answer("not_in_sources", "No source says.")).messages[0]
    assert isinstance(message, NotCoveredMessage)
    assert [contact.label for contact in message.where_to_ask] == [
        "Safeguarding lead",
        "Local procedures manual",
    ]


@pytest.fixture
def mid_flow(manager: DialogueManager) -> ActionInput:
    move = DialogueStack().start("share_without_consent", manager.flows)
    return ActionInput("what must I record?", dialogue=move.dialogue.to_json())


def test_in_the_middle_of_a_flow_the_step_comes_again(ask: Ask, mid_flow: ActionInput) -> None:
    reply = ask(mid_flow, ANSWERED)
    assert [type(message) for message in reply.messages] == [AnswerMessage, QuestionMessage]
    assert reply.slots["topic"] == ["what must I record?"]
    dialogue, before = reply.slots["dialogue"], mid_flow.dialogue
    assert dialogue["walk"] == before["walk"]


def test_in_the_middle_of_a_flow_an_unclear_reply_is_asked_again(
    ask: Ask, mid_flow: ActionInput
) -> None:
    reply = ask(replace(mid_flow, text="xyzzy plugh"), OUT_OF_SCOPE)
    assert [type(message) for message in reply.messages] == [TextMessage, QuestionMessage]
    assert "topic" not in reply.slots


def test_the_last_questions_are_remembered_and_handed_on(
    manager: DialogueManager, contacts: Contacts, replies: Replies
) -> None:
    questions = [f"question {number}?" for number in range(REMEMBERED + 2)]
    finds = Finds(ANSWERED)
    action = AnswerQuestion(manager, finds, contacts, replies)
    topic: tuple[str, ...] = ()
    for question in questions:
        topic = tuple(action.reply(ActionInput(question, topic=topic)).slots["topic"])
    assert list(topic) == questions[-REMEMBERED:]
    assert [asked[2] for asked in finds.asked] == [
        tuple(questions[max(0, turn - REMEMBERED) : turn]) for turn in range(len(questions))
    ]


def test_the_triggers_of_a_flow_start_it_or_offer_it_first(
    ask: Ask, manager: DialogueManager
) -> None:
    for flow in manager.flows.values():
        for trigger in flow.triggers:
            reply = ask(ActionInput(trigger.upper()), ANSWERED)
            if is_task(trigger):
                assert reply.slots["dialogue"]["walk"]["flow"] == flow.id
            else:
                assert reply.messages[0].options[0].id == f"start:{flow.id}"


def test_a_task_that_no_source_answers_is_offered_its_flows(ask: Ask) -> None:
    ranking = (
        Ranked("start_made_a_mistake", 0.5),
        Ranked("start_record_keeping", 0.3),
        Ranked("start_new_concern", 0.05),
    )
    turn = ActionInput("sent the wrong family's minutes out", ranking=ranking)
    offered = ask(turn, NOT_IN_SOURCES).messages[0]
    assert isinstance(offered, TextMessage)
    assert [option.id for option in offered.options] == [
        "start:made_a_mistake",
        "start:record_keeping",
    ]
