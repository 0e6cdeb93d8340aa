"""Every option of every flow, and every path, walked through the real assistant by clicks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.flows import Flows, Walk, paths
from bot.messages import GivenAnswer, Message, OutcomeMessage, QuestionMessage
from tests.assistant import Assistant, Talk
from tests.shipped import FLOWS


def covering(flow: str, flows: Flows) -> Iterator[Walk]:
    """Paths that together take every option of the flow's own steps."""
    taken: set[tuple[str, str]] = set()
    for walk in paths(flow, flows):
        own = {(ref, option) for ref, option in walk.answers.items() if ref.startswith(f"{flow}/")}
        if own - taken:
            taken |= own
            yield walk


def walk_by_clicks(talk: Talk, walk: Walk, before: Walk | None) -> list[Message]:
    """The options of the path from where it leaves the path before, which corrects that one."""
    replies: list[Message] = []
    if before is None:
        replies = begin(talk, walk.flow)
    left = False
    for ref, option in walk.answers.items():
        if left or before is None or before.answers.get(ref) != option:
            replies = talk.choose(f"step:{ref}/{option}")
            left = True
    return replies


def begin(talk: Talk, flow: str) -> list[Message]:
    menu = talk.say("menu")
    assert f"start:{flow}" in [option.id for option in menu[-1].options]
    return talk.choose(f"start:{flow}")


def check_end(replies: list[Message], walk: Walk) -> None:
    """The assistant stands where the path ends, with exactly its answers."""
    trace = walk.trace(FLOWS)
    end = trace.outcome or trace.asking
    # A remark, such as "Changed", may follow an outcome that begins with 999.
    last = [each for each in replies if isinstance(each, QuestionMessage | OutcomeMessage)][-1]
    assert end
    assert (last.flow.id, last.flow.step) == (end.flow, end.id)
    assert [each.answer for each in last.answers] == [each.option.label for each in trace.answered]
    if isinstance(last, OutcomeMessage) and trace.outcome:
        assert [quote.passage_id for quote in last.quotes] == list(trace.outcome.quotes)
        assert [card.id for card in last.cards] == list(trace.outcome.cards)


@pytest.mark.rasa
@pytest.mark.parametrize("flow", FLOWS)
def test_every_option_is_taken_and_every_path_taken_ends_where_it_should(
    assistant: Assistant, flow: str
) -> None:
    talk = assistant.talk()
    before: Walk | None = None
    for walk in covering(flow, FLOWS):
        check_end(walk_by_clicks(talk, walk, before), walk)
        before = walk


@pytest.mark.rasa
@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
def test_every_path_ends_where_it_should(assistant: Assistant, flow: str) -> None:
    for walk in paths(flow, FLOWS):
        check_end(walk_by_clicks(assistant.talk(), walk, None), walk)


def up_to(ref: str, flow: str) -> Walk:
    """A walk that stands at the step, by the first path that asks it."""
    path = next(walk for walk in paths(flow, FLOWS) if ref in walk.answers)
    given = list(path.answers.items())
    return Walk(flow, dict(given[: list(path.answers).index(ref)]))


@pytest.mark.rasa
@pytest.mark.slow
@pytest.mark.parametrize("flow", FLOWS)
def test_a_digression_a_correction_and_a_stop_at_every_step(
    assistant: Assistant, flow: str
) -> None:
    for step in FLOWS[flow].steps.values():
        here = up_to(step.ref, flow)
        talk = assistant.talk()
        check_end(walk_by_clicks(talk, here, None), here)
        check_end(talk.say("what does Knowsley say about recording?"), here)
        check_end(talk.say("why do you ask?"), here)
        for ref, option in list(here.answers.items())[-1:]:
            assert f"change:{ref}" in [each.change for each in shown(talk.say("where was I"))]
            talk.choose(f"change:{ref}")
            check_end(talk.choose(f"step:{ref}/{option}"), here)
        assert not any(isinstance(each, QuestionMessage) for each in talk.say("stop"))
        check_end(talk.choose("do:resume"), here)


def shown(replies: list[Message]) -> list[GivenAnswer]:
    last = replies[-1]
    return last.answers if isinstance(last, QuestionMessage) else []
