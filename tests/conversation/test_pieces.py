from __future__ import annotations

from bot.conversation.pieces import (
    FEW_WORDS,
    DangerLeftOpen,
    DocumentsTakenOut,
    EarlierWords,
    LastAsked,
    LastPieces,
)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_last_words_are_there_for_a_moment_and_once() -> None:
    clock = Clock()
    pieces = LastPieces(lasts_s=4.0, clock=clock)
    pieces.keep("a", "one")
    pieces.keep("b", "two")
    clock.now = 3.9
    assert pieces.take("a") == "one"
    assert pieces.take("a") is None
    clock.now = 4.1
    assert pieces.take("b") is None
    assert pieces.take("c") is None


def test_the_last_two_messages_are_read_with_the_next_for_a_while() -> None:
    clock = Clock()
    earlier = EarlierWords(lasts_s=900.0, clock=clock)
    for words in ("one", "two", "three"):
        earlier.add("a", words)
    assert earlier.of("a") == ("two", "three")
    assert earlier.of("b") == ()
    earlier.forget("a")
    assert earlier.of("a") == ()
    earlier.add("a", "four")
    clock.now = 900.1
    assert earlier.of("a") == ()


def test_the_documents_of_the_last_questions_are_remembered_for_a_while() -> None:
    clock = Clock()
    documents = DocumentsTakenOut(lasts_s=900.0, clock=clock)
    for words in ("one", "two", "three", "four"):
        documents.keep("a", words, ("003",))
    documents.keep("a", "three", ("004",))
    assert documents.of("a") == {"two": ("003",), "four": ("003",), "three": ("004",)}
    assert documents.of("b") == {}
    documents.keep("a", "two", ())
    assert list(documents.of("a")) == ["four", "three"]
    documents.forget("a")
    assert documents.of("a") == {}
    documents.keep("a", "one", ("003",))
    clock.now = 900.1
    assert documents.of("a") == {}


def test_what_leaves_danger_open_again_is_not_new() -> None:
    clock = Clock()
    danger = DangerLeftOpen(lasts_s=900.0, clock=clock)
    assert [danger.is_new("a", left_open=each) for each in (True, True, False, True)] == [
        *(True, False),
        *(False, True),
    ]
    assert danger.is_new("b", left_open=True)
    clock.now = 900.1
    assert danger.is_new("a", left_open=True)


def test_a_few_words_may_answer_what_was_asked_last() -> None:
    clock = Clock()
    asked = LastAsked(lasts_s=900.0, clock=clock)
    asked.keep("a", "Is it over?")
    assert asked.of("a", "yes") == "Is it over?"
    assert asked.of("a", "word " * (FEW_WORDS + 1)) is None
    assert asked.of("b", "yes") is None
    clock.now = 900.1
    assert asked.of("a", "yes") is None
    asked.keep("a", "Is it over?")
    asked.keep("a", None)
    assert asked.of("a", "yes") is None
