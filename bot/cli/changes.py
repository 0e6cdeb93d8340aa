"""What a new edition changes, and what that means for what cites it, in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.cli.render import ASIDE, MARKED, WARNING
from bot.operations.citations import PLACES_CALLED, by_kind
from bot.operations.impact import Affected, Impact
from bot.operations.yaml_edits import Edit
from knowledge.revision import (
    ChangeKind,
    CitingPlace,
    PassageChange,
    Revision,
    Segment,
)

KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
REMOVED, ADDED = "red strike", "green"
AROUND = 8
"""So many words of a part that is the same stand before and after a difference."""


def changes(revision: Revision) -> Iterator[RenderableType]:
    """The counts, then every change that is not `same`."""
    counts = Counter(change.kind for change in revision.changes)
    counted = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS)
    yield Text(f"Passages: {counted}", MARKED)
    for change in revision.changes:
        if change.kind not in ("same", "moved"):
            yield from _change(change)
    if counts["moved"]:
        yield _headline("Moved, with the same words")
        for change in revision.changes:
            if change.kind == "moved":
                yield _indented(Text(f"{change.id}: {_numbers(change)}"), 2)
    if revision.questions:
        yield _headline("Questions that are taken out, as their passage is removed")
        for out in revision.questions:
            yield Text(f"{out.passage_id}: {'; '.join(out.questions)}")


def impact_list(found: Impact) -> Iterator[RenderableType]:
    """What cites the passages that are not the same."""
    if found.named:
        yield _headline("To decide on first: it names the document as it was before", WARNING)
        yield from places(found.named)
    if found.broken:
        yield _headline("Broken: the passage is gone and still cited", "red")
        yield from _affected(found.broken)
    if found.to_check or found.beside:
        yield _headline("To check: the words have changed", WARNING)
        yield from _affected(found.to_check)
        if found.beside:
            yield Text("Beside the whole document")
            yield from places(found.beside)
    if found.told:
        yield _headline("Told: the same words stand elsewhere")
        yield from _affected(found.told)
    if not (found.broken or found.to_check or found.told or found.beside or found.named):
        yield _headline("Nothing that cites it is affected.")


def places(citations: Sequence[CitingPlace]) -> Iterator[RenderableType]:
    """Grouped by kind, each with its file and line, and the name for commands."""
    for kind, group in by_kind(tuple(citations)):
        yield _indented(Text(f"{PLACES_CALLED[kind]}:"), 2)
        for each in group:
            yield _indented(Text(f"{each.place}: {each.name} [{each.key}]"), 4)


def listed(citations: Sequence[CitingPlace]) -> str:
    """The same as lines that are never broken, for an error, with the passage that each cites."""
    lines: list[str] = []
    for kind, group in by_kind(tuple(citations)):
        lines.append(f"{PLACES_CALLED[kind]}:")
        lines += [f"  {each.place}: {each.name} cites {each.cited}" for each in group]
    return "\n".join(lines)


def edits(made: Iterable[Edit]) -> Iterator[RenderableType]:
    for edit in made:
        yield Text(f"{edit.file.parent.name}/{edit.file.name}:{edit.line}", MARKED)
        yield from (_indented(Text(f"- {line.strip()}", REMOVED), 2) for line in edit.before)
        yield from (_indented(Text(f"+ {line.strip()}", ADDED), 2) for line in edit.after)


def differences(segments: Sequence[Segment]) -> Text:
    """With marks that are read without colour, too: [-old-] {+new+}."""
    text = Text()
    for number, segment in enumerate(segments):
        words = segment.words.strip()
        if segment.kind == "removed":
            text.append(f"[-{words}-]", REMOVED)
        elif segment.kind == "added":
            text.append(f"{{+{words}+}}", ADDED)
        else:
            text.append(_shortened(words, number == 0, number == len(segments) - 1))
        text.append(" ")
    text.rstrip()
    return text


def _shortened(said: str, first: bool, last: bool) -> str:
    words = said.split()
    if len(words) <= 2 * AROUND + 1:
        return " ".join(words)
    before = [] if first else words[:AROUND]
    after = [] if last else words[-AROUND:]
    return " ".join([*before, "…", *after])


def _change(change: PassageChange) -> Iterator[RenderableType]:
    yield Padding(Text(f"{change.kind}: {change.id} ({_numbers(change)})", MARKED), (1, 0, 0, 0))
    for context in change.context:
        was, now = context.before or "none", context.after or "none"
        yield _indented(Text(f"{context.what}: “{was}” is now “{now}”", WARNING), 2)
    if change.words:
        yield _indented(differences(change.words), 2)
    elif change.kind in ("removed", "new"):
        passage = change.after or change.before
        look = REMOVED if change.kind == "removed" else ADDED
        yield _indented(Text(f"“{passage.text if passage else ''}”", look), 2)
    if change.shares_words_with:
        named = ", ".join(change.shares_words_with)
        said = "Its words stand in" if change.kind == "removed" else "Its words were in"
        yield _indented(Text(f"{said} {named}", ASIDE), 2)


def _numbers(change: PassageChange) -> str:
    was = change.before.reference if change.before else None
    if was and change.reference and was != change.reference:
        return f"{was} is now {change.reference}"
    if change.kind == "moved":
        return f"{change.reference}, at another place or under other headings"
    return change.reference or was or ""


def _affected(found: Sequence[Affected]) -> Iterator[RenderableType]:
    for each in found:
        yield Text(f"{each.change.id} ({_numbers(each.change)})")
        yield from places(each.citations)


def _headline(text: str, look: str = MARKED) -> RenderableType:
    return Padding(Text(text, look), (1, 0, 0, 0))


def _indented(text: Text, by: int) -> RenderableType:
    return Padding(text, (0, 0, 0, by))
