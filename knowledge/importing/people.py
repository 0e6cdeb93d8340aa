"""Names of people that a document gives by a title, or as its author."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.importing.block import Block

PART = r"[A-Z][a-z’'-]+(?:[A-Z][a-z]+)?"
NAME = rf"{PART}(?: (?:[A-Z]\.?|van|de|der))* {PART}"
TITLED = re.compile(rf"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof(?:essor)?|Sir|Dame|Lord|Lady|Revd?)\.? ({NAME})")
AUTHORED = re.compile(
    r"\b(?:[Aa]uthors?|AUTHORS?|[Ww]ritten by|[Pp]repared by|[Cc]hair(?:ed by)?|[Ss]igned(?: by)?"
    rf"|[Oo]wner|[Aa]pproved by|[Cc]ontact|[Ll]ead)(?: \||:)? ({NAME}(?:(?:, | and ){NAME})*)"
)
CONTACTED = re.compile(
    rf"({NAME})\s?[,:–-] (?:tel\w*:? |e-?mail:? )?(?:\[e-?mail\]|\[phone\]|[\w.+-]+@|\+?\d)"
)
BEFORE_NAME = re.compile(
    rf"\b(?:Manager|Officer|Lead|Director|Chair)(?: is|,|:)? ({NAME})(?=[.,)]|$)"
)
AND = re.compile(r", | and ")
FULL = re.compile(NAME)
_NO_NAME = """
Act And Assessment Authority Board Care Carer Carers Child Children Committee Council County
Designated Director Doctor Duty Education Executive Family Foster Fostering Group Guidance Head
Health Independent Lead Local Management Manager Medical Named National Nurse Officer
Panel Partnership Police Policy Procedure Procedures Professional Protection Registered Safeguarding
Safety Service Services Social Staff Strategy Sub Sub-Group Team The Trust Work Worker Young Report
Review Appendix Details January March June
"""
NO_NAME = frozenset(_NO_NAME.split())


def people_in(blocks: Iterable[Block], named: Iterable[str] = ()) -> tuple[str, ...]:
    """In the order in which they come; `named` are those that the file itself names."""
    found = {name: None for text in named for name in FULL.findall(text) if _is_name(name)}
    found.update(dict.fromkeys(people_in_text(block.text for block in blocks)))
    return tuple(found)


def people_in_text(lines: Iterable[str]) -> tuple[str, ...]:
    """In the order in which they come."""
    found: dict[str, None] = {}
    for line in lines:
        for pattern in (TITLED, AUTHORED, CONTACTED, BEFORE_NAME):
            for names in pattern.findall(line):
                found.update(dict.fromkeys(filter(_is_name, AND.split(names))))
    return tuple(found)


def _is_name(name: str) -> bool:
    """Words of a title or an office are none, and neither is "Laming's Report"."""
    words = name.replace("’", "'").split()
    return not NO_NAME.intersection(words) and not any(word.endswith("'s") for word in words)
