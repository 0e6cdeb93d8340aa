"""Adds a known gap, words it anew and takes it out: something that people ask and the sources do
not answer, and whom to ask.

Works on a folder of content; all other lines of its file stay as they are, byte for byte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.documents import read_documents
from knowledge.editions.troubles import told_plainly
from knowledge.errors import ContentError, Location
from knowledge.files import read_json_lines, read_text
from knowledge.passage_questions import GAPS, rewrite_lines
from knowledge.questions import TopicLine
from knowledge.schema import validated
from knowledge.words import WORD, plain
from knowledge.written_questions import take_from_all

ID_WORDS = 5
"""Words of the topic in its id; those that are shipped have up to five."""


@dataclass(frozen=True)
class GapReply:
    """What whoever asks is told. `says`: why the sources do not answer it. `ask`: whom to ask, by
    their keys in the contacts; `ask_by_name`: others."""

    topic: str
    says: str
    ask: tuple[str, ...]
    ask_by_name: tuple[str, ...] = ()

    def keys(self) -> dict[str, Any]:
        """As a line of the file has them."""
        named = {"ask_by_name": list(self.ask_by_name)} if self.ask_by_name else {}
        return {
            "topic": self.topic.strip(),
            "why_not": self.says.strip(),
            "ask": list(self.ask),
            **named,
        }

    def missing(self) -> list[str]:
        parts = (
            ("what it is about", self.topic),
            ("what to say", self.says),
            ("whom to ask", " ".join((*self.ask, *self.ask_by_name))),
        )
        return [name for name, value in parts if not value.strip()]


@dataclass(frozen=True)
class NewGap:
    """`near`: ids of the passages that it is mistaken for."""

    reply: GapReply
    questions: tuple[str, ...]
    near: tuple[str, ...] = ()


def read_gaps(content: Path) -> dict[str, TopicLine]:
    """Every gap by its id. Raises ContentError."""
    lines = (validated(each, TopicLine) for each in read_json_lines(content / GAPS))
    return {line.id: line for line in lines}


def add_gap(content: Path, gap: NewGap, today: date) -> str:
    """Writes the gap as the last line, and returns the id that it gets. Its questions are taken
    from every passage and other gap that they are written for: whoever asks one gets this gap.

    Raises ContentError.
    """
    file = content / GAPS
    with told_plainly(content):
        missing = gap.reply.missing()
        if not any(map(plain, gap.questions)):
            missing.append("a question that leads to it")
        _refuse_missing(file, missing)
        _refuse_unknown(content, gap.near)
        for question in gap.questions:
            take_from_all(content, question)
        taken = {each.value["id"] for each in read_json_lines(file)}
        new = _free(_id_of(gap.reply.topic), taken)
        line = {"id": new, **gap.reply.keys(), "near": list(gap.near)}
        line |= {"questions": list(gap.questions), "added_on": today.isoformat()}
        before = read_text(file)
        between = "" if before.endswith("\n") else "\n"
        last = json.dumps(line, ensure_ascii=False)
        file.write_text(f"{before}{between}{last}\n", encoding="utf-8")
    return new


def reword_gap(content: Path, gap_id: str, reply: GapReply) -> None:
    """Raises ContentError where there is no such gap, or something is missing."""
    _refuse_missing(content / GAPS, reply.missing())
    with told_plainly(content):
        _change(content, gap_id, lambda line: _reworded(line, reply))


def name_near(content: Path, gap_id: str, passages: Collection[str]) -> None:
    """Notes passages that the gap is mistaken for, beside those that it has. Raises ContentError
    where there is no such gap or passage."""
    with told_plainly(content):
        _refuse_unknown(content, passages)

        def named(line: dict[str, Any]) -> dict[str, Any]:
            return line | {"near": list(dict.fromkeys((*line["near"], *passages)))}

        _change(content, gap_id, named)


def answer_in(content: Path, gap_id: str, area: str) -> None:
    """The area's own document answers the gap, which stays for all others. Raises ContentError
    where there is no such gap."""

    def answered(line: dict[str, Any]) -> dict[str, Any]:
        areas = dict.fromkeys((*line.get("answered_in", ()), area))
        return line | {"answered_in": list(areas)}

    with told_plainly(content):
        _change(content, gap_id, answered)


def remove_gap(content: Path, gap_id: str) -> None:
    """With its questions. Raises ContentError where there is no such gap."""
    with told_plainly(content):
        _change(content, gap_id, lambda _: None)


Line = dict[str, Any]


def _change(content: Path, gap_id: str, change: Callable[[Line], Line | None]) -> None:
    file = content / GAPS
    if gap_id not in {each.value["id"] for each in read_json_lines(file)}:
        raise _said(file, f"there is no known gap '{gap_id}'. Look at the list again")
    rewrite_lines(file, lambda line: change(line) if line["id"] == gap_id else line)


def _reworded(line: dict[str, Any], reply: GapReply) -> dict[str, Any]:
    kept = {key: value for key, value in line.items() if key != "ask_by_name"}
    return kept | reply.keys()


def _refuse_missing(file: Path, missing: Iterable[str]) -> None:
    if named := ", ".join(missing):
        raise _said(file, f"a gap needs {named}; fill this in")


def _refuse_unknown(content: Path, passages: Iterable[str]) -> None:
    known = {each.id for one in read_documents(content) for each in one.passages}
    if unknown := [each for each in passages if each not in known]:
        problem = f"there is no passage {', '.join(unknown)}; name passages by their ids"
        raise _said(content / GAPS, problem)


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
