from __future__ import annotations

from bot.conversation.pieces import EarlierWords, LastPieces


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
