"""The one reader of YAML: every part keeps its line, and a schema says what a scalar is.

The standard library and PyYAML alone: what runs inside Rasa's environment reads flows with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import ContentError, KeyPath, Location
from knowledge.files import read_text

NULL = "tag:yaml.org,2002:null"
NOT_TEXT = "this line holds a character that is not text"
A_TAB = "this is not YAML: this line holds a tab; use spaces instead"
NOT_YAML = (
    "this is not YAML. Look here and above for a quotation mark or bracket that is not closed,"
    " a colon that is missing or not in quotation marks, or a line that starts too far left or"
    " right"
)


@dataclass(frozen=True)
class YamlSource:
    """A node of a YAML file. Scalars stay text, so `yes` and `000.10` mean what they say."""

    node: yaml.Node
    file: str

    @classmethod
    def read(cls, path: Path) -> YamlSource:
        """Raises ContentError for a file that is missing, empty or neither UTF-8 nor YAML."""
        text, file = read_text(path), Location.of(path).file
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as broken:
            raise _not_yaml(broken, text, file) from broken
        if node is None:
            raise ContentError.at(Location(file, 1), "the file is empty")
        return cls(node, file)

    @property
    def place(self) -> Location:
        return Location(self.file, self.node.start_mark.line + 1)

    def error(self, problem: str) -> ContentError:
        return ContentError.at(self.place, problem)

    def text(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.error("one line of text is expected here")
        text = " ".join(str(self.node.value).split())
        if not text:
            raise self.error("this is empty")
        return text

    def items(self) -> Iterator[YamlSource]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("a list is expected here")
        for node in self.node.value:
            yield YamlSource(node, self.file)

    def texts(self) -> tuple[str, ...]:
        return tuple(each.text() for each in self.items())

    def entries(self) -> dict[str, YamlSource]:
        """Key to value, in order; a key written twice is an error."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("keys with values are expected here")
        found: dict[str, YamlSource] = {}
        for key, value in self.node.value:
            name = YamlSource(key, self.file).text()
            if name in found:
                raise YamlSource(key, self.file).error(f"'{name}' is written twice")
            found[name] = YamlSource(value, self.file)
        return found

    def fields(self, required: str, optional: str = "") -> dict[str, YamlSource]:
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

    def to_python(self) -> Any:
        """Text, lists and dictionaries; None for `null` and for what is left out."""
        if isinstance(self.node, yaml.MappingNode):
            return {name: value.to_python() for name, value in self.entries().items()}
        if isinstance(self.node, yaml.SequenceNode):
            return [item.to_python() for item in self.items()]
        return None if self.node.tag == NULL else str(self.node.value)

    def place_of(self, path: KeyPath) -> Location:
        """Where the deepest part of `path` that exists is written."""
        source = self
        for step in path:
            if isinstance(source.node, yaml.SequenceNode) and isinstance(step, int):
                source = next(islice(source.items(), step, None), source)
            elif isinstance(source.node, yaml.MappingNode):
                source = source.entries().get(str(step), source)
        return source.place

    def place_of_text(self, text: str) -> Location:
        """Where the first scalar stands that is just this; the whole, when none is."""
        if isinstance(self.node, yaml.ScalarNode):
            return self.place
        parts = self.entries().values() if isinstance(self.node, yaml.MappingNode) else self.items()
        found = (part.place_of_text(text) for part in parts if part.holds(text))
        return next(found, self.place)

    def holds(self, text: str) -> bool:
        """Whether this scalar is the text, or one within it is."""
        if isinstance(self.node, yaml.ScalarNode):
            return bool(self.node.value == text)
        parts = self.entries().values() if isinstance(self.node, yaml.MappingNode) else self.items()
        return any(part.holds(text) for part in parts)


def text_or_none(fields: dict[str, YamlSource], name: str) -> str | None:
    return fields[name].text() if name in fields else None


def texts_or_none(fields: dict[str, YamlSource], name: str) -> tuple[str, ...]:
    return fields[name].texts() if name in fields else ()


def _not_yaml(broken: yaml.YAMLError, text: str, file: str) -> ContentError:
    """Where a file stops being YAML, and what to look for."""
    if isinstance(broken, yaml.reader.ReaderError):
        line = text.count("\n", 0, broken.position)
        return ContentError.at(Location(file, line + 1), NOT_TEXT)
    mark = broken.problem_mark if isinstance(broken, yaml.MarkedYAMLError) else None
    line = mark.line if mark else 0
    tabbed = "\t" in "".join(text.splitlines()[line : line + 1])
    return ContentError.at(Location(file, line + 1), A_TAB if tabbed else NOT_YAML)
