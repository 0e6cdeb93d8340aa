"""A proposed document in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.cli.render import ASIDE, MARKED, WARNING
from knowledge.importing import ImportedDocument, NotQuotable, ProposedPassage
from knowledge.importing.forms import NAMES

KINDS = {"paragraph": "paragraphs", "item": "list items", "row": "table rows"}


def rendered(document: ImportedDocument) -> Iterator[RenderableType]:
    yield from _about(document)
    yield _headline("Passages")
    for passage in document.passages:
        yield from _passage(passage)
    yield _headline("Not quotable")
    lines = document.text.splitlines()
    for part in document.furniture:
        yield from _not_quotable(part, lines)
    if not document.furniture:
        yield Text("Nothing.")
    yield _headline("Names of people")
    yield from map(Text, document.people or ["None found."])
    yield Text(
        "Others may stand in the text: only names after a title or an office are found.", ASIDE
    )


def _about(document: ImportedDocument) -> Iterator[Text]:
    kinds = Counter[str](passage.kind for passage in document.passages)
    counted = ", ".join(_counted(kinds[kind], name) for kind, name in KINDS.items())
    out = sum(last - first + 1 for first, last in (part.lines for part in document.furniture))
    yield Text(document.title, MARKED)
    yield Text(f"Form: {NAMES[document.form]}")
    yield Text(f"SHA-256: {document.sha256}")
    yield Text(f"Passages: {len(document.passages)} ({counted})")
    yield Text(f"Headings: {len(document.headings)}")
    yield Text(f"Lines not quotable: {out} of {len(document.text.splitlines())}")
    yield Text("This is a proposal. Nothing was changed, and nothing is published.", WARNING)
    yield Text("Line numbers are those of the text as it would be kept (--json writes it).", ASIDE)


def _counted(count: int, name: str) -> str:
    return f"{count} {name.removesuffix('s') if count == 1 else name}"


def _headline(text: str) -> RenderableType:
    return Padding(Text(text, MARKED), (1, 0, 0, 0))


def _passage(passage: ProposedPassage) -> Iterator[RenderableType]:
    kind = KINDS[passage.kind].removesuffix("s")
    place = f"{_reference(passage)} ({kind}, {_lines(passage.lines)})"
    yield Padding(Text(place, MARKED), (1, 0, 0, 0))
    if passage.heading:
        yield _indented(Text(passage.heading, ASIDE))
    if passage.lead_in:
        yield _indented(Text(f"Led in by: {passage.lead_in}", ASIDE))
    yield _indented(Text(f"“{passage.text}”"))


def _reference(passage: ProposedPassage) -> str:
    if passage.reference:
        return passage.reference
    return f"Below {passage.under}, no number" if passage.under else "No number"


def _not_quotable(part: NotQuotable, lines: Sequence[str]) -> Iterator[RenderableType]:
    first, last = part.lines
    yield Text(f"{_lines(part.lines).capitalize()}: {part.why}")
    for line in lines[first - 1 : last]:
        yield _indented(Text(line.strip(), ASIDE))


def _lines(lines: tuple[int, int]) -> str:
    first, last = lines
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _indented(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, 2))
