"""Reads `data/induction/*.yaml`, keeping the line of every part for whoever edits it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.induction.model import Module, Programme
from knowledge.errors import ContentError, Location
from knowledge.files import read_each
from knowledge.schema import validated
from knowledge.yaml_source import YamlSource


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
    return Programme(modules=tuple(file.module for file in read_files(folder)))


def read_files(folder: Path) -> list[ModuleFile]:
    """Raises ContentError with the violations of every file."""
    files = read_each(sorted(folder.glob("*.yaml")), read_file)
    if not files:
        raise ContentError.at(Location(folder.name), "no module here; add a .yaml file")
    return files


def read_file(path: Path) -> ModuleFile:
    """Raises ContentError."""
    source = YamlSource.read(path)
    return ModuleFile(source, validated(source, Module), path)
