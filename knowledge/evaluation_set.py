"""The partnership's own questions, by which every publication is judged: `evaluation.jsonl`.

A folder of content need not have the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from knowledge.errors import ContentError, Violation
from knowledge.gold import Gold, one_space
from knowledge.library import FOLDER, Library
from knowledge.schema import NonEmptyText, Strict, validated_lines

FILE = "evaluation.jsonl"


class OwnQuestion(Strict):
    """A line of the file; `docs/evaluation.md` says what each key and kind means."""

    q: NonEmptyText
    kind: Literal["answer", "abstain", "out_of_scope"]
    passages: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()


def read_evaluation_set(library: Library, folder: Path = FOLDER) -> tuple[OwnQuestion, ...]:
    """Raises ContentError with every slip in the file, and where nothing could be judged by it."""
    file = folder / FILE
    if not file.exists():
        return ()
    found: list[Violation] = []
    questions: list[OwnQuestion] = []
    for place, line in validated_lines(file, OwnQuestion, found):
        found += (Violation(place, problem) for problem in _problems(line, library))
        if any(line.q == each.q for each in questions):
            found.append(Violation(place, f"this question stands here twice: {line.q}"))
        questions.append(line)
    if found:
        raise ContentError(*found)
    return tuple(questions)


def _problems(line: OwnQuestion, library: Library) -> list[str]:
    """A line that cannot be judged would count as wrong for ever."""
    named = bool(line.passages or line.gold)
    found = [
        f"there is no passage '{each}'" for each in line.passages if each not in library.passages
    ]
    for gold in line.gold:
        document = library.documents.get(gold.doc)
        if not document or one_space(gold.quote) not in one_space(document.text):
            found.append(f"document '{gold.doc}' does not say '{gold.quote}'")
    if line.kind == "answer" and not named:
        found.append("'gold' or 'passages' is missing: name what answers the question")
    if line.kind != "answer" and named:
        found.append(f"'{line.kind}' means that nothing answers: leave out 'gold' and 'passages'")
    return found
