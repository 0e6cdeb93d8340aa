"""Changes a YAML file that people edit, and leaves its comments and layout as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from io import StringIO
from itertools import accumulate
from pathlib import Path
from textwrap import wrap
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString

from knowledge.files import read_text

NEVER_FOLDED = 1 << 20
"""A width that no line has, so that the writer breaks none."""
FOLDED_AT = 94
"""Characters of a line of folded text, which stands six further in, as in the files of `data`."""


@dataclass(frozen=True)
class Edit:
    """Lines of a file, before and after. `line`: the first of them, from 1."""

    file: Path
    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def edit(file: Path, change: Callable[[Any], None]) -> tuple[Edit, ...]:
    """`change` changes the lists and dictionaries that the file holds, in place.

    Raises ContentError where the file cannot be read, and OSError where it cannot be written.
    """
    before = read_text(file)
    after = edited(before, change)
    file.write_text(after, "utf-8")
    return tuple(_edits(file, before, after))


def edited(text: str, change: Callable[[Any], None]) -> str:
    """The YAML after the change. Lines that it does not touch keep every sign, also where the
    writer would lay them out otherwise; only where that cannot be done is all laid out anew."""
    yaml = _yaml()
    content = yaml.load(text)
    as_written = _dumped(yaml, content).splitlines(keepends=True)
    change(content)
    changed = _dumped(yaml, content).splitlines(keepends=True)
    lines = text.splitlines(keepends=True)
    if len(lines) != len(as_written):
        return "".join(changed)
    kept = "".join(_merged(lines, as_written, changed))
    return kept if _says(kept) == _says("".join(changed)) else "".join(changed)


def _merged(lines: list[str], as_written: list[str], changed: list[str]) -> Iterator[str]:
    """`as_written`: the lines as the writer would lay them out, one for each."""
    for tag, start, end, first, last in _opcodes(as_written, changed):
        if tag == "equal":
            yield from lines[start:end]
        elif tag == "replace" and end - start == last - first:
            yield from map(_as_far_in, lines[start:end], as_written[start:end], changed[first:last])
        else:
            yield from changed[first:last]


def _as_far_in(line: str, as_written: str, changed: str) -> str:
    """The changed line, as far in as it stood, where the writer has it as far in as before."""
    if _indent(as_written) != _indent(changed):
        return changed
    return _indent(line) + changed.lstrip(" ")


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def _says(text: str) -> Any:
    """What a file holds; None where it is no YAML."""
    try:
        return YAML(typ="safe").load(text)
    except YAMLError:
        return None


def laid_out_as(before: object, text: str) -> Any:
    """The text in the layout of the one that it takes the place of: folded in lines, or in one, and
    in quotation marks where that is."""
    if isinstance(before, DoubleQuotedScalarString):
        return quoted(text)
    return folded(text) if isinstance(before, FoldedScalarString) else text


def folded(text: str) -> Any:
    """In lines of `FOLDED_AT` characters."""
    made = FoldedScalarString(text)
    lines = wrap(text, FOLDED_AT, break_long_words=False, break_on_hyphens=False)
    ends = accumulate(len(line) + 1 for line in lines[:-1])
    made.fold_pos = [end - 1 for end in ends]
    return made


def quoted(text: str) -> Any:
    return DoubleQuotedScalarString(text)


def in_a_line(items: Sequence[str | date]) -> CommentedSeq:
    """A list in brackets."""
    made = CommentedSeq(items)
    made.fa.set_flow_style()
    return made


def put(entry: Any, key: str, value: str | date | bool | None, order: Sequence[str]) -> None:
    """Sets a key of an entry, in the layout of what it takes the place of. What says the same is
    left as it is. A key that is not there yet comes where `order` has it."""
    before = entry.get(key)
    if isinstance(value, str):
        value = before if _words(before) == value else laid_out_as(before, value)
    _set(entry, key, value, order)


def put_list(entry: Any, key: str, items: Sequence[str], order: Sequence[str]) -> None:
    """The same with a list. Those of its items that stay keep their layout."""
    before = list(entry.get(key, ()))
    if [str(each) for each in before] == list(items):
        return
    there = {str(each): each for each in before}
    like = before[0] if before else None
    made = [there.get(each, laid_out_as(like, each)) for each in items]
    _set(entry, key, in_a_line(made), order)


def _set(entry: Any, key: str, value: Any, order: Sequence[str]) -> None:
    if key in entry:
        entry[key] = value
        return
    later = order[order.index(key) + 1 :]
    at = next((at for at, name in enumerate(entry) if name in later), len(entry))
    entry.insert(at, key, value)


def _words(text: object) -> str | None:
    return " ".join(text.split()) if isinstance(text, str) else None


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = NEVER_FOLDED
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.add_representer(
        type(None), lambda writer, _: writer.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    return yaml


def _dumped(yaml: YAML, content: Any) -> str:
    written = StringIO()
    yaml.dump(content, written)
    return written.getvalue()


def _edits(file: Path, before: str, after: str) -> Iterator[Edit]:
    old, new = before.splitlines(), after.splitlines()
    for tag, start, end, first, last in _opcodes(old, new):
        if tag != "equal":
            yield Edit(file, start + 1, tuple(old[start:end]), tuple(new[first:last]))


def _opcodes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
