"""Personal data that can come from nowhere else, and the search for it on disk."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random

from bot.induction.codes import new_code

NAME, LOWER, MAIL, HANDLE = "Zorvath Quillfeather", "quessilda", "zqmark", "zqsnap_77"
PHONE, NHS, CASE, POSTCODE = "07700 900987", "999 047 3188", "8837261", "LN99 3DY"
INSURANCE = "QQ 98 34 56 C"
CODE = new_code(Random(0).choice)


def neighbours(code: str) -> tuple[str, ...]:
    """Every two groups of a learner's code that follow each other."""
    groups = code.split("-")
    return tuple(f"{one} {two}" for one, two in pairwise(groups))


MARKS = (
    *("zorvath", "quillfeather", LOWER, MAIL, HANDLE, CASE, PHONE, NHS, POSTCODE, INSURANCE),
    *neighbours(CODE),
)
# No personal data, so that a redaction leaves it: it must be gone where nothing at all is kept.
REFUSED = "zxqvrefused"

PERSONAL = (
    f"{NAME} and child called {LOWER}, NHS {NHS}, NI number {INSURANCE}, mum on {PHONE}, "
    f"{MAIL}@example.org, snapchat is {HANDLE}, case ref {CASE}, lives at {POSTCODE}."
)


def shown_in(text: str) -> list[str]:
    return [mark for mark in (*MARKS, REFUSED) if _lies_in(mark, text.lower().encode())]


def everywhere(folder: Path, marks: tuple[str, ...] = (*MARKS, REFUSED)) -> list[str]:
    """Each mark with the file that holds it, however the file spells it."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_relative_to(folder / "models"):
            continue
        with suppress(FileNotFoundError):
            held = path.read_bytes().lower()
            found += [f"{mark} in {path.name}" for mark in marks if _lies_in(mark, held)]
    return found


def _lies_in(mark: str, held: bytes) -> bool:
    mark = mark.lower()
    spellings = (mark, *(mark.replace(" ", blank) for blank in ("", "-", "+", "%20")))
    return any(spelling.encode() in held for spelling in spellings)
