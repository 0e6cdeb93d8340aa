"""No page names a file, or an id where a person knows better."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.manage.names import PassageNames
from bot.manage.slip_words import said_of, sentence
from bot.settings import HOME
from knowledge.errors import Location
from tests.shipped import LIBRARY

TITLE = LIBRARY.documents["000"].title


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Location("data/contacts.yaml", 3), "The contacts"),
        (Location("data/notices.yaml", 3), "Notices that are said before an answer"),
        (Location("47017b2457d7/notices.yaml", 3), "The notices beside passages"),
        (Location("flows/tell_parents.yaml", 9), "The decision “tell parents”"),
        (Location("000/passages.json"), "The passages of A title"),
        (Location("x/unheard_of.yaml"), "The content"),
        (Location("the form"), ""),
        (Location("A title"), "A title"),
    ],
)
def test_a_place_is_said_in_words(place: Location, said: str) -> None:
    assert said_of(place, {"000": "A title"}.__getitem__) == said


def test_a_slip_is_a_sentence() -> None:
    assert sentence("tick one or more places") == "Tick one or more places."
    assert sentence("Is it?") == "Is it?"


def test_ids_of_passages_become_what_people_know_them_by() -> None:
    names = PassageNames(lambda: [HOME / "knowledge"])
    reference = LIBRARY.quote("000.p1").citation.reference
    assert names.called("000.p1") == f"{reference} of {TITLE}"
    assert names.called("000") == TITLE
    assert names.in_words("there is no passage '000.p1' any more. See 000.none.") == (
        f"there is no passage {reference} of {TITLE} any more. See 000.none."
    )
    assert names.in_words("at 9.30 on 2.1") == "at 9.30 on 2.1"


def test_what_is_gone_is_called_as_it_was_and_looked_for_once() -> None:
    asked: list[str] = []

    def earlier(document_id: str) -> list[Path]:
        asked.append(document_id)
        return [HOME / "knowledge"]

    names = PassageNames(tuple, earlier)
    assert names.called("000.p1").endswith(f" of {TITLE}")
    assert names.text_of("000.p1") == LIBRARY.passages["000.p1"].text
    assert names.called("009.none") == "009.none"
    assert names.text_of("009.none") is None
    assert asked == ["000", "009"]
