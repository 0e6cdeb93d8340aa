"""How near a passage has to be to say anything on a topic. `python -m bench.comparing`.

Questions stand in for topics: of one that a document answers it should say something, of one
outside the field no document should. How near is chosen on the development questions, where the two
mistakes together are fewest; what that does is told of the sealed ones, which are only counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.settings import Settings
from knowledge import Knowledge, comparing

EVAL = Path(__file__).parents[1] / "tests" / "eval"
TO_CHOOSE = (EVAL / "questions.jsonl",)
TO_TELL = tuple(sorted((EVAL / "unseen").glob("*.jsonl")))
TRIED = (0.10, 0.13, 0.16, 0.19, 0.22, 0.25)


@dataclass(frozen=True)
class Topics:
    """`inside`: each with the documents that answer it."""

    inside: Sequence[tuple[str, frozenset[str]]]
    outside: Sequence[str]

    @classmethod
    def read(cls, files: Sequence[Path]) -> Topics:
        asked = [
            json.loads(line) for each in files for line in each.read_text("utf-8").splitlines()
        ]
        return cls(
            [
                (each["q"], frozenset(documents(each)))
                for each in asked
                if each["kind"] == "answer" and "context" not in each
            ],
            [each["q"] for each in asked if each["kind"] == "out_of_scope"],
        )

    def __str__(self) -> str:
        return f"{len(self.inside)} questions, {len(self.outside)} outside the field"


def main() -> None:
    knowledge = Knowledge.open(Settings.read().state_dir)
    for name, files in (("to choose by", TO_CHOOSE), ("to tell", TO_TELL)):
        topics = Topics.read(files)
        print(f"{name}: {', '.join(each.stem for each in files)}: {topics}")
        for near in TRIED:
            with patch.object(comparing, "NEAR", near):
                silent = share(silent_of(knowledge, topics))
                speaks = share(speaks_of(knowledge, topics))
            print(
                f"  {near:.2f}: of {silent:.0%} the documents that answer say nothing near;"
                f" outside the field {speaks:.0%} of documents say something"
            )


def documents(question: dict[str, Any]) -> Iterator[str]:
    """Those that answer it, as either kind of set has them."""
    yield from (passage.partition(".")[0] for passage in question.get("passages", ()))
    yield from (each["doc"] for each in question.get("gold", ()))


def silent_of(knowledge: Knowledge, topics: Topics) -> Iterator[bool]:
    for question, own in topics.inside:
        says = knowledge.compare(question)
        yield not any(each.quotes for each in says if each.document.id in own)


def speaks_of(knowledge: Knowledge, topics: Topics) -> Iterator[bool]:
    for question in topics.outside:
        yield from (bool(each.quotes) for each in knowledge.compare(question))


def share(found: Iterator[bool]) -> float:
    kept = list(found)
    return sum(kept) / len(kept)


if __name__ == "__main__":
    main()
