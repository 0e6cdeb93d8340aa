from __future__ import annotations

from bot.conversation.pieces import LastPieces, Piece


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_last_words_are_there_for_a_moment_and_once() -> None:
    clock = Clock()
    pieces = LastPieces(lasts_s=4.0, clock=clock)
    pieces.keep("a", Piece("one"))
    pieces.keep("b", Piece("two", cautioned=True))
    clock.now = 3.9
    assert pieces.take("a") == Piece("one")
    assert pieces.take("a") is None
    clock.now = 4.1
    assert pieces.take("b") is None
    assert pieces.take("c") is None
