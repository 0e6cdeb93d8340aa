"""YAML with line numbers: every scalar is text, every key is looked for by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.flows.model import Place


class FlowError(ValueError):
    """A flow file that cannot be used; the message starts with file and line."""

    def __init__(self, place: Place, problem: str) -> None:
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem


def load(path: Path) -> tuple[str, str]:
    """The text of a file, and the file's name as messages give it."""
    content, file = path.read_bytes(), f"{path.parent.name}/{path.name}"
    try:
        return content.decode(), file
    except UnicodeDecodeError as broken:
        place = Place(file, content.count(b"\n", 0, broken.start) + 1)
        raise FlowError(
            place, "save this file as UTF-8; a letter here is in another code"
        ) from None


def not_yaml(broken: yaml.YAMLError, text: str, file: str) -> tuple[Place, str]:
    """Where a file stops being YAML, and what to look for."""
    if isinstance(broken, yaml.reader.ReaderError):
        line = text.count("\n", 0, broken.position)
        return Place(file, line + 1), "this line holds a character that is not text"
    mark = broken.problem_mark if isinstance(broken, yaml.MarkedYAMLError) else None
    line = mark.line if mark else 0
    if "\t" in "".join(text.splitlines()[line : line + 1]):
        return Place(file, line + 1), "this is not YAML: this line holds a tab; use spaces instead"
    return Place(file, line + 1), (
        "this is not YAML. Look here and above for a quotation mark or bracket that is not closed,"
        " a colon that is missing or not in quotation marks, or a line that starts too far left or"
        " right"
    )


@dataclass(frozen=True)
class Source:
    """A node of a YAML file. Scalars stay text, so `yes` and `000.10` mean what they say."""

    node: yaml.Node
    file: str

    @classmethod
    def parse(cls, text: str, file: str) -> Source:
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as broken:
            raise FlowError(*not_yaml(broken, text, file)) from broken
        if node is None:
            raise FlowError(Place(file, 1), "the file is empty")
        return cls(node, file)

    @property
    def place(self) -> Place:
        return Place(self.file, self.node.start_mark.line + 1)

    def error(self, problem: str) -> FlowError:
        return FlowError(self.place, problem)

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.error("one line of text is expected here")
        text = " ".join(str(self.node.value).split())
        if not text:
            raise self.error("this is empty")
        return text

    def items(self) -> Iterator[Source]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("a list is expected here")
        for node in self.node.value:
            yield Source(node, self.file)

    def texts(self) -> tuple[str, ...]:
        return tuple(each.text() for each in self.items())

    def entries(self) -> dict[str, Source]:
        """Key to value, in order; a key written twice is an error."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("keys with values are expected here")
        found: dict[str, Source] = {}
        for key, value in self.node.value:
            name = Source(key, self.file).text()
            if name in found:
                raise Source(key, self.file).error(f"'{name}' is written twice")
            found[name] = Source(value, self.file)
        return found

    def fields(self, required: str, optional: str = "") -> dict[str, Source]:
        """The entries, when all `required` names are there and no unknown one is."""
        entries = self.entries()
        known = [*required.split(), *optional.split()]
        for name, value in entries.items():
            if name not in known:
                raise value.error(f"unknown key '{name}'; known here: {', '.join(known)}")
        for name in required.split():
            if name not in entries:
                raise self.error(f"'{name}' is missing")
        return entries


def text_or_none(fields: dict[str, Source], name: str) -> Any:
    return fields[name].text() if name in fields else None


def texts_or_none(fields: dict[str, Source], name: str) -> tuple[str, ...]:
    return fields[name].texts() if name in fields else ()
