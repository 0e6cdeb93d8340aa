"""Reads the data files that people edit, and says in plain words what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import KnowledgeError


def read_text(file: Path) -> str:
    """Raises KnowledgeError when the file is not there or not in UTF-8."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KnowledgeError(file, "this file is missing; put it back") from None
    except UnicodeDecodeError as broken:
        line = broken.object[: broken.start].count(b"\n") + 1
        problem = "a character is not in UTF-8; save the file again with the encoding UTF-8"
        raise KnowledgeError(file, problem, line=line) from None


def read_yaml(file: Path) -> Any:
    """Raises KnowledgeError with the line where the file stops being YAML."""
    try:
        return yaml.safe_load(read_text(file))
    except yaml.YAMLError as broken:
        mark = broken.problem_mark if isinstance(broken, yaml.MarkedYAMLError) else None
        problem = (
            "cannot be read from here; look here and on the line before for a quotation mark,"
            " a colon or a space too many or too few"
        )
        raise KnowledgeError(file, problem, line=mark.line + 1 if mark else None) from None


@contextmanager
def entry_of(file: Path, id: str | None = None) -> Iterator[None]:
    """What is missing from an entry, or has another form, becomes a KnowledgeError."""
    try:
        yield
    except KeyError as missing:
        raise KnowledgeError(file, f"{missing.args[0]} is missing", id=id) from None
    except (TypeError, AttributeError):
        problem = "has a key too many, or not the form of the other entries; compare it with one"
        raise KnowledgeError(file, problem, id=id) from None
