from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.lookalikes import as_seen


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Кіеrаn", "Kieran"),
        ("Κιερan", "Kiepan"),
        ("КIЕRАN WАLSН", "KIERAN WALSH"),
        ("Ѕмітн was here", "Smith was here"),
        ("Ꮶieran", "Kieran"),
        ("ᴋɪᴇʀᴀɴ", "kieran"),
        ("Кёіrаn", "Keiran"),
    ],
)
def test_borrowed_letters_are_read_as_what_they_look_like(typed: str, read: str) -> None:
    assert as_seen(typed) == read


@pytest.mark.parametrize(
    "text", ["она пришла домой", "παιδί", "Łukasz Żółć", "D'Andre Ní Dhomhnaill"]
)
def test_another_language_stays(text: str) -> None:
    assert as_seen(text) == text


@given(st.text(max_size=60))
@settings(deadline=None, derandomize=True, max_examples=200)
def test_no_text_changes_its_length(text: str) -> None:
    assert len(as_seen(text)) == len(text)
