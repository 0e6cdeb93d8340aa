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
