"""Of which question a document was named by words that were taken out of it; and what is then asked
of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.choices import Choice
from bot.flows import DialogueStack
from bot.understanding.meaning import DocumentQuestion, FollowUp, Lookup
from bot.understanding.shown import Shown
from bot.understanding.turn import RankedIntent, TurnInput
from knowledge import Answer
from tests.shipped import Finds, answered
from tests.understanding.test_interpreter import interpreting

ASKED = "What does [name] say about consent"
FOUND = answered("003.2.3.4", "003.2.3.5")
NOW = TurnInput(ASKED, documents=("003",))
LATER = TurnInput("and then", topic=(ASKED,), documents_before={ASKED: ("003",)})


@pytest.mark.parametrize(
    ("turn", "text", "documents"),
    [
        (NOW, ASKED, ("003",)),
        (NOW, "who keeps the record", ()),
        (NOW, "and [name]", ("003",)),
        (LATER, "and then", ()),
        (LATER, ASKED, ("003",)),
        (LATER, f"{ASKED} and then", ("003",)),
        (LATER, "what does [name] say", ()),
        (replace(LATER, text=ASKED), ASKED, ()),
        (replace(NOW, documents=("004",), documents_before={ASKED: ("003",)}), ASKED, ("004",)),
    ],
)
def test_a_question_keeps_the_document_that_was_taken_out_of_it(
    turn: TurnInput, text: str, documents: tuple[str, ...]
) -> None:
    assert turn.taken_out_of(text) == documents


def of(turn: TurnInput, found: Answer = FOUND) -> list[tuple[str, ...]]:
    """Of which documents something was looked up."""
    finds = Finds(found)
    interpreting(finds).understand(turn)
    return [tuple(each) for each in finds.named]


def test_it_is_asked_of_that_document_beside_those_that_the_words_name() -> None:
    assert of(NOW) == [("003",)]
    both = replace(NOW, text="What do [name] and Solihull say about consent")
    assert of(both) == [("003", "004")]


def test_of_two_questions_each_is_asked_of_its_own() -> None:
    two = replace(NOW, text=f"Who keeps the chronology in the end? {ASKED}?")
    found = replace(FOUND, quotes=answered("002.P2").quotes)
    assert of(two, found)[1:] == [(), ("003",)]


def test_a_question_that_is_asked_again_is_asked_of_its_document() -> None:
    again = [
        replace(LATER, choice=Choice("do", "answer"), text="", action="action_choose"),
        replace(LATER, text="just the quote", action="action_follow_up", intent="quote_only"),
        replace(
            LATER,
            text="anything else",
            action="action_follow_up",
            intent="more",
            shown=Shown(ASKED, ("003.2.3.4",)),
        ),
        replace(LATER, text="for a baby", before=ASKED),
    ]
    for turn in again:
        assert ("003",) in of(turn), turn.intent


def test_another_place_asks_the_last_question_of_its_document() -> None:
    turn = TurnInput(
        "And [name]?",
        action="action_follow_up",
        intent="area",
        ranking=(RankedIntent("area", 0.9),),
        topic=("What must I record?",),
        documents=("003",),
    )
    meaning = interpreting(Finds(FOUND)).understand(turn)
    assert isinstance(meaning, FollowUp)
    (lookup,) = meaning.parts
    assert isinstance(lookup, Lookup)
    assert (lookup.asked, lookup.documents) == ("What must I record?", ("003",))


@pytest.mark.parametrize("kind", ["publisher", "date", "headings"])
def test_what_is_asked_about_the_document_itself_is_told(kind: str) -> None:
    turn = TurnInput(
        "who published the [name] one",
        action="action_documents",
        intent="documents",
        ranking=(RankedIntent(f"documents/{kind}", 0.99),),
        documents=("003",),
        dialogue=DialogueStack(),
    )
    meaning = interpreting(Finds(FOUND)).understand(turn)
    assert isinstance(meaning, DocumentQuestion)
    assert [each.id for each in meaning.facts.documents] == ["003"]
    assert meaning.facts.named or kind == "headings"
