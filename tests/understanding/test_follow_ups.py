"""What is said of the reply before it: yes, no, more, that was not it, another area, no flow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.choices import Choice
from bot.flows import DialogueStack, FlowResponse, Move, QuickReply, Utterance
from bot.understanding.meaning import (
    DocumentQuestion,
    FirstOffer,
    FlowMove,
    FollowUp,
    Lookup,
    Meaning,
    Remark,
)
from bot.understanding.shown import Shown
from bot.understanding.turn import RankedIntent, TurnInput
from knowledge import Answer
from tests.shipped import FLOWS, Finds, answered
from tests.understanding.test_interpreter import interpreting

QUESTION = "what must I record?"
OFFERS = (
    QuickReply("start:record_keeping", "Recording"),
    QuickReply("start:new_concern", "A new concern"),
)
FOUND = answered("003.2.6.1", "003.2.6.2", "004.iv.p2")
SHOWN = Shown(QUESTION, ("003.2.6.1",))


def understand(
    text: str,
    intent: str,
    *,
    offers: tuple[QuickReply, ...] = (),
    dialogue: DialogueStack | None = None,
    topic: tuple[str, ...] = (QUESTION,),
    shown: Shown = SHOWN,
    found: Answer = FOUND,
    sure: float = 0.9,
) -> Meaning:
    finds = Finds(found)
    interpreter = interpreting(finds)
    turn = TurnInput(
        text,
        action="action_follow_up",
        intent=intent,
        ranking=(RankedIntent(intent, sure),),
        topic=topic,
        shown=shown,
        dialogue=replace(dialogue or DialogueStack(), quick_replies=offers),
    )
    return interpreter.understand(turn)


def said(meaning: Meaning) -> list[str]:
    """The phrases of a move."""
    assert isinstance(meaning, FlowMove)
    responses: tuple[FlowResponse, ...] = meaning.move.responses
    return [each.phrase for each in responses if isinstance(each, Utterance)]


def walk_of(meaning: Meaning) -> str | None:
    assert isinstance(meaning, FlowMove)
    walk = meaning.move.dialogue.walk
    return walk.flow if walk else None


# Yes and no


def test_a_yes_to_one_offer_takes_it() -> None:
    meaning = understand("ok go on", "affirm", offers=OFFERS[:1])
    assert walk_of(meaning) == "record_keeping"


@pytest.mark.parametrize("text", ["yes", "ok go on"])
def test_a_yes_to_two_takes_the_first_and_says_so(text: str) -> None:
    meaning = understand(text, "affirm", offers=OFFERS)
    assert isinstance(meaning, FirstOffer)
    assert meaning.label == "Recording"
    assert walk_of(meaning.then) == "record_keeping"


def test_a_yes_to_a_list_asks_which() -> None:
    menu = DialogueStack().menu(FLOWS).responses[0]
    assert isinstance(menu, Utterance)
    assert said(understand("yes", "affirm", offers=menu.quick_replies)) == ["which_one"]


@pytest.mark.parametrize("choice", ["step:new_concern/s1/no", "do:restart", "change:a/b"])
def test_a_yes_changes_no_answer_and_starts_nothing_again(choice: str) -> None:
    offers = (QuickReply(choice, "One"), QuickReply("do:menu", "Two"))
    assert said(understand("yes", "affirm", offers=offers)) == ["which_one"]


def test_a_yes_to_nothing_offers_the_menu() -> None:
    assert said(understand("yes please", "affirm")) == ["nothing_open"]


@pytest.mark.parametrize("text", ["no thanks", "not now, maybe later"])
def test_a_no_to_an_offer_starts_nothing(text: str) -> None:
    meaning = understand(text, "deny", offers=OFFERS)
    assert said(meaning) == ["declined"]
    assert isinstance(meaning, FlowMove)
    assert meaning.move.dialogue == DialogueStack()


def test_in_an_open_walk_a_yes_and_a_no_answer_its_question() -> None:
    walk = DialogueStack().start("new_concern", FLOWS).dialogue
    meaning = understand("no", "deny", dialogue=walk)
    assert isinstance(meaning, FlowMove)
    assert meaning.move.dialogue.walk
    assert meaning.move.dialogue.walk.answers
    assert said(understand("go on then", "affirm", dialogue=walk)) == ["unclear"]


def test_carrying_on_with_nothing_set_aside_is_a_yes() -> None:
    finds = Finds(FOUND)
    interpreter = interpreting(finds)
    dialogue = DialogueStack(quick_replies=OFFERS)
    turn = TurnInput("carry on", action="action_resume", intent="resume", dialogue=dialogue)
    assert isinstance(interpreter.understand(turn), FirstOffer)


# More, and not that


def test_more_is_what_was_not_shown() -> None:
    meaning = understand("anything else", "more")
    assert isinstance(meaning, FollowUp)
    (lookup,) = meaning.parts
    assert isinstance(lookup, Lookup)
    assert lookup.asked == QUESTION
    quoted = [quote.passage_id for quote in lookup.found.quotes]
    assert quoted == ["003.2.6.2", "004.iv.p2"]


def test_with_nothing_left_it_says_so_and_whom_to_ask() -> None:
    shown = Shown(QUESTION, ("003.2.6.2",), ("004.iv.p2", "003.2.6.1"))
    assert understand("more", "more", shown=shown) == FollowUp(
        (Remark("nothing_further", whom=True),)
    )
    assert understand("try again", "repair", shown=shown) == FollowUp(
        (Remark("reword", whom=True),)
    )


def test_what_was_not_it_gets_the_next_passages_and_a_question() -> None:
    meaning = understand("that's not what I asked", "repair")
    assert isinstance(meaning, FollowUp)
    before, lookup, after = meaning.parts
    assert (before, after) == (Remark("misunderstood"), Remark("reword"))
    assert isinstance(lookup, Lookup)


def test_after_a_miss_one_passage_is_tried() -> None:
    found = answered("003.2.6.1", "003.2.6.2", "004.iv.p2")
    meaning = understand("that's not what I asked", "repair", found=found)
    assert isinstance(meaning, FollowUp)
    lookup = meaning.parts[1]
    assert isinstance(lookup, Lookup)
    assert [quote.passage_id for quote in lookup.found.quotes] == ["003.2.6.2"]


def test_after_a_miss_what_is_asked_now_is_looked_up() -> None:
    meaning = understand("Not what I asked. Who else do I tell?", "repair")
    assert isinstance(meaning, Lookup)
    assert meaning.found == FOUND


def test_in_a_walk_a_miss_brings_no_more_passages() -> None:
    walk = DialogueStack().start("record_keeping", FLOWS).dialogue
    meaning = understand("not what I asked", "repair", dialogue=walk)
    assert meaning == FollowUp((Remark("reword"),))


def test_what_to_do_now_takes_the_flow_that_was_offered() -> None:
    offers = (QuickReply("do:menu", "Menu"), *OFFERS)
    meaning = understand("so what do I do now", "next_step", offers=offers)
    assert isinstance(meaning, FirstOffer)
    assert walk_of(meaning.then) == "record_keeping"


def test_what_to_do_now_with_nothing_on_offer_is_a_question() -> None:
    assert isinstance(understand("now what", "next_step"), Lookup)


@pytest.mark.parametrize("intent", ["more", "repair"])
def test_of_nothing_there_is_no_more(intent: str) -> None:
    meaning = understand("try again", intent, topic=(), shown=Shown())
    assert meaning == FollowUp((Remark("nothing_shown"),))


def test_in_a_walk_that_is_wrong_asks_which_answer() -> None:
    walk: Move = DialogueStack().start("share_without_consent", FLOWS)
    walk = walk.dialogue.choose("share_without_consent/s1", "no", FLOWS)
    meaning = understand("that is wrong", "repair", dialogue=walk.dialogue, shown=Shown())
    assert said(meaning) == ["which_answer"]


@pytest.mark.parametrize("action", ["action_question", "action_change_answer"])
def test_what_was_meant_is_asked_after_the_last_question(action: str) -> None:
    finds = Finds(FOUND)
    interpreter = interpreting(finds)
    turn = TurnInput("No, I meant phone calls", action=action, topic=(QUESTION,))
    assert isinstance(interpreter.understand(turn), Lookup)
    assert finds.asked == [("phone calls", None, (QUESTION,))]


def test_why_is_asked_of_the_last_question() -> None:
    finds = Finds(FOUND)
    interpreter = interpreting(finds)
    turn = TurnInput("why", action="action_why", intent="why", topic=(QUESTION,))
    meaning = interpreter.understand(turn)
    assert isinstance(meaning, Lookup)
    assert meaning.asked == QUESTION


# Another area, and no flow


def test_another_area_gets_the_last_question() -> None:
    meaning = understand("And Knowsley?", "area")
    assert isinstance(meaning, FollowUp)
    assert meaning.parts == (Lookup(FOUND, asked=QUESTION, documents=("003",)),)


def test_where_another_document_is_nearer_it_is_said() -> None:
    meaning = understand("And Solihull?", "area")
    assert isinstance(meaning, FollowUp)
    assert meaning.parts[0] == Remark("not_in_document")


@pytest.mark.parametrize(("text", "topic"), [("and Leeds?", (QUESTION,)), ("and Solihull?", ())])
def test_an_area_without_a_document_or_a_question_is_a_question(
    text: str, topic: tuple[str, ...]
) -> None:
    assert isinstance(understand(text, "area", topic=topic), Lookup)


def test_what_may_only_be_an_area_is_a_question_of_its_own() -> None:
    meaning = understand("which ICB covers Solihull", "area", sure=0.82)
    assert isinstance(meaning, Lookup)
    assert meaning.asked is None


def test_no_flow_just_the_quote_answers_the_last_question() -> None:
    walk = DialogueStack().start("record_keeping", FLOWS).dialogue
    meaning = understand("not a flow, just the quote", "quote_only", dialogue=walk)
    assert meaning == FollowUp((Lookup(FOUND, asked=QUESTION),), leaves=True)


def test_a_question_that_wants_no_flow_starts_none_and_is_answered_from_its_document() -> None:
    refused = replace(FOUND, verdict="not_in_sources")
    meaning = understand(
        "I do NOT want the recording flow, what does 003 say", "no_flow", found=refused
    )
    assert isinstance(meaning, FollowUp)
    (lookup,) = meaning.parts
    assert isinstance(lookup, Lookup)
    assert (lookup.documents, lookup.flows) == (("003",), ())
    assert lookup.found.quotes


def test_what_was_offered_is_taken_by_its_place() -> None:
    meaning = understand("not that one, the other", "deny", offers=OFFERS)
    assert walk_of(meaning) == "new_concern"
    assert Choice.parse(OFFERS[1].choice) == Choice("start", "new_concern")


def test_more_after_a_point_that_was_read_out_is_the_next_point() -> None:
    meaning = understand("next", "more", topic=(), shown=Shown(passages=("000.p6",)))
    assert isinstance(meaning, DocumentQuestion)
    assert [quote.passage_id for quote in meaning.facts.quotes] == ["000.p7"]
