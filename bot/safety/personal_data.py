"""Personal data, taken out of a message in memory before anything else may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import regex

from bot.safety.allowed import Allowed
from bot.safety.lookalikes import as_seen
from bot.safety.recognisers import analyser
from bot.settings import HOME

DATA = HOME / "data" / "safety"

PLACEHOLDERS = {
    "name": "[name]",
    "initials": "[initials]",
    "date_of_birth": "[date of birth]",
    "age": "[age]",
    "nhs_number": "[NHS number]",
    "upn": "[pupil number]",
    "national_insurance_number": "[National Insurance number]",
    "postcode": "[postcode]",
    "address": "[address]",
    "phone": "[phone number]",
    "email": "[e-mail]",
    "username": "[user name]",
    "case_number": "[case number]",
    "vehicle": "[vehicle number]",
    "bank_details": "[bank details]",
    "number": "[number]",
}
PRECEDENCE = tuple(PLACEHOLDERS)
"""Where two findings overlap, the first and longest names the kind; of equals, the earlier here."""

TAKEN_OUT = regex.compile("|".join(map(regex.escape, PLACEHOLDERS.values())))
AGE_BY_NAME = regex.compile(
    r"""(?<=\[name\](?:,|\ is|\ was|,?\ who\ is|,?\ who's)?
      (?:\ only|\ just|\ nearly)?(?:,?\ aged?)?\ ?\(?)
    \b(?:1?\d|[1-9]\d)
    (?:\ ?(?:years?|yrs?|months?|mths?|weeks?|wks?)(?:\ old)?|\ ?y/?o)?\b(?=[\s,;.?!)]|$)""",
    regex.IGNORECASE | regex.VERBOSE,
)


@dataclass(frozen=True)
class Redaction:
    """`text` with a placeholder for each finding; `found` are the kinds, in order, never values."""

    text: str
    found: tuple[str, ...]


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    kind: str


class PersonalData:
    """Finds and takes out personal data. Loads its model once; keeps nothing of what it reads."""

    def __init__(self, data: Path = DATA) -> None:
        self._allowed = Allowed.read(data / "allowed.yaml")
        self._analyser = analyser(data)

    def redact(self, text: str) -> Redaction:
        """`text` must be normalised. Redacting a redaction changes nothing."""
        found: dict[str, None] = {}
        while spans := self._spans(as_seen(text)):
            found.update((span.kind, None) for span in spans)
            text = _without(text, spans)
        return Redaction(text, tuple(found))

    def _spans(self, text: str) -> list[Span]:
        findings = self._analyser.analyze(text, language="en")
        spans = [Span(found.start, found.end, found.entity_type) for found in findings]
        spans += [Span(match.start(), match.end(), "age") for match in AGE_BY_NAME.finditer(text)]
        taken_out = [match.span() for match in TAKEN_OUT.finditer(text)]
        return _merged(
            part
            for span in spans
            for part in _around(span, taken_out)
            if not self._allowed.allows(text, part.start, part.end, part.kind)
        )


def _around(span: Span, taken_out: list[tuple[int, int]]) -> list[Span]:
    """The parts of `span` outside what an earlier pass took out."""
    for start, end in taken_out:
        if start < span.end and span.start < end:
            parts = (Span(span.start, start, span.kind), Span(end, span.end, span.kind))
            return [p for part in parts if part.start < part.end for p in _around(part, taken_out)]
    return [span]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans, key=_first_and_longest):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Span(last.start, max(last.end, span.end), last.kind)
        else:
            merged.append(span)
    return merged


def _first_and_longest(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, PRECEDENCE.index(span.kind)


def _without(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += (text[at : span.start], PLACEHOLDERS[span.kind])
        at = span.end
    return "".join((*parts, text[at:]))
