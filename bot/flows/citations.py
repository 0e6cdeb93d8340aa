"""Which passage may stand for which case. Passages say less than they seem to.

What the sources do not speak of is not cited for it. `docs/editing-flows.md` lists the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.flows.model import Flow, Flows, Outcome
from bot.flows.walk import Walk, paths
from knowledge.errors import Location, Violation

SHARED = Location("data/flows_shared.yaml")
SHARING = "share_without_consent"
CONSENT_STEPS = ("s4", "s4_47", "s4_as")
ABOUT_SHARING = {"prop", "open", "currency"}

ASKING_IS_RISKY = "004.vi.p1"
WITHOUT_CONSENT = "001.SI.p2"
OTHER_SIDE = "003.2.3.6"
ENQUIRIES = "001.SI.b2"
BROKEN_OFF = {"003.2.3.5", "004.iii.p2"}
REPEALED = {"003.2.3.7", "003.2.6.note"}
BOTH_SIDES = {("multi_agency_roles", "o_when"): ("001.MA.p1", "004.viii")}

RULED: Mapping[str, str] = {
    ASKING_IS_RISKY: "is about asking being risky",
    WITHOUT_CONSENT: "is quoted for a refusal with the other side only",
    OTHER_SIDE: f"is the other side of '{WITHOUT_CONSENT}'",
    ENQUIRIES: "is quoted for section 47 only",
    **dict.fromkeys(sorted(BROKEN_OFF), "lacks the end of its sentence"),
    **dict.fromkeys(sorted(REPEALED), "rests on repealed law"),
    **{side: "is one of two sides" for sides in BOTH_SIDES.values() for side in sides},
}
"""What the rules below take each passage to say: where it says something else, they are wrong."""

JUDGES = {"supported", "ask_first", "advice", "not_supported"}
WITHHOLDS = ("not share", "withhold")
NOT_THE_LAST_WORD = ("not the last word", "worried about a child, that comes first")
LAW_GOES_FURTHER = (
    "Current law and national advice go further",
    "may allow or require you to share",
)


def miscited(flows: Flows) -> Iterator[Violation]:
    """Every quotation, card and wording that stands for what it does not say."""
    for flow in flows.values():
        for outcome in flow.outcomes.values():
            yield from _of_outcome(flow, outcome)
    yield from _of_deciding(flows)
    if SHARING in flows:
        yield from dict.fromkeys(_of_sharing(flows))


def _of_outcome(flow: Flow, outcome: Outcome) -> Iterator[Violation]:
    quotes = set(outcome.quotes)
    for passage in sorted(BROKEN_OFF & quotes):
        yield _at(outcome, f"'{passage}' lacks the end of its sentence and supports nothing")
    for passage in sorted(REPEALED & quotes):
        if outcome.kind not in ("advice", "not_covered"):
            yield _at(
                outcome,
                f"'{passage}' rests on repealed law: quote it for `advice` or `not_covered` only",
            )
    for passage in BOTH_SIDES.get((flow.id, outcome.id), ()):
        if passage not in quotes:
            yield _at(outcome, f"the sources differ here: show both sides and quote '{passage}'")
    if outcome.kind == "not_supported" and any(w in outcome.say.lower() for w in WITHHOLDS):
        yield _at(outcome, "`not_supported` must not read as an order to hold back")
    if flow.id != SHARING:
        for card in sorted(ABOUT_SHARING & set(outcome.cards)):
            yield _at(outcome, f"the card '{card}' is about sharing: it fits `{SHARING}` only")


def _of_deciding(flows: Flows) -> Iterator[Violation]:
    for kind, said in flows.decides.items():
        if "shar" in said.lower():
            yield Violation(
                SHARED, f"`decides` of '{kind}' stands in every flow: say nothing of sharing in it"
            )
    if "not_supported" in flows.decides:
        for words in NOT_THE_LAST_WORD:
            if words not in flows.decides["not_supported"]:
                yield Violation(SHARED, f"`decides` of 'not_supported' must say “{words}”")


def _of_sharing(flows: Flows) -> Iterator[Violation]:
    for walk in paths(SHARING, flows):
        outcome = walk.trace(flows).outcome
        if outcome and outcome.flow == SHARING:
            yield from _of_consent(walk, outcome)
            yield from _of_cards(outcome)
    for outcome in flows[SHARING].outcomes.values():
        if outcome.id == "o_not_supported":
            for words in LAW_GOES_FURTHER:
                if words not in outcome.say:
                    yield _at(outcome, f"`say` must tell that “{words}”")


def _of_consent(walk: Walk, outcome: Outcome) -> Iterator[Violation]:
    quotes, consent = set(outcome.quotes), _consent(walk)
    if consent == "refused":
        if ASKING_IS_RISKY in quotes:
            yield _at(
                outcome,
                f"'{ASKING_IS_RISKY}' is about asking being risky: do not quote it for a refusal",
            )
        if WITHOUT_CONSENT in quotes and (outcome.kind != "advice" or OTHER_SIDE not in quotes):
            yield _at(
                outcome,
                f"for a refusal the sources conflict: with '{WITHOUT_CONSENT}' quote "
                f"'{OTHER_SIDE}' too, and give `advice`",
            )
    if consent == "cannot_ask" and outcome.kind == "supported":
        for passage in sorted({ASKING_IS_RISKY, WITHOUT_CONSENT} & quotes):
            yield _at(outcome, f"'{passage}' does not speak of consent that cannot be asked for")
    if ENQUIRIES in quotes and walk.answers.get(f"{SHARING}/s3") != "s47":
        yield _at(outcome, f"'{ENQUIRIES}' is about enquiries: quote it for section 47 only")


def _of_cards(outcome: Outcome) -> Iterator[Violation]:
    needed = ["currency", "record"] if outcome.kind in JUDGES else []
    needed += ["prop"] if outcome.kind == "supported" else []
    for card in needed:
        if card not in outcome.cards:
            yield _at(outcome, f"an answer about sharing needs the card '{card}'")


def _consent(walk: Walk) -> str | None:
    refs = (f"{SHARING}/{step}" for step in CONSENT_STEPS)
    return next((walk.answers[ref] for ref in refs if ref in walk.answers), None)


def _at(outcome: Outcome, text: str) -> Violation:
    return Violation(outcome.place, text)
