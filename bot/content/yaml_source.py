"""YAML with line numbers: every scalar is text, every key is looked for by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.content.errors import ContentError, Location


def load(path: Path) -> tuple[str, str]:
    """The text of a file, and the file's name as messages give it."""
    content, file = path.read_bytes(), f"{path.parent.name}/{path.name}"
    try:
        return content.decode(), file
    except UnicodeDecodeError as broken:
        place = Location(file, content.count(b"\n", 0, broken.start) + 1)
        raise ContentError(
            place, "save this file as UTF-8; a letter here is in another code"
        ) from None


def not_yaml(broken: yaml.YAMLError, text: str, file: str) -> tuple[Location, str]:
    """Where a file stops being YAML, and what to look for."""
    if isinstance(broken, yaml.reader.ReaderError):
        line = text.count("\n", 0, broken.position)
        return Location(file, line + 1), "this line holds a character that is not text"
    mark = broken.problem_mark if isinstance(broken, yaml.MarkedYAMLError) else None
    line = mark.line if mark else 0
    if "\t" in "".join(text.splitlines()[line : line + 1]):
        return Location(
            file, line + 1
        ), "this is not YAML: this line holds a tab; use spaces instead"
    return Location(file, line + 1), (
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
    def parse(cls, text: str, file: str) -> YamlSource:
        try:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as broken:
            raise ContentError(*not_yaml(broken, text, file)) from broken
        if node is None:
            raise ContentError(Location(file, 1), "the file is empty")
        return cls(node, file)

    @property
    def place(self) -> Location:
        return Location(self.file, self.node.start_mark.line + 1)

    def error(self, problem: str) -> ContentError:
        return ContentError(self.place, problem)

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


def text_or_none(fields: dict[str, YamlSource], name: str) -> Any:
    return fields[name].text() if name in fields else None


def texts_or_none(fields: dict[str, YamlSource], name: str) -> tuple[str, ...]:
    return fields[name].texts() if name in fields else ()
