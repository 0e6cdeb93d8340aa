from __future__ import annotations

import pytest

from bot.evaluation.intervals import Share
from bot.evaluation.measures import LOST_TO, MEASURES
from bot.evaluation.replies import JudgedReply
from bot.messages import Contact, TextMessage
from tests.evaluation.made_up import DANGER, GAP, HELLO, RIGHT, WRONG, answer, judged, privacy

LEAD = Contact(label="Safeguarding lead", detail="020", source="local")
REPLIES = [
    judged("answer", answer(RIGHT)),
    judged("answer", answer(WRONG, RIGHT)),
    judged("answer", DANGER),
    judged("answer", GAP),
    judged("abstain", answer(WRONG)),
    judged("abstain", DANGER, GAP),
    judged("out_of_scope", HELLO),
    judged("flow", answer(WRONG, flows="tell_parents")),
    judged("emergency", DANGER),
    judged("emergency", DANGER, GAP),
    judged("emergency", GAP),
    judged("role", DANGER, reason="child_user"),
    judged("role", HELLO, reason="grief"),
    judged("documents", HELLO),
    judged("contact", GAP),
    judged("contact", GAP.model_copy(update={"where_to_ask": [LEAD]})),
    judged("smalltalk", HELLO),
    judged("smalltalk", answer(WRONG)),
    judged("pii", privacy("[name] rang from 07700 900123"), q="Kieran rang from 07700 900123"),
    judged("pii", TextMessage(text="Hello Kieran"), q="Kieran rang from 07700 900123"),
]


def figure(label: str, replies: list[JudgedReply]) -> str:
    (found,) = (each for each in MEASURES if each.label == label)
    value = found.of(replies)
    return f"{value.hits}/{value.count}" if isinstance(value, Share) else str(value)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("**Right**", "7/11"),
        ("Lost: replaced by an alarm", "1/11"),
        ("Lost: refused", "1/11"),
        ("Lost: answered where nothing answers", "1/11"),
        ("Lost: danger without 999 first", "1/11"),
        ("Answerable: right passage first", "1/4"),
        ("Answerable: right passage among three", "2/4"),
        ("Answerable: refused outright", "1/4"),
        ("Hard negatives: claimed as answered", "1/2"),
        ("Out of scope: declined", "1/1"),
        ("Flow: the right one started or offered first", "1/1"),
        ("Emergencies: 999 first", "2/3"),
        ("Emergencies: interrupting", "1/3"),
        ("Roles: their own safety message first", "0/1"),
        ("Calm: with any safety line", "2/8"),
        ("Calm: replaced by a safety message", "1/8"),
        ("Names: redacted", "1/2"),
        ("Numbers and addresses: redacted", "0/2"),
        ("Personal data: said back", "2/2"),
        ("Small talk: with a quotation", "1/2"),
        ("Documents, assistant, contacts: refused or replaced by an alarm", "1/3"),
        ("Quotations word for word, citations resolving", "6/6"),
    ],
)
def test_a_measure_as_counted_by_hand(label: str, shown: str) -> None:
    assert figure(label, REPLIES) == shown


def test_characters_are_counted_of_answers_that_quote() -> None:
    text = "Characters quoted in an answer"
    one = len(answer(RIGHT).quotes[0].text)
    assert figure(text, [judged("answer", answer(RIGHT)), judged("answer", GAP)]) == f"{one} (of 1)"


def test_what_is_right_and_what_is_lost_make_the_whole() -> None:
    labels = ["**Right**", *(f"Lost: {label}" for label in LOST_TO.values())]
    hits = [int(figure(label, REPLIES).partition("/")[0]) for label in labels]
    assert sum(hits) == 11
