"""Questions that a passage may answer, made from what stands above it: a person keeps or drops
them, and none counts before."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from knowledge.documents import PassageEntry

NUMBER = re.compile(r"^[\d.]+\s+|^\(?[a-z0-9]{1,3}\)\s+", re.IGNORECASE)


def proposed(title: str, passage: PassageEntry, kept: Collection[str]) -> tuple[str, ...]:
    """Those that are not kept already."""
    known = {each.casefold() for each in kept}
    return tuple(
        dict.fromkeys(each for each in _made(title, passage) if each.casefold() not in known)
    )


def _made(title: str, passage: PassageEntry) -> Iterator[str]:
    label = passage.label.rstrip(" .…")
    is_own = not passage.text.startswith(label)
    for subject in (passage.heading, label if is_own else None):
        words = NUMBER.sub("", subject or "").strip(" .:")
        if words and words not in (title, passage.reference):
            yield f"What does {title} say about {_inside(words)}?"
    lead = (passage.lead_in or "").strip().removesuffix(":").strip()
    if lead:
        yield f"What comes after “{lead}” in {title}?"
    if any(sign.isdigit() for sign in passage.reference) and "¶" not in passage.reference:
        yield f"What does {passage.reference} of {title} say?"


def _inside(words: str) -> str:
    """As it stands within a sentence; what is in capitals, such as MARAC, stays."""
    first, second = words[:1], words[1:2]
    return words if second.isupper() else first.lower() + words[1:]
