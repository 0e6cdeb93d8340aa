from __future__ import annotations

from bot.understanding.shown import Shown


def test_it_comes_back_from_a_slot_as_it_went_in() -> None:
    shown = Shown("what must I record?", ("003.2.6.1",), ("003.2.6.2",), ("003",))
    assert Shown.from_json(shown.to_json()) == shown


def test_all_that_was_seen_has_the_latest_first() -> None:
    assert Shown("q", ("b", "c"), ("a",)).all_passages == ("b", "c", "a")
