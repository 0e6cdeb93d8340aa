"""The checker knows which passage may be cited for which case, and says so where it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.flows import Flows
from bot.flows.check import problems
from bot.flows.citations import SHARED
from knowledge.library import Library

PASSAGES = Library.read().passages
SHARE = "share_without_consent"


def with_outcome(flows: Flows, flow_id: str, outcome_id: str, **values: Any) -> Flows:
    flow = flows[flow_id]
    outcome = replace(flow.outcomes[outcome_id], **values)
    changed = replace(flow, outcomes={**flow.outcomes, outcome_id: outcome})
    return replace(flows, flows={**flows.flows, flow_id: changed})


@pytest.mark.parametrize(
    ("flow", "outcome", "values", "said"),
    [
        (SHARE, "o_share_refused", {"quotes": ("004.vi.p1",)}, "do not quote it for a refusal"),
        (SHARE, "o_share_refused", {"quotes": ("001.SI.p2",)}, "the sources conflict"),
        (SHARE, "o_share_noask", {"quotes": ("001.SI.p2",)}, "consent that cannot be asked for"),
        (SHARE, "o_share_refused", {"quotes": ("001.SI.b2",)}, "is about enquiries"),
        (SHARE, "o_share_refused", {"quotes": ("003.2.3.5",)}, "lacks the end of its sentence"),
        (SHARE, "o_share_refused", {"quotes": ("003.2.3.7",)}, "rests on repealed law"),
        (SHARE, "o_share_refused", {"quotes": (), "fixed": "Ask."}, "needs `quotes` that bear"),
        (SHARE, "o_share_refused", {"cards": ("record", "prop")}, "needs the card 'currency'"),
        (SHARE, "o_share_refused", {"cards": ("record", "currency")}, "needs the card 'prop'"),
        (SHARE, "o_not_supported", {"say": "No."}, "Current law and national advice go further"),
        (SHARE, "o_not_supported", {"say": "So do not share."}, "an order to hold back"),
        ("new_concern", "o_next", {"cards": ("prop",)}, "the card 'prop' is about sharing"),
        ("new_concern", "o_danger", {"fixed": "Call for help."}, "what to do in `fixed`, with 999"),
        ("new_concern", "o_danger", {"kind": "info"}, "'Not sure' may mean danger"),
        ("made_a_mistake", "o_safety", {"kind": "info"}, "ask first whether a child is in danger"),
        ("multi_agency_roles", "o_when", {"quotes": ("004.viii",)}, "quote '001.MA.p1'"),
    ],
)
def test_a_case_that_a_passage_does_not_speak_of_is_named(
    flows: Flows, flow: str, outcome: str, values: dict[str, Any], said: str
) -> None:
    found = problems(with_outcome(flows, flow, outcome, **values), PASSAGES)
    (told,) = [each for each in found if said in each.text]
    assert told.place.file == f"flows/{flow}.yaml"
    assert told.place.line


@pytest.mark.parametrize(
    ("kind", "becomes", "said"),
    [
        ("not_supported", "This is what the sources say.", "must say “not the last word”"),
        ("info", "Share it or do not.", "say nothing of sharing"),
    ],
)
def test_what_is_said_after_every_flow_fits_every_flow(
    flows: Flows, kind: str, becomes: str, said: str
) -> None:
    changed = replace(flows, decides={**flows.decides, kind: becomes})
    found = [each for each in problems(changed, PASSAGES) if said in each.text]
    assert [each.place for each in found] == [SHARED]


def test_words_that_would_start_two_flows_are_named(flows: Flows) -> None:
    flow, other = flows["new_concern"], flows["tell_parents"]
    changed = replace(other, examples=(*other.examples, flow.triggers[0].upper()))
    found = problems(replace(flows, flows={**flows.flows, other.id: changed}), PASSAGES)
    assert [str(each) for each in found] == [
        f"flows/tell_parents.yaml:1: “{flow.triggers[0].upper()}”"
        " stands in flows/new_concern.yaml too"
    ]


def test_a_flow_that_is_hard_to_read_is_named(flows: Flows) -> None:
    long = "Multidisciplinary organisational responsibilities necessitate comprehensive"
    outcomes = {
        name: replace(outcome, say=f"{long} documentation.")
        for name, outcome in flows["tell_parents"].outcomes.items()
    }
    flow = replace(flows["tell_parents"], outcomes=outcomes)
    found = problems(replace(flows, flows={**flows.flows, flow.id: flow}), PASSAGES)
    assert any("at most 9 is easy to read" in each.text for each in found)
