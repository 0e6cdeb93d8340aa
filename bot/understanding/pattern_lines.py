"""Patterns from files that people edit: put together from named parts, and compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import regex

from knowledge.errors import ContentError, Location, Violation
from knowledge.yaml_source import YamlSource


def compiled(
    source: YamlSource,
    lines: Sequence[str],
    written_out: Callable[[str], str] = str,
    flags: int = 0,
) -> regex.Pattern[str]:
    """Any of the lines. Raises ContentError for each that is no pattern, where it stands."""
    try:
        return regex.compile("|".join(f"(?:{written_out(line)})" for line in lines), flags)
    except (regex.error, LookupError) as error:
        alone = list(_unusable(source, lines, written_out, flags))
        raise ContentError(*alone or [_violation(source.place, error)]) from error


def filled_in(line: str, part: regex.Pattern[str], parts: Mapping[str, str]) -> str:
    """`line` with each part, and the parts within it, written out.

    Raises LookupError for a part that is not known or that holds itself.
    """
    for _ in range(len(parts) + 1):
        if not part.search(line):
            return line
        line = part.sub(lambda found: parts[found[1]], line)
    raise LookupError("a part that holds itself")


def _unusable(
    source: YamlSource, lines: Sequence[str], written_out: Callable[[str], str], flags: int
) -> Iterator[Violation]:
    for line in lines:
        try:
            regex.compile(written_out(line), flags)
        except (regex.error, LookupError) as error:
            yield _violation(source.place_of_text(line), error)


def _violation(place: Location, error: Exception) -> Violation:
    return Violation(place, f"this pattern cannot be used: {error}")
