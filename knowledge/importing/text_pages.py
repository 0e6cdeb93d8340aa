"""The pages of a printed text made one again: what runs over each is taken out of its lines."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.importing.block import one_line
from knowledge.importing.markers import split_marker
from knowledge.importing.running import goes_on, running, without_numbers

PAGE_BREAK = "\f"


def without_pages(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines without running heads and feet, and each of these once.

    A page break stands on a line of its own. A sentence that goes on over it is one again.
    """
    filled = [at for at, line in enumerate(lines) if line.strip(" \t")]
    out = running([lines[at] if _stands_apart(lines, at) else "" for at in filled])
    gone = {filled[at] for at in out} | {at for at in filled if lines[at] == PAGE_BREAK}
    kept: list[str] = []
    parted = False
    for at, line in enumerate(lines):
        if at in gone:
            parted = True
            continue
        if parted and line.strip():
            parted = False
            _close_gap(kept, line)
        kept.append(line)
    said = {without_numbers(lines[at]): one_line(lines[at]) for at in sorted(gone, reverse=True)}
    return kept, [text for text in reversed(said.values()) if text]


def _stands_apart(lines: Sequence[str], at: int) -> bool:
    """Whether a line has no line above it, or none below it, and no mark of a heading."""
    around = [lines[near] for near in (at - 1, at + 1) if 0 <= near < len(lines)]
    apart = len(around) < 2 or not all(line.strip() for line in around)
    return apart and not lines[at].lstrip().startswith(("#", ">", "|"))


def _close_gap(kept: list[str], line: str) -> None:
    """Leaves one blank line above `line`, or none where it goes on with a sentence."""
    while kept and not kept[-1].strip():
        kept.pop()
    whole = kept and goes_on(kept[-1], line.strip()) and not split_marker(line.strip())[0]
    if kept and not whole:
        kept.append("")
