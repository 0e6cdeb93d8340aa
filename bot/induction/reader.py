"""Reads `data/induction/*.yaml` and checks it against the passages and the flows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.induction.model import ROLES, Module, Programme
from knowledge.library import Library


class ProgrammeError(ValueError):
    """A module that cannot be used; every line starts with file and line."""


def read_programme(folder: Path) -> Programme:
    """Every module in `folder`, in the order of the file names. Raises ProgrammeError."""
    modules = tuple(read_module(path) for path in sorted(folder.glob("*.yaml")))
    if not modules:
        raise ProgrammeError(f"{folder.name}: no module here; add a .yaml file")
    return Programme(modules=modules)


def read_module(path: Path) -> Module:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 1
        raise ProgrammeError(f"{path.name}:{line}: this is not YAML: {broken.problem}") from broken
    if node is None:
        raise ProgrammeError(f"{path.name}:1: the file is empty")
    try:
        return Module.model_validate(plain(node))
    except ValidationError as invalid:
        problems = (
            f"{path.name}:{line_of(node, error['loc'])}: "
            f"{'.'.join(map(str, error['loc'])) or 'module'}: {error['msg']}"
            for error in invalid.errors(include_url=False, include_input=False)
        )
        raise ProgrammeError("\n".join(problems)) from invalid


def plain(node: yaml.Node) -> Any:
    """Text, lists and dictionaries: scalars stay text, so `no` is a word and `002` an id."""
    if isinstance(node, yaml.MappingNode):
        return {plain(key): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    return str(node.value)


def line_of(node: yaml.Node, path: tuple[str | int, ...]) -> int:
    """The line where the deepest part of `path` that exists is written."""
    for step in path:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        elif isinstance(node, yaml.MappingNode):
            node = next((v for k, v in node.value if k.value == step), node)
    return node.start_mark.line + 1


def check(programme: Programme, library: Library, flows: Collection[str]) -> None:
    """Raises ProgrammeError naming everything that stands in the way of using it."""
    superseded = [
        passage
        for passage in library.passages
        if any(notice.kind == "superseded" for notice in library.quote(passage).notices)
    ]
    found = problems(programme, passages=library.passages, superseded=superseded, flows=flows)
    if said := "\n".join(found):
        raise ProgrammeError(said)


def problems(
    programme: Programme,
    *,
    passages: Collection[str],
    superseded: Collection[str],
    flows: Collection[str],
) -> Iterator[str]:
    """What stands in the way of using the programme, a sentence each.

    `superseded` names the passages whose notices say that law or guidance has moved on.
    """
    ids = [module.id for module in programme.modules]
    for twice in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"two modules have the id '{twice}'"
    for module in programme.modules:
        for passage in module.passages:
            if passage not in passages:
                yield f"{module.id}: there is no passage '{passage}'"
        if module.scenario.flow not in flows:
            yield f"{module.id}: there is no flow '{module.scenario.flow}'"
        for role in ROLES:
            if role not in module.scenario.roles:
                yield f"{module.id}: the scenario has no text for the role '{role}'"
        for question in module.quiz:
            settled = set(question.settled_by)
            if settled and settled <= set(superseded) and not question.superseded:
                yield (
                    f"{module.id}/{question.id}: only superseded text settles this question; "
                    "say so under 'superseded'"
                )
            whys = [option.why for option in question.options]
            if len(set(whys)) < len(whys):
                yield f"{module.id}/{question.id}: two options share an explanation"
