"""What to check before relying on a reply."""

from __future__ import annotations

from datetime import date

import pytest

from bot.flows import TellOutcome, Walk
from bot.messages import OutcomeMessage
from knowledge.checks import ORDER, checks_of
from knowledge.quotes import Citation, Notice, NoticeKind, Quote
from tests.shipped import FLOW_RENDERER, FLOWS, LIBRARY


def quote(reference: str, *notices: Notice) -> Quote:
    citation = Citation(
        document_id="1",
        title="Principles",
        publisher="A partnership",
        area="knowsley",
        version="2016",
        reference=reference,
        url=f"/sources/1#{reference}",
    )
    return Quote(passage_id=reference, text="Words.", citation=citation, notices=notices)


def notice(kind: NoticeKind, body: str, day: int, *, signed: bool = False) -> Notice:
    unsigned = None if signed else "Nobody has signed it."
    text = body if signed else f"{body} {unsigned}"
    return Notice(
        id=body,
        kind=kind,
        text=text,
        checked_on=date(2026, 11, day),
        body=body,
        unsigned=unsigned,
    )


OLD, NEW = notice("superseded", "Old.", 1), notice("superseded", "New.", 2)
LOCAL = notice("local", "Local.", 3, signed=True)


def test_what_is_out_of_date_comes_first_and_of_it_the_newest() -> None:
    found = checks_of([quote("§1", LOCAL, OLD), quote("§2", NEW)])
    assert [each.text for each in found] == ["New.", "Old.", "Local."]


def test_a_notice_beside_two_quotations_is_said_once_and_names_both() -> None:
    found = checks_of([quote("§1", OLD), quote("§2", OLD, LOCAL), quote("§1", OLD)])
    assert [(each.text, each.places) for each in found] == [
        ("Old.", ["Knowsley §1", "Knowsley §2"]),
        ("Local.", ["Knowsley §2"]),
    ]


def test_that_nobody_has_signed_it_stands_apart_from_what_it_says() -> None:
    first, second = checks_of([quote("§1", OLD, LOCAL)])
    assert (first.text, first.unsigned) == ("Old.", "Nobody has signed it.")
    assert second.unsigned is None


def test_what_no_one_has_checked_says_no_day() -> None:
    by_itself = NEW.model_copy(update={"by_itself": True})
    assert checks_of([quote("§1", by_itself)])[0].checked_on is None


@pytest.fixture(scope="module")
def outcomes() -> list[OutcomeMessage]:
    """Every outcome as it is told: what there is to check depends on no answer."""
    return [
        FLOW_RENDERER.outcome(TellOutcome(outcome, Walk(flow.id)))
        for flow in FLOWS.values()
        for outcome in flow.outcomes.values()
    ]


def test_every_outcome_says_each_of_its_notices_once(outcomes: list[OutcomeMessage]) -> None:
    assert any(message.checks for message in outcomes)
    for message in outcomes:
        quotes = [*message.quotes, *(quote for card in message.cards for quote in card.quotes)]
        notices = {each.body for quote in quotes for each in quote.notices}
        said = [each.text for each in message.checks if each.kind]
        assert sorted(said) == sorted(notices)
        kinds = [ORDER.index(each.kind) for each in message.checks if each.kind]
        assert kinds == sorted(kinds)


def test_every_outcome_says_first_what_is_not_from_the_sources(
    outcomes: list[OutcomeMessage],
) -> None:
    fixed = [[card.text for card in message.cards if card.fixed] for message in outcomes]
    assert any(fixed)
    for message, texts in zip(outcomes, fixed, strict=True):
        assert [each.text for each in message.checks[: len(texts)]] == texts


@pytest.mark.parametrize(
    ("passage", "names"),
    [
        ("003.2.3.3", ["duty-to-share-2026", "sharing-without-consent-differs", "knowsley-text"]),
        ("003.2.3.7", ["data-protection-act-1998", "knowsley-text"]),
    ],
)
def test_a_shipped_notice_is_its_body_and_the_remark_on_its_signature(
    passage: str, names: list[str]
) -> None:
    notices = LIBRARY.quote(passage).notices
    assert [each.id for each in notices] == names
    for each in notices:
        assert each.body
        assert each.text == " ".join(filter(None, (each.body, each.unsigned)))


def test_an_outcome_of_no_walk_has_no_answers(outcomes: list[OutcomeMessage]) -> None:
    assert not any(message.answers for message in outcomes)
