"""Which passage may stand for which case, by the rules of `data/citation_rules.yaml`.

Passages say less than they seem to. What the sources do not speak of is not cited for it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from bot.flows.citation_rules import NAME, AnswerGiven, Case, CitationRule, WordingRule
from bot.flows.model import Flows, Outcome
from bot.flows.walk import Walk, paths
from knowledge.errors import Location, Violation

SHARED = Location("data/flows_shared.yaml")

WITHHOLDS = ("not share", "withhold")


def miscited(flows: Flows, passages: Container[str]) -> Iterator[Violation]:
    """Every quotation, card and wording that stands for what it does not say.

    A rule that names a flow which is not there, or demands a passage or a card that is not there,
    does not apply.
    """
    yield from _withholding(flows)
    walks = {name: tuple(_ends(name, flows)) for name in _walked(flows)}
    for rule in flows.citation_rules.outcomes:
        if _applies(rule, flows, passages):
            for outcome in dict.fromkeys(_of_case(rule.case, flows, walks)):
                yield from dict.fromkeys(_against(rule, outcome))
    for wording in flows.citation_rules.decides:
        yield from _against_wording(wording, flows)


def _withholding(flows: Flows) -> Iterator[Violation]:
    for flow in flows.values():
        for outcome in flow.outcomes.values():
            said = outcome.say.lower()
            if outcome.kind == "not_supported" and any(words in said for words in WITHHOLDS):
                problem = "`not_supported` must not read as an order to hold back"
                yield Violation(outcome.place, problem)


def _walked(flows: Flows) -> set[str]:
    """The flows whose walks are asked about. There may be thousands."""
    cases = (rule.case for rule in flows.citation_rules.outcomes)
    return {case.flow for case in cases if case.flow in flows and case.is_of_walks and case.flow}


def _ends(flow: str, flows: Flows) -> Iterator[tuple[Walk, Outcome]]:
    """Each way through a flow that ends with an outcome of its own."""
    for walk in paths(flow, flows):
        outcome = walk.trace(flows).outcome
        if outcome and outcome.flow == flow:
            yield walk, outcome


def _applies(rule: CitationRule, flows: Flows, passages: Container[str]) -> bool:
    named = (rule.case.flow, rule.case.outside_flow)
    return (
        all(flow is None or flow in flows for flow in named)
        and all(passage in passages for passage in rule.quotes)
        and all(card in flows.cards for card in rule.cards)
    )


def _of_case(
    case: Case, flows: Flows, walks: Mapping[str, tuple[tuple[Walk, Outcome], ...]]
) -> Iterator[Outcome]:
    if case.is_of_walks:
        outcomes: Iterator[Outcome] = (
            outcome for walk, outcome in walks[case.flow or ""] if _is_on(walk, case)
        )
    else:
        outcomes = (
            outcome
            for flow in flows.values()
            if case.flow in (None, flow.id) and flow.id != case.outside_flow
            for outcome in flow.outcomes.values()
        )
    for outcome in outcomes:
        if (
            (not case.outcomes or outcome.id in case.outcomes)
            and (not case.kinds or outcome.kind in case.kinds)
            and (not case.ends or outcome.then is None)
            and (not case.quotes or set(case.quotes) & set(outcome.quotes))
        ):
            yield outcome


def _is_on(walk: Walk, case: Case) -> bool:
    return (case.answered is None or _took(walk, case.answered)) and (
        case.not_answered is None or not _took(walk, case.not_answered)
    )


def _took(walk: Walk, answered: AnswerGiven) -> bool:
    refs = (f"{walk.flow}/{step}" for step in answered.steps)
    given = next((walk.answers[ref] for ref in refs if ref in walk.answers), None)
    return given == answered.option


def _against(rule: CitationRule, outcome: Outcome) -> Iterator[Violation]:
    if rule.kinds and outcome.kind not in rule.kinds:
        yield _said(rule.because, outcome.kind, outcome.place)
    wrong = (
        *(each for each in rule.quotes if each not in outcome.quotes),
        *(each for each in rule.never_quotes if each in outcome.quotes),
        *(each for each in rule.cards if each not in outcome.cards),
        *(each for each in rule.never_cards if each in outcome.cards),
        *(each for each in rule.says if each not in outcome.say),
    )
    for name in wrong:
        yield _said(rule.because, name, outcome.place)


def _against_wording(rule: WordingRule, flows: Flows) -> Iterator[Violation]:
    for kind in rule.kinds:
        said = flows.decides.get(kind)
        if said is None:
            continue  # `broken` names it where it is needed.
        for words in rule.says:
            if words not in said:
                yield _said(rule.because, words, SHARED)
        for words in rule.never_says:
            if words.lower() in said.lower():
                yield _said(rule.because, kind, SHARED)


def _said(because: str, name: str, place: Location) -> Violation:
    return Violation(place, because.replace(NAME, name))
