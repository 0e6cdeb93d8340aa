"""Reads the text and the JSON files that people edit, keeping the line of every entry."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from knowledge.errors import ContentError, KeyPath, Location, Violation

T = TypeVar("T")
OPENING = re.compile(r"\s*\[\s*")
BETWEEN = re.compile(r"\s*,?\s*")


def read_text(path: Path) -> str:
    """Raises ContentError when the file is not there or not in UTF-8."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        problem = "there is no such file; copy the one that was shipped"
        raise ContentError.at(Location.of(path), problem) from None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as broken:
        place = Location.of(path, content.count(b"\n", 0, broken.start) + 1)
        problem = "save this file as UTF-8; a letter here is in another code"
        raise ContentError.at(place, problem) from None


def read_each(paths: Iterable[Path], read: Callable[[Path], T]) -> list[T]:
    """What `read` makes of every path. Raises ContentError with the violations of all of them."""
    files: list[T] = []
    found: list[Violation] = []
    for path in paths:
        try:
            files.append(read(path))
        except ContentError as broken:
            found += broken.violations
    if found:
        raise ContentError(*found)
    return files


@dataclass(frozen=True)
class JsonSource:
    """An entry of a JSON file. Its parts have no line of their own."""

    value: Any
    place: Location

    def to_python(self) -> Any:
        return self.value

    def place_of(self, path: KeyPath) -> Location:
        return self.place

    def error(self, problem: str) -> ContentError:
        return ContentError.at(self.place, problem)


def read_json_lines(path: Path) -> Iterator[JsonSource]:
    """An entry a line. Raises ContentError for the first line that is not JSON."""
    for number, text in enumerate(read_text(path).splitlines(), start=1):
        if text.strip():
            yield JsonSource(_parsed(text, path, number), Location.of(path, number))


def rewrite_json_lines(
    file: Path, change: Callable[[dict[str, Any]], dict[str, Any] | None]
) -> None:
    """What `change` makes of each entry; None takes it out. Lines that stay keep every sign."""
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


def read_json_list(path: Path) -> Iterator[JsonSource]:
    """The entries of a file that is one list. Raises ContentError where it is not."""
    text = read_text(path)
    if not isinstance(_parsed(text, path, 1), list):
        raise ContentError.at(Location.of(path, 1), "a list is expected here")
    decoder = json.JSONDecoder()
    opening = OPENING.match(text)
    at = opening.end() if opening else 0
    while text[at] != "]":
        value, end = decoder.raw_decode(text, at)
        yield JsonSource(value, Location.of(path, text.count("\n", 0, at) + 1))
        between = BETWEEN.match(text, end)
        at = between.end() if between else end


def _parsed(text: str, path: Path, first: int) -> Any:
    """`first` is the line of the file that `text` begins with."""
    try:
        return json.loads(text, object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as broken:
        place = Location.of(path, first + broken.lineno - 1)
        problem = (
            f"this is not JSON at character {broken.colno}. Look here and before for a quotation"
            " mark, a comma or a bracket that is missing or too many"
        )
        raise ContentError.at(place, problem) from None
    except KeyError as twice:
        problem = f"'{twice.args[0]}' is written twice in one entry"
        raise ContentError.at(Location.of(path, first), problem) from None


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for name, value in pairs:
        if name in entry:
            raise KeyError(name)
        entry[name] = value
    return entry
