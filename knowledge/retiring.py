"""Takes a document out of the content, with what belongs to it alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from knowledge.documents import DOCUMENTS
from knowledge.editions.troubles import told_plainly
from knowledge.files import rewrite_json_lines

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
        rewrite_json_lines(content / QUESTIONS, answered)
        for name in MISTAKEN_FOR:
            rewrite_json_lines(content / name, topic)
