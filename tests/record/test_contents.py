"""What a record says, in which order, and each thing once; the same in every form."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from bot.messages import OutcomeMessage
from bot.record import Format, Stamp
from knowledge.notices import UNSIGNED
from knowledge.quotes import Notice, Quote
from tests.record.walked import FORMATS, STAMP, pieces_of, refused, text_of
from tests.shipped import PHRASES, RECORD_RENDERER

SAID = PHRASES.record
ACT = Notice(
    id="act", kind="superseded", text="The Act was replaced.", checked_on=date(2026, 11, 21)
)


@pytest.fixture(scope="module")
def outcome() -> OutcomeMessage:
    return refused()


def headings(outcome: OutcomeMessage, format: Format) -> list[tuple[int, str]]:
    return [(level, text) for level, text in pieces_of(outcome, format) if level]


def shown_of(outcome: OutcomeMessage) -> list[Quote]:
    """All that the outcome and its cards quote, as often as they do."""
    return [*outcome.quotes, *(quote for card in outcome.cards for quote in card.quotes)]


def in_order(text: str, *parts: str) -> None:
    place = 0
    for part in parts:
        found = text.find(" ".join(part.split()), place)
        assert found >= 0, f"not after what should come before: {part}"
        place = found


@pytest.mark.parametrize("format", FORMATS)
def test_the_outcome_comes_first_and_the_stamp_last(
    outcome: OutcomeMessage, format: Format
) -> None:
    in_order(
        text_of(outcome, format),
        outcome.flow.title,
        "It is not a decision and not legal advice.",
        SAID.outcome,
        "The sources support this",
        "The sources support sharing although consent was refused",
        "You and your safeguarding lead decide.",
        outcome.cards[0].text,
        SAID.to_complete,
        SAID.blanks[0],
        SAID.blanks[-1],
        SAID.questions_and_answers,
        outcome.answers[0].question,
        SAID.quotations,
        outcome.quotes[0].text,
        SAID.check_first,
        "The sources differ on sharing without consent.",
        SAID.stamp,
        outcome.version,
        STAMP.line(outcome.version, outcome.path),
    )


@pytest.mark.parametrize("format", FORMATS)
def test_all_forms_have_the_same_headings(outcome: OutcomeMessage, format: Format) -> None:
    first, *others = headings(outcome, format)
    assert first == (1, f"Decision record: {outcome.flow.title}")
    assert [text for level, text in others if level == 2] == [
        SAID.outcome,
        SAID.to_complete,
        SAID.questions_and_answers,
        SAID.quotations,
        SAID.check_first,
        SAID.stamp,
    ]
    assert {level for level, _ in others} == {2, 3}
    assert headings(outcome, format) == headings(outcome, "markdown")


def test_one_line_says_what_this_is_before_the_outcome(outcome: OutcomeMessage) -> None:
    (_, about), after = pieces_of(outcome, "docx")[1:3]
    assert "22 November 2026, 09:30" in about
    assert after == (2, SAID.outcome)


@pytest.mark.parametrize("format", FORMATS)
def test_every_passage_is_quoted_once(outcome: OutcomeMessage, format: Format) -> None:
    shown = shown_of(outcome)
    passages = {quote.passage_id: quote for quote in shown}
    assert len(passages) < len(shown), "this outcome quotes nothing twice"
    text = text_of(outcome, format)
    for quote in passages.values():
        assert text.count(" ".join(quote.text.split())) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_a_card_refers_to_what_is_quoted_by_its_reference(
    outcome: OutcomeMessage, format: Format
) -> None:
    text, proportionate = text_of(outcome, format), outcome.cards[0]
    assert [quote.passage_id for quote in proportionate.quotes][1] == "003.2.3.6"
    assert outcome.quotes[2].passage_id == "003.2.3.6"
    assert (
        f"{proportionate.text} See Quotation 5 (§2.3.8), Quotation 3 (§2.3.6), Quotation 6 (#3)."
    ) in text
    assert "Quotation 3: Key Principles (Knowsley), §2.3.6" in text


@pytest.mark.parametrize("format", FORMATS)
def test_every_notice_stands_once_and_what_it_concerns_names_it(
    outcome: OutcomeMessage, format: Format
) -> None:
    text = text_of(outcome, format)
    notices = {notice.id: notice for quote in shown_of(outcome) for notice in quote.notices}
    for notice in notices.values():
        assert text.count(notice.text.removesuffix(UNSIGNED).strip()) == 1
    assert UNSIGNED not in text
    in_order(text, SAID.check_first, SAID.about_notices, "Notice 1:")
    assert "not from the sources" in SAID.about_notices
    (duty,) = re.findall(r"(Notice \d+): Out of date. A statutory duty", text)
    in_order(text, "Quotation 3:", f"Check first: {duty}", "Quotation 4:")


@pytest.mark.parametrize("format", FORMATS)
def test_that_nobody_has_signed_is_said_once(outcome: OutcomeMessage, format: Format) -> None:
    assert len(re.findall("signed", text_of(outcome, format), re.IGNORECASE)) == 1


def test_the_newest_concern_is_the_first_notice(outcome: OutcomeMessage) -> None:
    older = ACT.model_copy(update={"id": "older", "text": "Older.", "checked_on": date(2020, 5, 4)})
    local = ACT.model_copy(update={"id": "local", "text": "Local.", "kind": "local"})
    quote = outcome.quotes[0].model_copy(update={"notices": (older, local, ACT)})
    one = outcome.model_copy(update={"quotes": [quote], "cards": []})
    in_order(
        text_of(one, "markdown"),
        "Check first: Notice 1, Notice 2, Notice 3",
        "Notice 1: Out of date. The Act was replaced. Checked on 21 November 2026.",
        "Notice 2: Out of date. Older. Checked on 4 May 2020.",
        "Notice 3: Local text. Local. Checked on 21 November 2026.",
    )


@pytest.mark.parametrize("format", FORMATS)
def test_who_signed_is_said_with_the_notice(outcome: OutcomeMessage, format: Format) -> None:
    signed = ACT.model_copy(update={"signed_off_by": "Ann Lee, lead"})
    other = ACT.model_copy(update={"id": "other", "text": "A list is missing.", "kind": "damaged"})
    by_itself = ACT.model_copy(
        update={
            "id": "by-itself",
            "text": "Another area's text.",
            "kind": "local",
            "by_itself": True,
            "checked_on": date(2001, 1, 1),
        }
    )
    quote = outcome.quotes[0].model_copy(update={"notices": (signed, other, by_itself)})
    text = text_of(outcome.model_copy(update={"quotes": [quote], "cards": []}), format)
    assert "The Act was replaced. Checked on 21 November 2026. Signed off by Ann Lee, lead." in text
    assert "Not signed off yet: Notice 2." in text
    assert "Another area's text." in text
    assert "2001" not in text


@pytest.mark.parametrize("format", FORMATS)
def test_without_notices_there_is_no_part_for_them(outcome: OutcomeMessage, format: Format) -> None:
    quote = outcome.quotes[0].model_copy(update={"notices": ()})
    text = text_of(outcome.model_copy(update={"quotes": [quote], "cards": []}), format)
    assert SAID.check_first not in text
    assert "Check first" not in text


@pytest.mark.parametrize("format", FORMATS)
def test_it_asks_whom_it_is_for_and_says_what_must_come_out(
    outcome: OutcomeMessage, format: Format
) -> None:
    assert SAID.blanks[0] == "Who this record is for"
    in_order(text_of(outcome, format), SAID.to_complete, SAID.to_others, SAID.blanks[0])
    assert "other people's details" in SAID.to_others


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2 July 2026, 00:30"),
        (datetime(2026, 11, 30, 16, 5, tzinfo=UTC), "30 November 2026, 16:05"),
    ],
)
@pytest.mark.parametrize("format", FORMATS)
def test_the_time_is_the_readers_and_that_of_the_stamp_is_utc(
    outcome: OutcomeMessage, format: Format, at: datetime, shown: str
) -> None:
    stamp = Stamp(at, "x")
    text = text_of(outcome, format, stamp)
    assert shown in text
    assert "UTC" not in text
    assert f"{at:%Y-%m-%dT%H:%MZ} sources x" in text


@pytest.mark.parametrize("format", FORMATS)
def test_the_stamp_can_be_copied_as_it_stands(outcome: OutcomeMessage, format: Format) -> None:
    line = STAMP.line(outcome.version, outcome.path)
    content = RECORD_RENDERER.render(outcome, STAMP, format).content
    assert format == "docx" or line in content.decode()
    assert line in text_of(outcome, format)


def test_the_page_is_one_to_print(outcome: OutcomeMessage) -> None:
    page = RECORD_RENDERER.render(outcome, STAMP, "html").content.decode()
    assert '<html lang="en-GB">' in page
    assert f"<title>Decision record: {outcome.flow.title}</title>" in page
    assert "@page { size: A4;" in page
    assert page.count("<table") == page.count("<thead>") == 2
    assert page.count('<th scope="col">') == 4
    assert page.count('<th scope="row">') == len(outcome.answers) + len(SAID.blanks)
