from __future__ import annotations

from bot.understanding.personal_data.excerpt import MOST, PIECE, excerpt
from bot.understanding.personal_data.tokens import tokens_of


def test_a_short_text_is_read_whole() -> None:
    text = "then Tandrel came in"
    assert excerpt(text, tokens_of(text), [1]) == (text, set())


def test_a_long_text_is_read_around_its_doubtful_words() -> None:
    text = "word " * 150 + "then Tandrel came in " + "word " * 150
    read, unread = excerpt(text, tokens_of(text), [151])
    assert len(read) == len(text)
    assert read.split() == ["word"] * 4 + ["then", "Tandrel", "came", "in"] + ["word"] * 3
    assert unread == set()


def test_no_more_is_read_than_there_is_time_for() -> None:
    text = "Tandrel, Zorblat; " * 100
    tokens = tokens_of(text)
    read, unread = excerpt(text, tokens, list(range(len(tokens))))
    assert 0 < len(PIECE.findall(read)) <= MOST
    assert min(unread) > 0
    assert max(unread) == len(tokens) - 1
