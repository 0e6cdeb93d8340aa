"""Where a walk stands: the number of its question, and about how many come after."""

from __future__ import annotations

import pytest

from bot.flows import Outcome, Walk, paths
from bot.messages import QuestionMessage
from bot.rendering.progress import steps_after
from tests.flows.walks import walked
from tests.shipped import FLOW_RENDERER, FLOWS

CONSENT = "share_without_consent"


def asked(walk: Walk) -> QuestionMessage:
    step = walk.asking(FLOWS)
    assert step is not None
    return FLOW_RENDERER.question(step, walk)


def test_each_question_has_the_number_after_the_one_before() -> None:
    numbers = [
        asked(walked(CONSENT, *("no", "yes", "i_share")[:given])).flow.steps_done
        for given in range(4)
    ]
    assert numbers == [0, 1, 2, 3]


def test_a_question_asked_again_keeps_its_number_and_its_answer() -> None:
    again = asked(walked(CONSENT, "no", "yes", "i_share").reopen(f"{CONSENT}/s1"))
    assert again.flow.steps_done == 0
    assert again.chosen in {option.id for option in again.options}
    assert [each.id == again.chosen for each in again.options] == [False, False, True]


def test_a_question_asked_for_the_first_time_has_no_answer_yet() -> None:
    assert asked(walked(CONSENT, "no")).chosen is None


@pytest.mark.parametrize("flow", FLOWS)
def test_something_is_left_wherever_some_way_goes_on(flow: str) -> None:
    for step in FLOWS[flow].steps.values():
        nodes = [FLOWS.node(flow, option.go) for option in step.options]
        ends = all(isinstance(node, Outcome) and node.then is None for node in nodes)
        assert (steps_after(step, FLOWS) == 0) == ends


@pytest.mark.parametrize("flow", FLOWS)
def test_no_walk_is_longer_than_told_by_more_than_its_longest_way(flow: str) -> None:
    """The mean lies between the shortest way and the longest."""
    lengths = [len(walk.trace(FLOWS).answered) for walk in paths(flow, FLOWS)]
    about = 1 + steps_after(FLOWS.start(flow), FLOWS)
    assert min(lengths) <= about <= max(lengths)
