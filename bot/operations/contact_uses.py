"""What needs a contact, so that it cannot simply go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.contacts import ROLES, Contacts
from bot.content.data_files import DataFiles
from bot.content.notices import SpokenNoticesFile
from bot.content.safety_wording import read_safety_wording
from knowledge.files import read_json_lines
from knowledge.passage_questions import GAPS
from knowledge.schema import validated
from knowledge.yaml_source import YamlSource

BUILT_IN = "The assistant itself names it, also in danger"
RING_FIRST = "It is among those to ring first"


@dataclass(frozen=True)
class ContactUses:
    """`held_by`: sentences; while there are any, it stays. `gaps`: topics that the sources do not
    answer and that name it under whom to ask; without it they give a name and no number."""

    held_by: tuple[str, ...]
    gaps: tuple[str, ...]


def uses_of(role: str, contacts: Contacts, folder: Path, data: Path) -> ContactUses:
    """Of the content in `folder`, with what was shipped beside it. Raises ContentError."""
    return ContactUses(
        tuple(_held(role, contacts, DataFiles(data, folder))),
        tuple(_gaps(role, contacts, folder)),
    )


def _held(role: str, contacts: Contacts, files: DataFiles) -> Iterator[str]:
    wordings = read_safety_wording(files.safety, contacts).values()
    if any(role in each for each in (*ROLES.values(), *(w.contacts for w in wordings))):
        yield BUILT_IN
    if role in contacts.ring_first:
        yield RING_FIRST
    spoken = validated(YamlSource.read(files.notices), SpokenNoticesFile)
    for key, notice in spoken.notice.items():
        if role in notice.contacts:
            yield f"The notice '{key}' names it, which is said before an answer"
    if role in spoken.other_language.contacts:
        yield "Whoever writes in another language is told of it"


def _gaps(role: str, contacts: Contacts, folder: Path) -> Iterator[str]:
    (contact,) = contacts.of(role)
    for line in read_json_lines(folder / GAPS):
        if contact in contacts.known(line.value["ask"]):
            yield line.value["topic"]
