"""The words that a list of the source begins with, in `relations.yaml`, follow a new edition."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.operations.citing_content import RELATIONS
from bot.operations.yaml_edits import Edit, edit
from knowledge.relations import RelationsFile
from knowledge.revision import PassageChange, Revision
from knowledge.revision.new_text import as_it_says
from knowledge.revision.wording import words
from knowledge.schema import validated
from knowledge.yaml_source import YamlSource


def follow(folder: Path, revision: Revision) -> tuple[Edit, ...]:
    """They are the source's own, so they are written as the new text has them: with its signs where
    the words are the same, else as the lead-in of the first item is now, where they were that.

    What neither holds for is left, and is a slip. Raises ContentError.
    """
    file = folder / RELATIONS
    by_id = {change.id: change for change in revision.changes if change.id}
    openings: dict[int, str] = {}
    for number, entry in enumerate(validated(YamlSource.read(file), RelationsFile).lists):
        change = by_id.get(entry.first)
        if change is None or entry.opening in revision.after.text:
            continue
        if opening := _now(entry.opening, change, revision.after.text):
            openings[number] = opening
    return edit(file, lambda content: _write(content, openings)) if openings else ()


def _now(opening: str, change: PassageChange, text: str) -> str | None:
    same = as_it_says(text, words(opening))
    if same or not (change.before and change.after):
        return same
    was_lead_in = words(opening) == words(change.before.lead_in)
    return change.after.lead_in if was_lead_in else None


def _write(content: Any, openings: Mapping[int, str]) -> None:
    for number, opening in openings.items():
        content["lists"][number]["opening"] = opening
