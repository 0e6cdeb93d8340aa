"""Holds content against its form, and words every mistake for the person who edits it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Protocol, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from knowledge.errors import ContentError, KeyPath, Location, Violation
from knowledge.files import read_json_lines

T = TypeVar("T")

NonEmptyText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Strict(BaseModel):
    """What is read from a file: no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ContentSource(Protocol):
    def to_python(self) -> Any: ...

    def place_of(self, path: KeyPath) -> Location: ...


def validated(source: ContentSource, form: type[T]) -> T:
    """The content in the form given. Raises ContentError with every mistake where it stands."""
    adapter: TypeAdapter[T] = _adapter(form)  # type: ignore[arg-type]  # every class has a hash
    content = source.to_python()
    try:
        return adapter.validate_python(content)
    except ValidationError as invalid:
        raise ContentError(
            *(
                Violation(source.place_of(error["loc"]), _worded(error, form))
                for error in invalid.errors(include_url=False)
            )
        ) from invalid


def validated_lines(
    file: Path, form: type[T], found: list[Violation]
) -> Iterator[tuple[Location, T]]:
    """Lines of JSON in the right form; the slips in the others are noted in `found`."""
    try:
        for source in read_json_lines(file):
            try:
                line = validated(source, form)
            except ContentError as broken:
                found += broken.violations
            else:
                yield source.place, line
    except ContentError as unreadable:
        found += unreadable.violations


@cache
def _adapter(form: Any) -> TypeAdapter[Any]:
    return TypeAdapter(form)


def _worded(error: ErrorDetails, form: Any) -> str:
    """What is wrong, to somebody who edits the file and has never heard of its reader."""
    path, limits = error["loc"], error.get("ctx", {})
    name = next((part for part in reversed(path) if isinstance(part, str) and part != "[key]"), "")
    if error["input"] is None and name and error["type"] != "missing":
        return f"'{name}' is empty"
    match error["type"]:
        case "missing":
            return f"'{name}' is missing" if path[-1] == name else f"'{name}' lacks a part"
        case "extra_forbidden":
            return f"unknown key '{name}'; known here: {', '.join(_keys(form, path[:-1]))}"
        case "string_too_short":
            return f"'{name}' is empty"
        case "string_too_long":
            return f"'{name}' may have {limits['max_length']} characters at most"
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
        case "int_parsing" | "int_parsing_size" | "int_type" | "int_from_float":
            return f"'{name}' must be a whole number"
        case "bool_parsing" | "bool_type":
            return f"'{name}' must be true or false"
        case (
            "date_parsing"
            | "date_from_datetime_parsing"
            | "date_from_datetime_inexact"
            | "date_type"
        ):
            return f"'{name}' must be a date such as 2026-11-21"
        case "string_type" | "string_unicode":
            return f"'{name}' must be text"
        case "tuple_type" | "list_type" | "frozen_set_type":
            return f"'{name}' must be a list" if name else "a list is expected here"
        case "model_type" | "dict_type" | "model_attributes_type":
            return "keys with values are expected here"
    return error["msg"].removeprefix("Value error, ")


def _keys(form: Any, path: KeyPath) -> Mapping[str, object]:
    """The keys of the model that `path` leads to."""
    for step in path:
        if isinstance(form, type) and issubclass(form, BaseModel):
            form = form.model_fields[str(step)].annotation
        elif get_origin(form) is not None:
            form = get_args(form)[1 if get_origin(form) is dict else 0]
    if get_origin(form) is UnionType:
        form = get_args(form)[0]
    return form.model_fields if isinstance(form, type) and issubclass(form, BaseModel) else {}
