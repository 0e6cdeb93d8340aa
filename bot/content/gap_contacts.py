"""Whether whom the known gaps name is among the contacts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.content.contacts import Contacts
from knowledge.errors import Violation
from knowledge.passage_questions import MISTAKEN_FOR
from knowledge.questions import TopicLine
from knowledge.schema import validated_lines


def unknown_contacts(folder: Path, contacts: Contacts) -> Iterator[Violation]:
    """`folder` holds an edition. What cannot be read is told by `Questions.read`, and not here."""
    unreadable: list[Violation] = []
    for name in MISTAKEN_FOR:
        for place, line in validated_lines(folder / name, TopicLine, unreadable):
            for problem in contacts.lacking(line.ask):
                yield Violation(place, f"{line.id}: {problem}")
