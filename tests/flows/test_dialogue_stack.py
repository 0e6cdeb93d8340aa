from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.flows import (
    AskStep,
    DialogueStack,
    Flows,
    Move,
    QuickReply,
    TellOutcome,
    Utterance,
    Walk,
    paths,
)

FLAGSHIP = "share_without_consent"


def begun(flows: Flows, *answers: str, flow: str = FLAGSHIP) -> DialogueStack:
    dialogue = DialogueStack().start(flow, flows).dialogue
    for answer in answers:
        step = dialogue.asking(flows)
        assert step
        dialogue = dialogue.choose(step.ref, answer, flows).dialogue
    return dialogue


def remarks(move: Move) -> list[str]:
    return [each.phrase for each in move.responses if isinstance(each, Utterance)]


def asked(move: Move) -> str | None:
    last = move.responses[-1]
    return last.step.ref if isinstance(last, AskStep) else None


def unlike(asked: str, reply: str, options: Sequence[str]) -> list[float]:
    return [0.0 for _ in options]


def answers(dialogue: DialogueStack) -> dict[str, str]:
    return dict(dialogue.walk.answers) if dialogue.walk else {}


def every_place(flows: Flows) -> list[DialogueStack]:
    """A dialogue at every step of every flow, reached by the first path that asks it."""
    places: dict[str, DialogueStack] = {}
    for flow in flows:
        for walk in paths(flow, flows):
            so_far = Walk(flow)
            for each in walk.trace(flows).answered:
                places.setdefault(each.step.ref, DialogueStack(so_far))
                so_far = so_far.answer(each.step.ref, each.option.id, flows)
    return list(places.values())


def test_every_step_of_every_flow_is_reached(flows: Flows) -> None:
    reached = {place.asking(flows) for place in every_place(flows)}
    assert reached == {step for flow in flows.values() for step in flow.steps.values()}


def test_a_digression_at_any_step_comes_back_to_it(flows: Flows) -> None:
    for here in every_place(flows):
        move = here.ask_again(flows)
        step = here.asking(flows)
        assert step
        assert asked(move) == step.ref
        assert answers(move.dialogue) == answers(here)


def test_an_unclear_reply_at_any_step_records_nothing_and_the_third_gets_a_way_out(
    flows: Flows,
) -> None:
    for here in every_place(flows):
        dialogue = here
        for phrase in ("unclear", "unclear", "way_out"):
            move = dialogue.unclear_reply(flows)
            assert remarks(move) == [phrase]
            assert isinstance(move.responses[-1], AskStep)
            assert answers(move.dialogue) == answers(here)
            dialogue = move.dialogue


def test_stopping_at_any_step_and_coming_back_loses_nothing(flows: Flows) -> None:
    for here in every_place(flows):
        stopped = here.stop(flows)
        assert remarks(stopped) == ["stopped"]
        assert stopped.dialogue.asking(flows) is None
        back = stopped.dialogue.resume(flows)
        assert back.dialogue.walk == here.walk


def test_any_answer_of_any_path_can_be_corrected_by_an_old_click(flows: Flows) -> None:
    for here in every_place(flows):
        assert here.walk
        for given in here.walk.trace(flows).answered:
            for option in given.step.options:
                move = here.choose(given.step.ref, option.id, flows)
                now = answers(move.dialogue)
                assert now[given.step.ref] == option.id
                kept = {ref: value for ref, value in now.items() if ref != given.step.ref}
                assert kept.items() <= answers(here).items()
                same = answers(here)[given.step.ref] == option.id
                assert remarks(move)[:1] == (["same_answer"] if same else ["corrected"])


def test_going_back_from_any_step_asks_the_question_before(flows: Flows) -> None:
    for here in every_place(flows):
        assert here.walk
        given = here.walk.trace(flows).answered
        move = here.back(flows)
        if given:
            assert asked(move) == given[-1].step.ref
            assert len(answers(move.dialogue)) == len(given) - 1
        else:
            assert remarks(move) == ["first_question"]


def test_why_where_and_start_again_say_what_they_say_at_any_step(flows: Flows) -> None:
    for here in every_place(flows):
        step = here.asking(flows)
        assert step
        for move, phrase in ((here.why(flows), "why"), (here.where(flows), "where")):
            assert remarks(move)[0].startswith(phrase)
            assert asked(move) == step.ref
            assert answers(move.dialogue) == answers(here)
        again = here.restart(flows)
        assert remarks(again) == ["restarted"]
        assert answers(again.dialogue) == {}


