from __future__ import annotations

from knowledge.text_pairs import with_asked, with_earlier, with_option


def test_what_is_read_together_stands_on_two_sides_of_a_mark() -> None:
    assert with_asked("Is she safe?", "no") == "Is she safe? [SEP] no"
    assert (
        with_option("Is she safe?", "not really", "No") == "Is she safe? [SEP] not really [SEP] No"
    )
    assert with_earlier(["he left", "on Monday"], "why?") == "he left\non Monday [SEP] why?"
    assert with_earlier([], "why?") == "why?"
