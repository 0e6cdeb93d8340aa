"""Reads `data/induction/*.yaml`, keeping the line of every part for whoever has to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.content.errors import ContentError, Location
from bot.content.yaml_source import YamlSource, load
from bot.induction.model import (
    Module,
    Programme,
    QuizOption,
    QuizQuestion,
    Reading,
    Scenario,
    Strict,
)

KEYS_OF: Mapping[tuple[str, ...], type[Strict]] = {
    (): Module,
    ("read",): Reading,
    ("scenario",): Scenario,
    ("quiz",): QuizQuestion,
    ("quiz", "options"): QuizOption,
}


class ProgrammeError(ValueError):
    """Modules that cannot be used; every problem starts with file and line."""


@dataclass(frozen=True)
class ModuleFile:
    """A module and the file that it was read from."""

    source: YamlSource
    module: Module

    def place(self, *path: str | int) -> Location:
        return place_of(self.source, path)


def read_programme(folder: Path) -> Programme:
    """Every module in `folder`, in the order of the file names. Raises ProgrammeError."""
    return Programme(modules=tuple(file.module for file in read_files(folder)))


def read_files(folder: Path) -> list[ModuleFile]:
    """Raises ProgrammeError with the problems of every file."""
    files, broken = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            files.append(read_file(path))
        except ProgrammeError as error:
            broken.append(str(error))
    if broken:
        raise ProgrammeError("\n".join(broken))
    if not files:
        raise ProgrammeError(f"{folder.name}: no module here; add a .yaml file")
    return files


def read_file(path: Path) -> ModuleFile:
    try:
        source = YamlSource.parse(*load(path))
        content = to_python(source)
    except ContentError as broken:
        raise ProgrammeError(str(broken)) from broken
    try:
        return ModuleFile(source, Module.model_validate(content))
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False)
        lines = (f"{place_of(source, error['loc'])}: {worded(error)}" for error in errors)
        raise ProgrammeError("\n".join(lines)) from invalid


def to_python(source: YamlSource) -> Any:
    """Text, lists and dictionaries: scalars stay text, so `no` is a word and `002` an id."""
    if isinstance(source.node, yaml.MappingNode):
        return {name: to_python(value) for name, value in source.entries().items()}
    if isinstance(source.node, yaml.SequenceNode):
        return [to_python(item) for item in source.items()]
    return str(source.node.value)


def place_of(source: YamlSource, path: tuple[str | int, ...]) -> Location:
    """Where the deepest part of `path` that exists is written."""
    for step in path:
        if isinstance(source.node, yaml.SequenceNode) and isinstance(step, int):
            source = list(source.items())[step]
        elif isinstance(source.node, yaml.MappingNode):
            source = source.entries().get(str(step), source)
    return source.place


def worded(error: ErrorDetails) -> str:
    """What is wrong, to somebody who edits the file and has never heard of its reader."""
    path, limits = error["loc"], error.get("ctx", {})
    name = next((part for part in reversed(path) if isinstance(part, str) and part != "[key]"), "")
    match error["type"]:
        case "missing":
            return f"'{name}' is missing"
        case "extra_forbidden":
            above = tuple(part for part in path[:-1] if isinstance(part, str))
            return f"unknown key '{name}'; known here: {', '.join(KEYS_OF[above].model_fields)}"
        case "string_too_short":
            return f"'{name}' is empty"
        case "string_pattern_mismatch":
            return f"'{error['input']}' is no id: use a to z, 0 to 9 and _ only"
        case "literal_error":
            return f"unknown '{error['input']}'; known here: {limits['expected']}"
        case "too_short":
            return (
                f"'{name}' has {limits['actual_length']}; it needs {limits['min_length']} or more"
            )
        case "too_long":
            return f"'{name}' has {limits['actual_length']}; it may have {limits['max_length']}"
        case "greater_than_equal":
            return f"'{name}' must be {limits['ge']} or more"
        case "less_than_equal":
            return f"'{name}' must be {limits['le']} or less"
        case "int_parsing":
            return f"'{name}' must be a whole number"
        case "bool_parsing":
            return f"'{name}' must be true or false"
        case "string_type":
            return f"'{name}' must be text"
        case "tuple_type":
            return f"'{name}' must be a list"
        case "model_type" | "dict_type" | "model_attributes_type":
            return "keys with values are expected here"
    return error["msg"].removeprefix("Value error, ")
