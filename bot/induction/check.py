"""What is wrong with modules that can be read: each problem with file and line."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from pathlib import Path

from bot.induction.model import ROLES, Programme
from bot.induction.reader import ModuleFile, programme_of, read_files
from knowledge.documents import PASSAGES
from knowledge.errors import ContentError, KeyPath, Violation
from knowledge.library import Library

PAGES = (
    "join",
    "resume",
    "leave",
    "forget",
    "code",
    "record",
    "completion",
    "certificate",
    "refresher",
)
"""Addresses below /induction that are no modules."""


def sound_programme(folder: Path, library: Library, flows: Container[str]) -> Programme:
    """The programme in `folder`; raises ContentError naming all that stands in its way."""
    found: list[Violation] = []
    files: list[ModuleFile] = []
    try:
        files = read_files(folder)
    except ContentError as broken:
        found += broken.violations
    found += problems(files, library.passages, superseded(library), flows)
    try:
        programme = programme_of(folder, files)
    except ContentError as broken:
        raise ContentError(*found, *broken.violations) from None
    if found:
        raise ContentError(*found)
    return programme


def superseded(library: Library) -> set[str]:
    """Passages whose notices say that law or guidance has moved on."""
    return {
        passage
        for passage in library.passages
        if any(notice.kind == "superseded" for notice in library.quote(passage).notices)
    }


def problems(
    files: Sequence[ModuleFile],
    passages: Container[str],
    superseded: Collection[str],
    flows: Container[str],
) -> Iterator[Violation]:
    taken: set[str] = set(PAGES)
    for file in files:
        if file.module.id in taken:
            yield Violation(file.place("id"), f"the id '{file.module.id}' is taken; choose another")
        taken.add(file.module.id)
        yield from _scenario(file, flows)
        yield from _references(file, passages)
        yield from _quiz(file, superseded)


def _scenario(file: ModuleFile, flows: Container[str]) -> Iterator[Violation]:
    scenario = file.module.scenario
    if scenario.flow not in flows:
        yield Violation(
            file.place("scenario", "flow"),
            f"there is no flow '{scenario.flow}'; data/flows has a file for each",
        )
    for role in ROLES:
        if role not in scenario.roles:
            yield Violation(file.place("scenario", "roles"), f"'{role}' is missing")


def _references(file: ModuleFile, passages: Container[str]) -> Iterator[Violation]:
    for path, passage in named(file):
        if passage not in passages:
            yield Violation(
                file.place(*path),
                f"there is no passage '{passage}'; each document's {PASSAGES} has the ids",
            )


def named(file: ModuleFile) -> Iterator[tuple[KeyPath, str]]:
    """Every passage that the module names, with the way to it in the file."""
    for at, reading in enumerate(file.module.read):
        yield ("read", at, "passage"), reading.passage
    for at, question in enumerate(file.module.quiz):
        for place, passage in enumerate(question.settled_by):
            yield ("quiz", at, "settled_by", place), passage
        for place, option in enumerate(question.options):
            if option.quote:
                yield ("quiz", at, "options", place, "quote"), option.quote


def _quiz(file: ModuleFile, superseded: Collection[str]) -> Iterator[Violation]:
    asked: set[str] = set()
    for at, question in enumerate(file.module.quiz):
        if question.id in asked:
            yield Violation(
                file.place("quiz", at, "id"), f"two questions have the id '{question.id}'"
            )
        asked.add(question.id)
        settled = set(question.settled_by)
        if settled and settled <= set(superseded) and not question.superseded:
            yield Violation(
                file.place("quiz", at),
                "only superseded text settles this question; say so under 'superseded'",
            )
        ids: set[str] = set()
        reasons: set[str] = set()
        for place, option in enumerate(question.options):
            if option.id in ids:
                yield Violation(
                    file.place("quiz", at, "options", place, "id"),
                    f"two options have the id '{option.id}'",
                )
            if option.why in reasons:
                yield Violation(
                    file.place("quiz", at, "options", place, "why"),
                    "another option has the same 'why'; give each its own",
                )
            ids.add(option.id)
            reasons.add(option.why)
