from __future__ import annotations

import pytest

from knowledge.asking import MOST, asked_further, asking_sentences, asks, told


@pytest.mark.parametrize(
    "text",
    [
        *("Who chairs it?", "what's a chronology", "in which document is it", "can i share it"),
        *("so?", "Quote it with the number.", "tell me what it says", "Fathers - the exact words."),
    ],
)
def test_a_question_is_known_by_how_it_begins_or_ends(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    ["yes", "Mum said no.", "the whole family", "island", "tell mum", "his exact words hurt", ""],
)
def test_other_words_ask_nothing(text: str) -> None:
    assert not asks(text)


def test_the_sentences_that_ask_are_found_in_their_order() -> None:
    assert asking_sentences(
        "Mum said no on Tuesday. Do I need her consent? She was shaking.\nwho else can i ask"
    ) == ["Do I need her consent?", "who else can i ask"]


@pytest.mark.parametrize(
    "text", ["", "Do I need her consent?", "Thanks. Do I need her consent?", "We met. It was long."]
)
def test_one_sentence_is_not_taken_apart(text: str) -> None:
    """It is the message, which is searched for whole."""
    assert asking_sentences(text) == []


def test_only_so_many_are_searched_for() -> None:
    assert len(asking_sentences("Do I need her consent? " * (MOST + 3))) == MOST


@pytest.mark.parametrize(
    ("text", "tells", "asks_further"),
    [
        ("She can't, does that matter?", "She can't, does that matter?", "does that matter?"),
        ("3 then. And who takes minutes?", "3 then.", "And who takes minutes?"),
        ("the aunt", "the aunt", ""),
        ("what if they tell the gran?", "", ""),
        ("He told me. It was late, so why?", "He told me. It was late, so why?", ""),
    ],
)
def test_what_is_told_and_what_is_asked_beside_it(text: str, tells: str, asks_further: str) -> None:
    assert told(text) == tells
    assert asked_further(text) == asks_further
