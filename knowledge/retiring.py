"""Takes a document out of the content, with what belongs to it alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from knowledge.documents import DOCUMENTS
from knowledge.editions.troubles import told_plainly
from knowledge.files import read_json_lines, read_text

QUESTIONS = "questions.jsonl"
MISTAKEN_FOR = ("gaps.jsonl", "out_of_scope.jsonl")
"""Topics, with the passages that each is mistaken for (`near`)."""


def take_out(content: Path, document_id: str) -> None:
    """The folder, the questions that its passages answer, and where topics name them.

    What else cites its passages is left, and is found by whoever checks the content afterwards.
    Raises ContentError where the files cannot be written.
    """

    def is_its_own(passage_id: str) -> bool:
        return passage_id.startswith(f"{document_id}.")

    def answered(line: dict[str, Any]) -> dict[str, Any] | None:
        return None if is_its_own(line["passage_id"]) else line

    def topic(line: dict[str, Any]) -> dict[str, Any]:
        return line | {"near": [each for each in line["near"] if not is_its_own(each)]}

    with told_plainly(content):
        shutil.rmtree(content / DOCUMENTS / document_id)
        _rewrite(content / QUESTIONS, answered)
        for name in MISTAKEN_FOR:
            _rewrite(content / name, topic)


def _rewrite(file: Path, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
    """Lines that stay as they are keep every sign."""
    entries = iter([source.value for source in read_json_lines(file)])
    lines: list[str] = []
    for text in read_text(file).splitlines():
        entry = next(entries) if text.strip() else None
        changed = change(entry) if entry else None
        if changed == entry:
            lines.append(text)
        elif changed is not None:
            lines.append(json.dumps(changed, ensure_ascii=False))
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
