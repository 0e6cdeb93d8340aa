"""Which passage may be cited for which case: what the sources do not speak of, we do not cite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.flows import Flows, Outcome, Walk, paths

FLAGSHIP = "share_without_consent"


def ends(flows: Flows) -> Iterator[tuple[Walk, Outcome]]:
    for walk in paths(FLAGSHIP, flows):
        if outcome := walk.trace(flows).outcome:
            yield walk, outcome


def consent(walk: Walk) -> str | None:
    steps = ("s4", "s4_47", "s4_as")
    return next(
        (walk.answers[f"{FLAGSHIP}/{s}"] for s in steps if f"{FLAGSHIP}/{s}" in walk.answers), None
    )


def test_a_refusal_never_rests_on_what_is_about_asking_being_risky(flows: Flows) -> None:
    for walk, outcome in ends(flows):
        if consent(walk) == "refused":
            assert "004.vi.p1" not in outcome.quotes
            # Where the sources conflict, both sides are shown and advice is pointed to.
            if "001.SI.p2" in outcome.quotes:
                assert outcome.kind == "advice"
                assert "003.2.3.6" in outcome.quotes


def test_consent_that_cannot_be_asked_for_rests_on_neither(flows: Flows) -> None:
    for walk, outcome in ends(flows):
        if consent(walk) == "cannot_ask" and outcome.kind == "supported":
            assert not {"004.vi.p1", "001.SI.p2"} & set(outcome.quotes)


def test_what_is_said_of_enquiries_is_cited_for_enquiries_only(flows: Flows) -> None:
    for walk, outcome in ends(flows):
        if "001.SI.b2" in outcome.quotes:
            assert walk.answers[f"{FLAGSHIP}/s3"] == "s47"


@pytest.mark.parametrize("passage", ["003.2.3.5", "004.iii.p2"])
def test_a_sentence_without_its_end_supports_nothing(flows: Flows, passage: str) -> None:
    for flow in flows.values():
        for outcome in flow.outcomes.values():
            assert passage not in outcome.quotes


def test_outdated_law_is_never_given_as_support(flows: Flows) -> None:
    for flow in flows.values():
        for outcome in flow.outcomes.values():
            if {"003.2.3.7", "003.2.6.note"} & set(outcome.quotes):
                assert outcome.kind in ("advice", "not_covered")


def test_every_answer_about_sharing_says_that_the_law_has_moved(flows: Flows) -> None:
    for _, outcome in ends(flows):
        if outcome.kind in ("supported", "ask_first", "advice", "not_supported"):
            assert "currency" in outcome.cards
            assert "record" in outcome.cards


def test_sharing_that_is_supported_comes_with_proportion(flows: Flows) -> None:
    for _, outcome in ends(flows):
        if outcome.kind == "supported":
            assert "prop" in outcome.cards


def test_not_supported_never_reads_as_do_not_share(flows: Flows) -> None:
    assert "not the last word" in flows.decides["not_supported"]
    assert "worried about a child, that comes first" in flows.decides["not_supported"]
    refused = flows[FLAGSHIP].outcomes["o_not_supported"].say
    assert "Current law and national advice go further" in refused
    assert "may allow or require you to share" in refused
    for flow in flows.values():
        for outcome in flow.outcomes.values():
            if outcome.kind == "not_supported":
                assert "not share" not in outcome.say.lower()
                assert "withhold" not in outcome.say.lower()


def test_what_is_said_after_every_flow_fits_flows_that_are_not_about_sharing(flows: Flows) -> None:
    for said in flows.decides.values():
        assert "shar" not in said.lower()
    for flow in flows.values():
        for outcome in flow.outcomes.values():
            if {"prop", "open", "currency"} & set(outcome.cards):
                assert flow.id == FLAGSHIP


def test_safety_says_what_to_do_before_anything_else(flows: Flows) -> None:
    for flow in flows.values():
        for outcome in flow.outcomes.values():
            if outcome.kind == "safety":
                assert "999" in (outcome.fixed or "")


@pytest.mark.parametrize(
    "flow",
    [
        "share_without_consent",
        "tell_parents",
        "parents_not_engaging",
        "hear_the_child",
        "culture_and_identity",
        "rights_conflict",
        "new_concern",
        "made_a_mistake",
    ],
)
def test_danger_is_asked_about_first_where_a_child_may_be_at_risk(flows: Flows, flow: str) -> None:
    first = flows.start(flow)
    for option in first.options:
        if option.label == "Yes":
            outcome = flows.node(flow, option.go)
            assert isinstance(outcome, Outcome)
            assert outcome.kind == "safety"


def test_where_the_sources_differ_both_are_shown(flows: Flows) -> None:
    assert {"001.MA.p1", "004.viii"} <= set(flows["multi_agency_roles"].outcomes["o_when"].quotes)
