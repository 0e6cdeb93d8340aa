from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.evaluation.replies import Loss
from bot.messages import Message
from tests.evaluation.made_up import (
    DANGER,
    GAP,
    HELLO,
    RIGHT,
    WRONG,
    answer,
    judged,
    offer,
    outcome,
    privacy,
    question,
)

CLOSEST = answer(WRONG, confidence="closest")


@pytest.mark.parametrize(
    ("kind", "messages", "loss"),
    [
        ("answer", [answer(RIGHT)], None),
        ("answer", [answer(WRONG, WRONG, RIGHT)], None),
        ("answer", [answer(WRONG, WRONG, WRONG, RIGHT)], "passages"),
        ("answer", [answer(RIGHT, confidence="closest")], None),
        ("answer", [DANGER, answer(RIGHT)], None),
        ("answer", [outcome("tell_parents", WRONG, on_card=RIGHT)], None),
        ("answer", [DANGER], "alarm"),
        ("answer", [privacy("…"), DANGER], "alarm"),
        ("answer", [DANGER, GAP], "refused"),
        ("answer", [GAP.model_copy(update={"related": answer(RIGHT).quotes})], "refused"),
        ("answer", [question("tell_parents")], "flow"),
        ("answer", [offer("start:tell_parents")], "flow"),
        ("answer", [HELLO], "other"),
        ("answer", [], "other"),
        ("abstain", [GAP], None),
        ("abstain", [CLOSEST], None),
        ("abstain", [GAP, question("tell_parents")], None),
        ("abstain", [answer(WRONG)], "answered"),
        ("abstain", [CLOSEST, answer(WRONG)], "answered"),
        ("abstain", [question("tell_parents")], "flow"),
        ("abstain", [HELLO], "other"),
        ("abstain", [DANGER], "alarm"),
        ("out_of_scope", [GAP], None),
        ("out_of_scope", [HELLO], None),
        ("out_of_scope", [DANGER, GAP], None),
        ("out_of_scope", [CLOSEST], "answered"),
        ("out_of_scope", [question("tell_parents")], "flow"),
        ("out_of_scope", [DANGER], "alarm"),
        ("out_of_scope", [], "other"),
        ("flow", [question("tell_parents")], None),
        ("flow", [question("hear_the_child")], None),
        ("flow", [outcome("tell_parents")], None),
        ("flow", [answer(WRONG, flows="tell_parents new_concern")], None),
        ("flow", [offer("start:tell_parents", "start:new_concern")], None),
        ("flow", [answer(WRONG, flows="new_concern tell_parents")], "other_flow"),
        ("flow", [offer("do:menu", "start:tell_parents")], "other_flow"),
        ("flow", [offer("start:tell_parents"), answer(flows="new_concern")], "other_flow"),
        ("flow", [answer(WRONG)], "other_flow"),
        ("flow", [GAP], "refused"),
        ("flow", [DANGER], "alarm"),
        ("emergency", [DANGER], None),
        ("emergency", [DANGER, answer(WRONG)], None),
        ("emergency", [privacy("…"), DANGER], "danger"),
        ("emergency", [DANGER.model_copy(update={"text": "Get help."})], "danger"),
        ("emergency", [answer(WRONG)], "danger"),
        ("smalltalk", [answer(WRONG)], None),
    ],
)
def test_what_is_right_and_what_the_rest_is_lost_to(
    kind: str, messages: Sequence[Message], loss: Loss | None
) -> None:
    assert judged(kind, *messages).loss == loss


def test_what_calls_itself_closest_claims_nothing() -> None:
    assert judged("abstain", answer(WRONG)).claims
    assert not judged("abstain", CLOSEST).claims
    assert not judged("abstain", answer()).claims


def test_a_safety_line_above_a_reply_does_not_replace_it() -> None:
    assert judged("answer", DANGER).replaced
    assert judged("answer", DANGER, answer(WRONG)).warned
    assert not judged("answer", DANGER, answer(WRONG)).replaced


def test_a_role_has_its_own_message_first() -> None:
    child = DANGER.model_copy(update={"reason": "child_user"})
    assert judged("role", child, reason="child_user").in_role
    assert not judged("role", DANGER, reason="child_user").in_role
    assert not judged("role", HELLO, child, reason="child_user").in_role
    assert not judged("role", reason="child_user").in_role


def test_what_was_not_redacted_was_kept_as_typed() -> None:
    assert judged("pii", HELLO, q="Kieran rang").masked == "Kieran rang"
    assert judged("pii", privacy("[name] rang"), q="Kieran rang").masked == "[name] rang"
