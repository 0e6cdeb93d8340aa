from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.teams.cards import Cards
from bot.channels.teams.elements import TITLE_LENGTH, marked_words, options
from bot.messages import (
    AnswerMessage,
    Message,
    Option,
    OutcomeMessage,
    QuestionMessage,
    SafetyMessage,
)
from knowledge.library import Library
from knowledge.quotes import Notice
from tests.shipped import PHRASES
from tests.teams.microsoft import CARDS, actions, texts
from tests.teams.samples import every_message

LIBRARY = Library.read()
MESSAGES = dict(every_message(LIBRARY))
TEAMS_LIMIT = 28_000
"""Bytes of a message that Teams surely takes."""


def shown(message: Message) -> Any:
    card = Cards("https://guidance.example.gov.uk", PHRASES).of(message, 3)
    return card.model_dump(mode="json", by_alias=True, exclude_none=True)


@pytest.mark.parametrize("message", MESSAGES.values(), ids=list(MESSAGES))
def test_card_meets_microsofts_schema_and_fits(message: Message) -> None:
    card = shown(message)
    CARDS.validate(card)
    essence = message.lead if isinstance(message, OutcomeMessage) else message.text
    assert essence in card["fallbackText"]
    assert len(json.dumps(card)) < TEAMS_LIMIT


@pytest.mark.parametrize("message", MESSAGES.values(), ids=list(MESSAGES))
def test_every_option_is_a_button_that_carries_its_choice(message: Message) -> None:
    carried = {each.get("data", {}).get("choice") for each in actions(shown(message))}
    offered = list(message.options)
    if isinstance(message, QuestionMessage):
        offered += message.controls
    assert {option.id for option in offered} <= carried


def test_quotation_is_the_sources_own_words_line_for_line() -> None:
    for passage_id in LIBRARY.order:
        quote = LIBRARY.quote(passage_id)
        seen = texts(shown(AnswerMessage(text="x", lead="x", quotes=[quote])))
        lines = [line for line in quote.text.split("\n") if line.strip()]
        start = seen.index(lines[0])
        assert seen[start : start + len(lines)] == lines


def test_only_what_somebody_has_checked_bears_a_day() -> None:
    written = Notice(id="n", kind="local", text="Local.", checked_on=date(2001, 1, 1))
    for by_itself in (False, True):
        notice = written.model_copy(update={"by_itself": by_itself})
        quote = LIBRARY.quote("003.2.3.4").model_copy(update={"notices": (notice,)})
        seen = " ".join(texts(shown(AnswerMessage(text="x", lead="x", quotes=[quote]))))
        assert f"Local. {PHRASES.quotations.not_from_sources}" in seen
        assert ("Checked on 1 January 2001." in seen) is not by_itself


@given(st.text(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3))
def test_marking_changes_no_character(text: str, marks: list[tuple[int, int]]) -> None:
    blocks = [block.model_dump(by_alias=True) for block in marked_words(text, marks)]
    drawn = ["".join(run["text"] for run in block["inlines"]) for block in blocks]
    assert drawn == [line for line in text.split("\n") if line.strip()]


def test_marked_words_are_bold() -> None:
    (block,) = marked_words("all of it", [(4, 6)])
    runs = block.model_dump(by_alias=True)["inlines"]
    assert [(run["text"], run["weight"]) for run in runs] == [
        ("all ", None),
        ("of", "Bolder"),
        (" it", None),
    ]


def test_text_lost_in_the_source_is_said_to_be_lost() -> None:
    quote = LIBRARY.quote("003.2.3.5")
    assert quote.truncated_in_source
    assert PHRASES.quotations.missing_text in texts(
        shown(AnswerMessage(text="x", lead="x", quotes=[quote]))
    )


def test_long_option_stands_in_full_above_its_button() -> None:
    long = "x" * TITLE_LENGTH
    offered = [Option(id="do:why", label=long), Option(id="do:stop", label="Stop")]
    drawn = [block.model_dump(by_alias=True, exclude_none=True) for block in options(offered)]
    assert texts({"body": drawn}) == [
        f"1. {long}",
        "2. Stop",
        f"1. {long}",
        "2. Stop",
    ]


def test_menu_has_each_button_under_its_task_and_says_nothing_twice() -> None:
    menu = shown(MESSAGES["menu"])
    lines = texts(menu)
    assert len(actions(menu)) == len(MESSAGES["menu"].options)
    short = [line for line in lines if len(line) <= TITLE_LENGTH]
    assert len(short) == len(set(short))


DANGERS = {
    name: message
    for name, message in MESSAGES.items()
    if isinstance(message, OutcomeMessage) and message.kind == "safety"
}


@pytest.mark.parametrize("message", DANGERS.values(), ids=list(DANGERS))
def test_outcome_that_tells_of_danger_begins_with_999(message: OutcomeMessage) -> None:
    card = shown(message)
    assert "999" in texts(card)[0]
    assert texts(card).count(texts(card)[0]) == 1


def test_what_is_only_nearest_says_so_before_its_passages_and_whom_to_ask_after() -> None:
    message = MESSAGES["closest"]
    assert isinstance(message, AnswerMessage)
    lines = texts(shown(message))
    parts = (
        message.asked,
        PHRASES.answers.closest,
        message.quotes[0].text.split("\n")[0],
        PHRASES.teams.who_to_ask,
        PHRASES.replies.did_you_mean,
        PHRASES.flows.answer_label,
    )
    places = [lines.index(part or "") for part in parts]
    assert places == sorted(places)


def test_other_readings_are_buttons_under_their_own_words_and_none_is_there_twice() -> None:
    for name in ("closest", "other reading"):
        card = shown(MESSAGES[name])
        data = [each.get("data", {}) for each in actions(card)]
        carried = [each["choice"] for each in data if "choice" in each]
        assert carried[-2:] == ["start:new_concern", "do:answer"]
        assert len(carried) == len(set(carried))


def test_only_what_is_offered_last_has_numbers() -> None:
    flows = [Option(id=f"start:{each}", label=each) for each in ("one", "two")]
    message = AnswerMessage(text="x", lead="x", quotes=[], options=flows)
    cards = Cards("https://guidance.example.gov.uk", PHRASES)
    for last, titles in ((True, ["1. one", "2. two"]), (False, ["one", "two"])):
        card = cards.of(message, 3, last=last).model_dump(mode="json", by_alias=True)
        assert [each["title"] for each in actions(card)][:2] == titles


@pytest.mark.parametrize("name", [each for each in MESSAGES if each.startswith("possible ")])
def test_possible_danger_is_one_short_box_with_999_first_and_every_number(name: str) -> None:
    message = MESSAGES[name]
    assert isinstance(message, SafetyMessage)
    card = shown(message)
    assert [block["type"] for block in card["body"]] == ["Container"]
    assert card["body"][0]["style"] == "warning"
    lines = texts(card)
    assert "999" in lines[0]
    for contact in message.contacts:
        assert f"{contact.label}: {contact.detail}" in lines
    notes = {contact.note for contact in message.contacts if contact.note}
    assert all(sum(note in line for line in lines) == 1 for note in notes)
