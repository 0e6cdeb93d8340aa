"""Reads `data/induction/*.yaml`, keeping the line of every part for whoever edits it.

`programme.yaml` says what holds for every module; each other file is a module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.induction.model import Module, Programme, ProgrammeSettings
from knowledge.errors import ContentError, Location
from knowledge.files import read_each
from knowledge.schema import validated
from knowledge.yaml_source import YamlSource

SETTINGS = "programme.yaml"


@dataclass(frozen=True)
class ModuleFile:
    """A module and the file that it was read from."""

    source: YamlSource
    module: Module
    path: Path

    def place(self, *path: str | int) -> Location:
        return self.source.place_of(path)


def read_programme(folder: Path) -> Programme:
    """Every module in `folder`, in the order of the file names. Raises ContentError."""
    return programme_of(folder, read_files(folder))


def programme_of(folder: Path, files: Sequence[ModuleFile]) -> Programme:
    """These modules under the settings in `folder`. Raises ContentError."""
    return Programme(
        modules=tuple(file.module for file in files), settings=read_settings(folder / SETTINGS)
    )


def read_settings(path: Path) -> ProgrammeSettings:
    """Raises ContentError."""
    if not path.exists():
        return ProgrammeSettings()
    return validated(YamlSource.read(path), ProgrammeSettings)


def read_files(folder: Path) -> list[ModuleFile]:
    """Raises ContentError with the violations of every file."""
    modules = [path for path in sorted(folder.glob("*.yaml")) if path.name != SETTINGS]
    files = read_each(modules, read_file)
    if not files:
        raise ContentError.at(Location(folder.name), "no module here; add a .yaml file")
    return files


def read_file(path: Path) -> ModuleFile:
    """Raises ContentError."""
    source = YamlSource.read(path)
    return ModuleFile(source, validated(source, Module), path)
