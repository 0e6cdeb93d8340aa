"""A passage before and after, with the words that differ, for two columns."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.revision import PassageChange, Segment, word_differences
from knowledge.revision.wording import nearest_heading, without_number


@dataclass(frozen=True)
class Side:
    """What stood or stands there, word for word. `words`: no segment of it is `removed`; those that
    the other side lacks are `added`."""

    reference: str
    heading: str | None
    lead_in: str | None
    words: tuple[Segment, ...]

    @property
    def nearest(self) -> tuple[str, ...]:
        """The words of the heading that it stands under: two with the same say the same of it."""
        return nearest_heading(self.heading)


@dataclass(frozen=True)
class Sides:
    change: PassageChange
    before: Side | None
    after: Side | None

    @classmethod
    def of(cls, change: PassageChange) -> Sides:
        old, new = _text(change.before), _text(change.after)
        before = after = None
        if was := change.before:
            before = Side(was.reference, was.heading, was.lead_in, _words(new, old))
        if now := change.after:
            number = change.reference or now.reference or ""
            after = Side(number, now.heading, now.lead_in, _words(old, new))
        return cls(change, before, after)


def _text(passage: object) -> str | None:
    text, reference = getattr(passage, "text", None), getattr(passage, "reference", None)
    return without_number(text, reference) if text is not None else None


def _words(other: str | None, text: str | None) -> tuple[Segment, ...]:
    """The text; against no other, nothing in it is marked."""
    if other is None or text is None:
        return (Segment("same", text or ""),)
    return tuple(each for each in word_differences(other, text) if each.kind != "removed")
