from __future__ import annotations

from itertools import pairwise

import pytest

from bot.understanding.safety.prefilter import Prefilter
from bot.understanding.safety.windows import READ_WHOLE, STEP, WIDTH, likeliest, windows
from tests.shipped import SAFETY

PREFILTER = Prefilter.read(SAFETY / "prefilter.npz")
FILLER = "We met on Tuesday to agree the plan and the chair sent round the minutes. "
DANGER = "the baby is not breathing"


def words(count: int) -> list[str]:
    return [f"w{number}" for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, READ_WHOLE])
def test_a_short_message_has_no_windows(count: int) -> None:
    assert windows(" ".join(words(count))) == []


@pytest.mark.parametrize("count", [READ_WHOLE + 1, 2 * READ_WHOLE, 200])
def test_windows_overlap_and_hold_every_word(count: int) -> None:
    said = words(count)
    found = [each.split() for each in windows(" ".join(said))]
    assert all(len(each) == WIDTH for each in found)
    assert [word for word in said if not any(word in each for each in found)] == []
    assert found[0] == said[:WIDTH]
    assert found[-1] == said[-WIDTH:]
    starts = [said.index(each[0]) for each in found]
    assert all(0 < after - before <= STEP for before, after in pairwise(starts))


def test_a_window_has_the_words_as_they_stand() -> None:
    text = "\n".join(f"He said:  “no {word}”." for word in words(40))
    assert all(each in text for each in windows(text))


def test_what_has_no_breaks_is_read_piece_by_piece() -> None:
    assert len(windows("x" * 5000)) > 1


@pytest.mark.parametrize("at", [0, 40, 80])
def test_the_likeliest_pieces_hold_the_danger_wherever_it_stands(at: int) -> None:
    text = f"{FILLER * at}{DANGER}. {FILLER * (80 - at)}"
    chosen = likeliest(text, 2000, PREFILTER)
    assert DANGER in chosen.replace("\n", " ")
    assert len(chosen) <= 2000


def test_the_likeliest_pieces_keep_their_order() -> None:
    text = f"{FILLER * 20}he is strangling her. {FILLER * 20}{DANGER}. {FILLER * 20}"
    chosen = likeliest(text, 500, PREFILTER)
    assert 0 <= chosen.index("strangling") < chosen.index("breathing")


@pytest.mark.parametrize("text", ["x" * 5000, " " * 5000, "é" * 5000])
def test_of_any_text_something_is_read(text: str) -> None:
    assert 0 < len(likeliest(text, 2000, PREFILTER)) <= 2000
