from __future__ import annotations

import pytest

from bot.understanding.places import Places

PLACES = Places({"kent", "sussex", "leeds"})


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("What does Kent say about bruising?", "Kent"),
        ("what does the east sussex procedure say about bruising", "East Sussex"),
        ("in Leeds who decides", "Leeds"),
        ("who decides in kent", "Kent"),
        ("Kent's policy on bruising", "Kent"),
        ("Kent SCP", "Kent"),
        ("a mother who moved here from Kent last year", None),
        ("what does Jade say about her dad", None),
        ("in school", None),
        ("", None),
    ],
)
def test_a_place_is_asked_for_its_source(text: str, place: str | None) -> None:
    assert PLACES.asked_of(text) == place


def test_without_a_list_no_place_is_known() -> None:
    assert Places().asked_of("what does Kent say about bruising") is None
