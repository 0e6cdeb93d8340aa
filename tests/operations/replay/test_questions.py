"""Which questions are asked of both sides."""

from __future__ import annotations

from collections import Counter

from bot.operations.replay.questions import ReplayedQuestion, asked_of, sampled
from knowledge.evaluation_set import OwnQuestion
from knowledge.gold import Gold
from tests.operations.replay.scripted import Scripted, with_passage


def test_what_the_draft_changes_is_left_out_and_own_questions_come_first() -> None:
    live = Scripted({}, written={"000.p1": ("kept", "taken out"), "001.LC": ("recut",)})
    changed = with_passage("001.LC", "Other words.")
    draft = Scripted({}, written={"000.p1": ("kept", "new"), "001.LC": ("recut",)}, library=changed)
    own = OwnQuestion(q="ours", kind="answer", gold=(Gold(doc="000", quote="Family"),))
    found = asked_of(live, draft, [own])
    assert [each.text for each in found.asked] == ["ours", "kept"]
    assert (found.there_are, found.left_out) == (2, 3)
    assert found.asked[0].is_answered


def test_gaps_of_both_sides_are_asked_also_those_that_the_draft_takes_out() -> None:
    live = Scripted({}, gaps={"money": ("who pays",), "cars": ("may I drive",)})
    draft = Scripted({}, gaps={"money": ("who pays", "what is paid")})
    found = asked_of(live, draft, [])
    assert sorted(each.text for each in found.asked) == ["may I drive", "what is paid", "who pays"]
    assert not any(each.is_answered for each in found.asked)


def test_of_very_many_the_same_are_taken_and_of_every_topic_alike_many() -> None:
    many = [
        ReplayedQuestion(f"question {number} of {topic}", "gap", topic, topic)
        for topic, count in (("large", 90), ("small", 9), ("single", 1))
        for number in range(count)
    ]
    taken = sampled(many, 21)
    assert Counter(each.topic for each in taken) == {
        "large": 10,
        "small": 9,
        "single": 1,
    } | {"large": 11}
    assert sampled(many[::-1], 21) == taken
    assert sampled(many, 100) == many
