"""The named entries of a file of content, such as a contact or a notice: what two people may change
beside each other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

import yaml

NAMES: Sequence[tuple[str, ...]] = (
    ("id",),
    ("passage_id",),
    ("term",),
    ("q",),
    ("place", "cited"),
    ("by", "text_sha256"),
    ("first", "last"),
    ("rule", "exception"),
    ("topic",),
)
"""The keys that name an entry of a list, in one file or another; the first that it has counts."""
HEAD = ""
"""The key of what stands before the first entry."""


def entries_of(path: PurePosixPath, text: str) -> dict[str, str] | None:
    """The lines of each entry by its name, in the order of the file, with the comments right above
    it. All of them, one after another, are the file. None where the file has no entries that can be
    told apart."""
    whole = text if text.endswith("\n") or not text else f"{text}\n"
    lines = whole.splitlines(keepends=True)
    match path.suffix:
        case ".jsonl":
            starts = _starts_in_lines(lines)
        case ".yaml":
            starts = _starts_in_yaml(whole)
        case _:
            return None
    return _cut(lines, starts) if starts else None


Start = tuple[str, int, int]
"""Of an entry: its name, its first line and how far in that stands, both from 0."""


def _cut(lines: list[str], starts: Sequence[Start]) -> dict[str, str] | None:
    """None where a name stands twice, or two entries in one line."""
    begin = [_with_comments(lines, line, column) for _, line, column in starts]
    names = [name for name, _, _ in starts]
    if len({*names, HEAD}) <= len(names) or any(one >= other for one, other in pairwise(begin)):
        return None
    ends = [*begin[1:], len(lines)]
    found = {HEAD: "".join(lines[: begin[0]])}
    for name, first, end in zip(names, begin, ends, strict=True):
        found[name] = "".join(lines[first:end])
    return found


def _with_comments(lines: list[str], line: int, column: int) -> int:
    """What stands further in may be words of the entry before, and no comment."""
    while line and _is_comment(lines[line - 1], column):
        line -= 1
    return line


def _is_comment(line: str, column: int) -> bool:
    words = line.lstrip(" ")
    return words.startswith("#") and len(line) - len(words) <= column


def _starts_in_lines(lines: list[str]) -> list[Start] | None:
    found: list[Start] = []
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError:
            return None
        name = name_in(entry) if isinstance(entry, dict) else None
        if name is None:
            return None
        found.append((name, number, 0))
    return found


def _starts_in_yaml(text: str) -> list[Start] | None:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    if isinstance(root, yaml.SequenceNode):
        return _of_items(root, "")
    return list(_of_keys(root)) if isinstance(root, yaml.MappingNode) else None


def _of_keys(root: yaml.MappingNode) -> Iterator[Start]:
    """Each key at the top; below it, if they have names, each entry by itself."""
    for key, value in root.value:
        yield str(key.value), key.start_mark.line, key.start_mark.column
        if isinstance(value, yaml.MappingNode) and not value.flow_style:
            for inner, _ in value.value:
                mark = inner.start_mark
                yield f"{key.value}/{inner.value}", mark.line, mark.column
        elif isinstance(value, yaml.SequenceNode):
            yield from _of_items(value, f"{key.value}/") or ()


def _of_items(items: yaml.SequenceNode, before: str) -> list[Start] | None:
    """None where the items of a list have no names, or share one."""
    named = [(_name_of(each), each.start_mark) for each in items.value]
    found = [(f"{before}{name}", mark.line, mark.column) for name, mark in named if name]
    is_whole = len({name for name, _, _ in found}) == len(items.value)
    return found if is_whole and not items.flow_style else None


def _name_of(item: yaml.Node) -> str | None:
    """By the keys of an entry, or by the first of a list of names."""
    if isinstance(item, yaml.MappingNode):
        return name_in({str(key.value): value.value for key, value in item.value})
    if isinstance(item, yaml.SequenceNode) and item.value:
        first = item.value[0].value
        return first if isinstance(first, str) else None
    return None


def name_in(entry: Mapping[str, object]) -> str | None:
    """What an entry of a list is named by; None where nothing names it."""
    for keys in NAMES:
        values = [entry.get(key) for key in keys]
        if all(isinstance(each, str) for each in values):
            return "+".join(map(str, values))
    return None
