"""What a person types stays with this assistant: no box hands it to the maker of a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import HOME

TEMPLATES = HOME / "bot" / "web" / "templates"
TYPED_HERE = '{% include "typed_here.html" %}'
BOX = re.compile(
    r"""<textarea\b[^>]*>
    | <input\b (?: (?![^>]*\stype=) | (?=[^>]*\stype="(?:text|search|email|tel|url|password)") )
      [^>]*>""",
    re.VERBOSE,
)
"""The tag of a place to type in. An input of no type is one."""
WITH_BOX = [
    file
    for file in sorted(TEMPLATES.rglob("*.html"))
    if not file.is_relative_to(TEMPLATES / "manage") and BOX.search(file.read_text("utf-8"))
]


def test_boxes_are_found() -> None:
    assert {"composer.html", "sources.html"} <= {file.name for file in WITH_BOX}


@pytest.mark.parametrize("file", WITH_BOX, ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_every_box_that_a_person_types_in_keeps_it_here(file: Path) -> None:
    """At `/manage` people write what is to be published, and may have their spelling checked."""
    for box in BOX.findall(file.read_text("utf-8")):
        assert TYPED_HERE in box
