"""Takes a document out of the content, with what belongs to it alone."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from knowledge.documents import DOCUMENTS
from knowledge.editions.troubles import told_plainly
from knowledge.evaluation_set import FILE as EVALUATION
from knowledge.passage_questions import MISTAKEN_FOR, QUESTIONS, rewrite_lines


def take_out(content: Path, document_id: str) -> None:
    """The folder, the questions that its passages answer, and where topics name them; of the
    partnership's own questions what answered them here.

    What else cites its passages is left, and is found by whoever checks the content afterwards.
    Raises ContentError where the files cannot be written.
    """

    def is_its_own(passage_id: str) -> bool:
        return is_of(passage_id, document_id)

    def answered(line: dict[str, Any]) -> dict[str, Any] | None:
        return None if is_its_own(line["passage_id"]) else line

    def topic(line: dict[str, Any]) -> dict[str, Any]:
        return line | {"near": [each for each in line["near"] if not is_its_own(each)]}

    with told_plainly(content):
        shutil.rmtree(content / DOCUMENTS / document_id)
        rewrite_lines(content / QUESTIONS, answered)
        for name in MISTAKEN_FOR:
            rewrite_lines(content / name, topic)
        if (content / EVALUATION).exists():
            rewrite_lines(
                content / EVALUATION, lambda line: own_question_without(line, document_id)
            )


def is_of(passage_id: str, document_id: str) -> bool:
    return passage_id.startswith(f"{document_id}.")


def own_question_without(line: dict[str, Any], document_id: str) -> dict[str, Any] | None:
    """A line of the partnership's own questions without what a document answers of it; the line
    itself where it answers nothing, and None where nothing else does."""
    passages = [each for each in line.get("passages", ()) if not is_of(each, document_id)]
    gold = [each for each in line.get("gold", ()) if each["doc"] != document_id]
    left = {key: value for key, value in (("passages", passages), ("gold", gold)) if value}
    if all(left.get(key, []) == list(line.get(key, ())) for key in ("passages", "gold")):
        return line
    rest = {key: value for key, value in line.items() if key not in ("passages", "gold")}
    return rest | left if left else None
