"""Adds a known gap: something that people ask and the sources do not answer, and whom to ask.

Works on a folder of content; all other lines of its file stay as they are, byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.documents import read_documents
from knowledge.editions.troubles import told_plainly
from knowledge.errors import ContentError, Location
from knowledge.files import read_json_lines, read_text
from knowledge.passage_questions import GAPS
from knowledge.words import WORD, plain
from knowledge.written_questions import take_from_all

ID_WORDS = 5
"""Words of the topic in its id; those that are shipped have up to five."""


@dataclass(frozen=True)
class NewGap:
    """`says`: why the sources do not answer it, which is shown to whoever asks. `ask`: whom to ask,
    by their keys in the contacts; `ask_by_name`: others. `near`: ids of the passages that it is
    mistaken for."""

    topic: str
    says: str
    ask: tuple[str, ...]
    questions: tuple[str, ...]
    near: tuple[str, ...] = ()
    ask_by_name: tuple[str, ...] = ()


def add_gap(content: Path, gap: NewGap, today: date) -> str:
    """Writes the gap as the last line, and returns the id that it gets. Its questions are taken
    from every passage and other gap that they are written for: whoever asks one gets this gap.

    Raises ContentError.
    """
    file = content / GAPS
    with told_plainly(content):
        _check(content, file, gap)
        for question in gap.questions:
            take_from_all(content, question)
        taken = {each.value["id"] for each in read_json_lines(file)}
        new = _free(_id_of(gap.topic), taken)
        line = {
            "id": new,
            "topic": gap.topic.strip(),
            "near": list(gap.near),
            "why_not": gap.says.strip(),
            "ask": list(gap.ask),
            **({"ask_by_name": list(gap.ask_by_name)} if gap.ask_by_name else {}),
            "questions": list(gap.questions),
            "added_on": today.isoformat(),
        }
        before = read_text(file)
        between = "" if before.endswith("\n") else "\n"
        last = json.dumps(line, ensure_ascii=False)
        file.write_text(f"{before}{between}{last}\n", encoding="utf-8")
    return new


def _check(content: Path, file: Path, gap: NewGap) -> None:
    missing = [
        name
        for name, value in (
            ("what it is about", gap.topic),
            ("what to say", gap.says),
            ("whom to ask", " ".join((*gap.ask, *gap.ask_by_name))),
        )
        if not value.strip()
    ]
    if not any(map(plain, gap.questions)):
        missing.append("a question that leads to it")
    if missing:
        raise _said(file, f"a gap needs {', '.join(missing)}; fill this in")
    known = {each.id for one in read_documents(content) for each in one.passages}
    if unknown := [each for each in gap.near if each not in known]:
        raise _said(file, f"there is no passage {', '.join(unknown)}; name passages by their ids")


def _id_of(topic: str) -> str:
    words = re.findall(r"[a-z0-9]+", " ".join(WORD.findall(plain(topic))))
    return "_".join(words[:ID_WORDS]) or "gap"


def _free(wanted: str, taken: Collection[str]) -> str:
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}_{number}"
    return name


def _said(file: Path, problem: str) -> ContentError:
    return ContentError.at(Location.of(file), problem)
