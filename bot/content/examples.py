"""What people say who want an answer of ours, as a file holds it beside the answer.

The standard library and a YAML reader alone: Rasa's importer reads the same files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.yaml_source import YamlSource

MARK = "- "


@dataclass(frozen=True)
class Example:
    """`key` is a full retrieval intent, such as `assistant/privacy`."""

    text: str
    key: str


def read_examples(path: Path, intents: Collection[str]) -> Iterator[Example]:
    """Of every entry under the file's keys that are `intents`. Raises ContentError."""
    content = YamlSource.read(path).entries()
    for intent in content.keys() & set(intents):
        for name, entry in content[intent].entries().items():
            examples = entry.entries().get("examples")
            if examples is None:
                raise entry.error("'examples' is missing")
            for text in lines(str(examples.to_python() or "")):
                yield Example(text, f"{intent}/{name}")


def lines(block: str) -> tuple[str, ...]:
    """One example a line, with or without a dash before it."""
    stripped = (line.strip().removeprefix(MARK).strip() for line in block.splitlines())
    return tuple(filter(None, stripped))
