from __future__ import annotations

import pytest

from bot.flows import Flows, Outcome, Walk, paths
from tests.flows import by_hand
from tests.flows.walks import walked

FLAGSHIP = "share_without_consent"


def test_a_walk_asks_one_question_after_the_other_and_ends_in_an_outcome(flows: Flows) -> None:
    walk = walked(FLAGSHIP, "no", "yes", "i_share", "refused", "yes")
    outcome = walk.trace(flows).outcome
    assert outcome
    assert outcome.id == "o_share_refused"
    assert walk.asking(flows) is None


def test_an_outcome_on_the_way_is_passed_and_the_walk_goes_on(flows: Flows) -> None:
    trace = walked(FLAGSHIP, "unsure").trace(flows)
    assert [outcome.id for outcome in trace.after("share_without_consent/s1")] == ["o_danger_maybe"]
    assert trace.outcome is None
    assert trace.asking
    assert trace.asking.id == "s2"


def test_a_corrected_answer_keeps_what_is_still_on_the_path_and_drops_the_rest(
    flows: Flows,
) -> None:
    walk = walked(FLAGSHIP, "no", "yes", "i_share", "refused", "yes")
    same_path = walk.answer(f"{FLAGSHIP}/s2", "unsure", flows)
    assert same_path.trace(flows).outcome == walk.trace(flows).outcome
    other_path = walk.answer(f"{FLAGSHIP}/s4", "unsafe", flows)
    assert set(other_path.answers) == {f"{FLAGSHIP}/{step}" for step in ("s1", "s2", "s3", "s4")}


def test_a_path_that_comes_back_to_a_step_asks_it_again(flows: Flows) -> None:
    walk = walked(FLAGSHIP, "no", "yes", "reason_unknown")
    step = walk.asking(flows)
    assert step
    assert step.id == "s3"
    assert walk.answer(step.ref, "s47", flows).answers[step.ref] == "s47"


def test_back_takes_the_last_answer_away(flows: Flows) -> None:
    walk = walked(FLAGSHIP, "no", "yes").back(flows)
    assert walk == walked(FLAGSHIP, "no")
    assert Walk(FLAGSHIP).back(flows) is None


def test_a_step_that_is_not_on_the_path_cannot_be_answered(flows: Flows) -> None:
    with pytest.raises(KeyError):
        walked(FLAGSHIP, "no").answer(f"{FLAGSHIP}/s6_as", "yes", flows)
    with pytest.raises(KeyError):
        walked(FLAGSHIP, "no").answer(f"{FLAGSHIP}/s2", "banana", flows)


def test_a_walk_survives_json_and_sheds_what_the_files_no_longer_have(flows: Flows) -> None:
    walk = walked(FLAGSHIP, "no", "yes").reopen(f"{FLAGSHIP}/s1")
    assert Walk.from_json(walk.to_json(), flows) == walk
    assert Walk.from_json({"flow": "gone", "answers": {}}, flows) is None
    stale = {"flow": FLAGSHIP, "answers": {f"{FLAGSHIP}/s1": "no", f"{FLAGSHIP}/s2": "old"}}
    assert Walk.from_json(stale, flows) == walked(FLAGSHIP, "no")


def test_every_path_of_every_flow_ends_where_the_file_leads_by_hand(flows: Flows) -> None:
    for flow in flows:
        found = set()
        for walk in paths(flow, flows):
            trace = walk.trace(flows)
            end = trace.outcome or trace.asking
            assert end
            told = [each for each in trace.events if isinstance(each, Outcome)]
            outcomes = tuple(f"{each.flow}/{each.id}" for each in told)
            found.add((tuple(walk.answers.items()), outcomes, f"{end.flow}/{end.id}"))
        assert found == set(by_hand.ends(flow))
