"""A file that a person edits, as a model of pydantic: what is wrong has a file and a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.content.errors import ContentError, Location
from bot.content.yaml_source import YamlSource, load

Model = TypeVar("Model", bound=BaseModel)


def read_model(
    path: Path, model: type[Model], *, prepare: Callable[[Any], Any] = lambda file: file
) -> Model:
    """Raises ContentError for a file that is missing, is not YAML or is no `model`.

    Scalars are text, as they are written; `prepare` sees them before the model does.
    """
    try:
        source = YamlSource.parse(*load(path))
    except FileNotFoundError:
        file = f"{path.parent.name}/{path.name}"
        raise ContentError(
            Location(file, 1), "there is no such file; copy the one that was shipped"
        ) from None
    try:
        return model.model_validate(prepare(values(source)))
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        named = ".".join(map(str, first["loc"]))
        raise ContentError(place_of(source, first["loc"]), f"'{named}': {first['msg']}") from None


def values(source: YamlSource) -> Any:
    """Text, lists and dictionaries: scalars stay text, so `no` is a word and `002` an id.

    Of a block of text the line breaks stay.
    """
    if isinstance(source.node, yaml.MappingNode):
        return {name: values(value) for name, value in source.entries().items()}
    if isinstance(source.node, yaml.SequenceNode):
        return [values(item) for item in source.items()]
    return str(source.node.value)


def place_of(source: YamlSource, path: tuple[str | int, ...]) -> Location:
    """Where the deepest part of `path` that exists is written."""
    for step in path:
        if isinstance(source.node, yaml.SequenceNode) and isinstance(step, int):
            source = list(source.items())[step]
        elif isinstance(source.node, yaml.MappingNode):
            source = source.entries().get(str(step), source)
    return source.place