def test_another_flow_is_offered_and_the_first_is_kept(flows: Flows) -> None:
    here = begun(flows, "no", "yes")
    offer = here.start("record_keeping", flows)
    assert remarks(offer) == ["switch"]
    assert answers(offer.dialogue) == answers(here)
    changed = offer.dialogue.switch(flows)
    assert asked(changed) == "record_keeping/s1"
    finished = changed.dialogue.choose("record_keeping/s1", "contact", flows)
    told = finished.responses[-1]
    assert isinstance(told, TellOutcome)
    assert told.resume
    assert told.resume.id == FLAGSHIP
    back = finished.dialogue.resume(flows)
    assert back.dialogue.walk == here.walk
    assert asked(back) == f"{FLAGSHIP}/s3"


def test_staying_with_the_open_flow_takes_the_offer_away(flows: Flows) -> None:
    offered = begun(flows, "no").start("record_keeping", flows).dialogue
    stayed = offered.where(flows).dialogue
    assert stayed.switch(flows).dialogue.walk == offered.walk


def test_an_option_of_a_flow_set_aside_changes_nothing_and_offers_to_go_back(flows: Flows) -> None:
    here = begun(flows, "no", "yes").start("record_keeping", flows).dialogue
    here = here.switch(flows).dialogue
    move = here.choose(f"{FLAGSHIP}/s3", "s47", flows)
    assert remarks(move) == ["set_aside"]
    assert (move.dialogue.walk, move.dialogue.aside) == (here.walk, here.aside)


@pytest.mark.parametrize(
    ("ref", "option"),
    [
        ("record_keeping/s1", "contact"),
        (f"{FLAGSHIP}/s6_as", "yes"),
        (f"{FLAGSHIP}/s3", "banana"),
        (f"{FLAGSHIP}/s99", "yes"),
        ("gone/s1", "yes"),
    ],
)
def test_an_option_that_is_not_on_the_path_changes_nothing(
    flows: Flows, ref: str, option: str
) -> None:
    here = begun(flows, "no", "yes")
    move = here.choose(ref, option, flows)
    assert remarks(move) == ["closed"]
    assert asked(move) == f"{FLAGSHIP}/s3"
    assert move.dialogue.walk == here.walk


def test_a_question_opened_again_keeps_its_answer_until_another_is_given(flows: Flows) -> None:
    here = begun(flows, "no", "yes", "i_share", "refused")
    opened = here.change(f"{FLAGSHIP}/s4", flows)
    assert asked(opened) == f"{FLAGSHIP}/s4"
    assert answers(opened.dialogue) == answers(here)
    assert asked(opened.dialogue.back(flows)) == f"{FLAGSHIP}/s5_ref"
    given = opened.dialogue.choose(f"{FLAGSHIP}/s4", "given", flows)
    told = given.responses[-1]
    assert isinstance(told, TellOutcome)
    assert told.outcome.id == "o_consent"


@pytest.mark.parametrize(
    "text", ["actually she did consent", "no wait, she said yes", "sorry, given", "she agreed"]
)
def test_a_typed_change_of_mind_that_is_clear_is_made(flows: Flows, text: str) -> None:
    move = begun(flows, "no", "yes", "i_share", "refused", "yes").amend(text, flows, unlike)
    assert remarks(move) == ["corrected"]
    assert answers(move.dialogue)[f"{FLAGSHIP}/s4"] == "given"


@pytest.mark.parametrize("text", ["change my answer", "actually yes", "actually 2", "I was wrong"])
def test_a_change_of_mind_that_could_mean_several_is_asked_about(flows: Flows, text: str) -> None:
    here = begun(flows, "no", "yes", "i_share", "refused", "yes")
    move = here.amend(text, flows, unlike)
    assert remarks(move) == ["which_answer"]
    assert answers(move.dialogue) == answers(here)
    remark = move.responses[0]
    assert isinstance(remark, Utterance)
    assert [quick_reply.choice for quick_reply in remark.quick_replies] == [
        f"change:{ref}" for ref in answers(here)
    ]


def test_a_number_typed_after_a_list_of_choices_means_one_of_them(flows: Flows) -> None:
    offered = begun(flows, "no").start("record_keeping", flows)
    remark = offered.responses[0]
    assert isinstance(remark, Utterance)
    shown = DialogueStack(
        offered.dialogue.walk, offered=offered.dialogue.offered, quick_replies=remark.quick_replies
    )
    for text, choice in (("1", "do:switch"), ("yes", "do:switch"), ("2", "do:where"), ("9", None)):
        assert shown.quick_reply(text, flows) == choice
        assert shown.say(text, flows) is None


def test_nothing_open_says_so_and_shows_a_way_on(flows: Flows) -> None:
    for move in (
        DialogueStack().back(flows),
        DialogueStack().why(flows),
        DialogueStack().where(flows),
        DialogueStack().stop(flows),
        DialogueStack().restart(flows),
        DialogueStack().resume(flows),
        DialogueStack().switch(flows),
    ):
        assert remarks(move) == ["nothing_open"]


