"""Documents by name, with the shipped library and with one that has areas inside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.library import Library
from knowledge.naming import DocumentNames

LIBRARY = Library.read()
NAMES = DocumentNames(LIBRARY.documents.values())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("And Solihull?", ("004",)),
        ("what does 003 say", ("003",)),
        ("is it Lincolnshire's or Knowsley's", ("001", "003")),
        ("what do the Safeguarding Partnership Principles say", ("002",)),
        ("the Knowsley Safeguarding Children Board", ("003",)),
        ("what are the key principles", ()),
        ("who keeps the record", ()),
        ("ring 0030 or 999", ()),
    ],
)
def test_a_document_is_named_by_id_area_publisher_or_title(
    text: str, named: tuple[str, ...]
) -> None:
    assert NAMES(text) == named


def test_the_longer_name_counts() -> None:
    one = LIBRARY.documents["001"]
    north = replace(one, id="010", area="north-lincolnshire", publisher="another publisher here")
    names = DocumentNames([one, north])
    assert names("what about North Lincolnshire") == ("010",)
    assert names("North Lincolnshire or Lincolnshire") == ("001", "010")


MARLSHIRE = replace(
    LIBRARY.documents["002"],
    id="005",
    title="Bruising in non-mobile infants",
    publisher="Marlshire Safeguarding Children Partnership",
    area="marlshire",
)
OWN = DocumentNames(
    [*LIBRARY.documents.values(), MARLSHIRE, replace(MARLSHIRE, id="006", title="x")]
)


@pytest.mark.parametrize(
    "text",
    [
        "MSCP",
        "what does marlshire SCP say about photographs",
        "Marlshire's procedure",
        "in marlshire",
    ],
)
def test_every_document_of_a_place_is_named_by_it_however_short(text: str) -> None:
    assert OWN(text) == ("005", "006")


@pytest.mark.parametrize("text", ["what does South Marlshire say", "what is the LSCP", "Kent"])
def test_another_place_is_no_document(text: str) -> None:
    assert OWN(text) == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what does Marlshire say about bruising", "bruising"),
        ("What does the Marlshire procedure say about body maps?", "body maps"),
        ("what do Marlshire's policies say on photographs", "photographs"),
        ("Marlshire bruising", "bruising"),
        ("in marlshire what happens if the baby is unwell", "what happens if the baby is unwell"),
        ("who is told, according to MSCP", "who is told"),
        ("bruising in non-mobile infants", ""),
        ("Marlshire", ""),
        ("who decides", "who decides"),
    ],
)
def test_what_is_asked_of_a_document_is_told_apart_from_its_name(text: str, asked: str) -> None:
    assert OWN.asked(text) == asked


def test_a_place_is_known_by_its_whole_name() -> None:
    assert OWN.is_area("Marlshire")
    assert OWN.is_area("marlshire’s")
    assert not OWN.is_area("Marlshire Safeguarding Children Partnership")
