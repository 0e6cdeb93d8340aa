"""Personal data, taken out of a message in memory before anything else may see it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from pathlib import Path

import regex
import structlog

from bot.understanding.lookalikes import as_seen
from bot.understanding.personal_data.allow_list import Allowed
from bot.understanding.personal_data.names import Names
from bot.understanding.personal_data.placeholders import PLACEHOLDERS, PRECEDENCE, TAKEN_OUT
from bot.understanding.personal_data.recognisers import recognisers

log = structlog.get_logger()

NAME = PLACEHOLDERS["name"]

MOST_READINGS = 3
"""The messages of tests/safety need no more, and the last of theirs finds nothing."""

AGE_BY_NAME = regex.compile(
    r"""(?=\d)(?<=\[name\](?:,|\ is|\ was|,?\ who\ is|,?\ who's)?
      (?:\ only|\ just|\ nearly)?(?:,?\ aged?)?\ ?\(?)
    \b(?:1?\d|[1-9]\d)
    (?:\ ?(?:years?|yrs?|months?|mths?|weeks?|wks?)(?:\ old)?|\ ?y/?o)?\b
      (?=[\s,;.?!]|$|\)(?<=\([^()\n]{1,30}\)))""",
    regex.IGNORECASE | regex.VERBOSE,
)


MOST_FINDINGS = 200
"""One in ten characters of the longest text: a list, and no message, of which nothing is kept."""


@dataclass(frozen=True)
class Redaction:
    """`text` with a placeholder for each finding; `found` are the kinds, in order, never values.

    `names` are what stood where `text` now says that there was a name, in order. They are there for
    `with_names` alone, and for `giving_back`. `unlisted` are those that no list of people's names
    holds, as they stood there.
    """

    text: str
    found: tuple[str, ...]
    names: tuple[str, ...] = field(default=(), repr=False, compare=False)
    unlisted: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    @property
    def with_names(self) -> str:
        """`text` with the names in it, to be read for a document's name and go no further."""
        names = iter(self.names)
        return TAKEN_OUT.sub(
            lambda found: next(names, NAME) if found[0] == NAME else found[0], self.text
        )

    def giving_back(self, is_place: Callable[[str], bool]) -> Redaction:
        """With the words in it again that nobody is listed by and that are a place."""
        names, kept = iter(self.names), list[str]()

        def given(found: regex.Match[str]) -> str:
            name = next(names, NAME) if found[0] == NAME else found[0]
            if name in self.unlisted and is_place(name):
                return name
            if found[0] == NAME:
                kept.append(name)
            return found[0]

        text = TAKEN_OUT.sub(given, self.text)
        if text == self.text:
            return self
        still = any(each != NAME for each in kept)
        found_kinds = tuple(each for each in self.found if still or each != "name")
        return Redaction(text, found_kinds, tuple(kept), self.unlisted)


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    kind: str


class Redactor:
    """Finds and takes out personal data. Reads its lists once; keeps nothing of what it reads."""

    def __init__(self, data: Path) -> None:
        self._allowed = Allowed.read(data / "allow_list.yaml")
        self._recognisers = recognisers(data)

    def redact(self, text: str) -> Redaction:
        """`text` must be normalised. Redacting a redaction changes nothing.

        Of a text that cannot be read to the end nothing is left.
        """
        found: dict[str, None] = {}
        # Who types a placeholder has typed no name.
        names = (NAME,) * text.count(NAME)
        try:
            for _ in range(MOST_READINGS):
                spans = self._spans(as_seen(text))
                if not spans:
                    unlisted = frozenset(each for each in names if self._is_unlisted(each))
                    return Redaction(text, tuple(found), names, unlisted)
                if len(spans) > MOST_FINDINGS:
                    break
                found.update((span.kind, None) for span in spans)
                text, names = _without(text, spans, names)
        except TimeoutError:
            log.error("personal_data.pattern_too_slow")
        return Redaction(PLACEHOLDERS["message"], (*found, "message"))

    def _is_unlisted(self, name: str) -> bool:
        """Whether no list of people's names holds any word of it."""
        return not any(
            each.is_listed(name) for each in self._recognisers if isinstance(each, Names)
        )

    def _spans(self, text: str) -> list[Span]:
        findings = [found for each in self._recognisers for found in each.analyze(text, [])]
        spans = [Span(found.start, found.end, found.entity_type) for found in findings]
        spans += [Span(match.start(), match.end(), "age") for match in AGE_BY_NAME.finditer(text)]
        taken_out = [match.span() for match in TAKEN_OUT.finditer(text)]
        return _merged(
            part
            for span in spans
            for part in _around(span, taken_out)
            if not self._allowed.allows(text, part.start, part.end, part.kind)
        )


def _around(span: Span, taken_out: list[tuple[int, int]]) -> Iterator[Span]:
    """The parts of `span` outside what an earlier pass took out."""
    at = span.start
    for start, end in taken_out[bisect_right(taken_out, at, key=itemgetter(1)) :]:
        if start >= span.end:
            break
        if at < start:
            yield Span(at, start, span.kind)
        at = end
    if at < span.end:
        yield Span(at, span.end, span.kind)


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


def _without(text: str, spans: list[Span], names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """`names` are those that stood in `text` before. No span holds a placeholder."""
    parts: list[str] = []
    earlier, now = iter(names), list[str]()
    at = 0
    for span in spans:
        parts += (text[at : span.start], PLACEHOLDERS[span.kind])
        now += islice(earlier, parts[-2].count(NAME))
        if span.kind == "name":
            now.append(text[span.start : span.end])
        at = span.end
    return "".join((*parts, text[at:])), (*now, *earlier)