@pytest.mark.parametrize("text", ["7", "yes", "no thanks", "not sure", "the first one"])
def test_an_answer_to_nothing_says_that_nothing_is_open(flows: Flows, text: str) -> None:
    ended = begun(flows, "no", "no")
    for here in (DialogueStack(), ended):
        move = here.say(text, flows)
        assert move
        assert remarks(move) == ["nothing_open"]
        assert answers(move.dialogue) == answers(here)


def test_yes_takes_the_only_choice_that_was_shown(flows: Flows) -> None:
    stopped = begun(flows, "no").stop(flows).dialogue
    shown = DialogueStack(
        None, stopped.aside, quick_replies=(QuickReply("do:menu", "Show the menu"),)
    )
    assert shown.quick_reply("yes please", flows) == "do:menu"
    assert shown.quick_reply("no", flows) is None
    two = DialogueStack(quick_replies=(*shown.quick_replies, QuickReply("do:resume", "Go back")))
    assert two.quick_reply("yes", flows) is None


def test_where_was_i_after_the_end_says_what_was_answered(flows: Flows) -> None:
    move = begun(flows, "no", "no").where(flows)
    assert remarks(move) == ["where_end"]
    assert asked(move) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("actually mum said its fine", "mum said it is fine"),
        ("wait", ""),
        ("mum actually agreed", ""),
    ],
)
def test_words_are_taken_back_only_when_there_is_an_answer(
    flows: Flows, text: str, rest: str
) -> None:
    assert begun(flows, "no").taken_back(text) == rest
    assert begun(flows).taken_back(text) == ""


def test_a_dialogue_survives_json(flows: Flows) -> None:
    here = begun(flows, "no", "yes").start("record_keeping", flows).dialogue.switch(flows).dialogue
    here = here.unclear_reply(flows).dialogue
    assert DialogueStack.from_json(here.to_json(flows), flows) == here
    empty: tuple[object, ...] = (None, {}, [], "x")
    for nothing in empty:
        assert DialogueStack.from_json(nothing, flows) == DialogueStack()


def without_option(flows: Flows, ref: str, option: str) -> Flows:
    """An edition in which a question has lost an option."""
    step = flows.step(ref)
    fewer = replace(step, options=tuple(each for each in step.options if each.id != option))
    flow = flows[step.flow]
    changed = replace(flow, steps={**flow.steps, step.id: fewer})
    return replace(flows, flows={**flows.flows, flow.id: changed})


def test_a_question_that_reads_differently_now_is_set_aside_and_said_so(flows: Flows) -> None:
    here = begun(flows, "no")
    step = here.asking(flows)
    assert step
    edition = without_option(flows, step.ref, step.options[-1].id)
    there = DialogueStack.from_json(here.to_json(flows), edition)
    assert there.changed
    assert there.changed.phrase == "flow_changed"
    assert there.walk is None
    assert there.say("2", edition) == there.nothing_offered(edition)
    resumed = there.resume(edition).dialogue
    assert resumed.walk
    assert resumed.walk.answers == here.walk.answers if here.walk else False
    again = DialogueStack.from_json(resumed.to_json(edition), edition)
    assert again.changed is None


def test_an_answer_that_is_no_longer_there_is_asked_for_again(flows: Flows) -> None:
    here = begun(flows, "no")
    assert here.walk
    ((ref, given),) = here.walk.answers.items()
    edition = without_option(flows, ref, given)
    there = DialogueStack.from_json(here.to_json(flows), edition)
    assert there.changed
    (aside,) = there.aside
    assert aside.answers == {}
    clicked = there.choose(ref, given, edition)
    assert [getattr(each, "phrase", "") for each in clicked.responses] == ["set_aside"]


def test_a_flow_that_is_gone_is_said_to_be_gone(flows: Flows) -> None:
    here = begun(flows, "no")
    assert here.walk
    step = here.asking(flows)
    assert step
    rest = {name: flow for name, flow in flows.items() if name != here.walk.flow}
    edition = replace(flows, flows=rest)
    there = DialogueStack.from_json(here.to_json(flows), edition)
    assert there.changed
    assert there.changed.phrase == "flow_gone"
    assert (there.walk, there.aside) == (None, ())
    clicked = there.choose(step.ref, step.options[0].id, edition)
    assert [getattr(each, "phrase", "") for each in clicked.responses] == ["closed_nothing_open"]


def test_what_an_outcome_says_may_change_during_a_walk(flows: Flows) -> None:
    here = begun(flows, "no")
    assert here.walk
    flow = flows[here.walk.flow]
    said = {name: replace(each, say="Other words.") for name, each in flow.outcomes.items()}
    edition = replace(flows, flows={**flows.flows, flow.id: replace(flow, outcomes=said)})
    assert DialogueStack.from_json(here.to_json(flows), edition) == here
