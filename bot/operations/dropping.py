"""Takes citations of a document out of the files that people edit, and leaves the rest as it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.operations.citations import CitationGraph
from knowledge.errors import KeyPath
from knowledge.files import read_text
from knowledge.revision.citation import Citation, CitationKind

GO_WITH_THE_DOCUMENT: frozenset[CitationKind] = frozenset(
    {"questions", "gap", "out_of_scope", "rule"}
)
"""What `take_out` takes out with it, and what nobody edits."""
NEEDED: dict[CitationKind, int] = {"relation": 2, "supersedes": 0}
"""How many citations a place must keep; one, where it is not named here."""
NEVER_FOLDED = 1 << 20
"""A width that no line has, so that the writer breaks none."""


@dataclass(frozen=True)
class DropPlan:
    """`drops` can go. `last`: without them the place would have no source, or make no sense.
    `elsewhere`: they stand in files that no edition holds, and have to be edited by hand."""

    drops: tuple[Citation, ...]
    last: tuple[Citation, ...]
    elsewhere: tuple[Citation, ...]

    @property
    def is_whole(self) -> bool:
        return not self.last and not self.elsewhere


@dataclass(frozen=True)
class Edit:
    """Lines of a file, before and after. `line`: the first of them, from 1."""

    file: Path
    line: int
    before: tuple[str, ...]
    after: tuple[str, ...]


def planned(graph: CitationGraph, document_id: str, draft: Path) -> DropPlan:
    """What of the citations of a document can be taken out of the files below `draft`."""
    inside = draft.resolve()
    held = Counter(each.key for each in graph.citations)
    found: dict[str, list[Citation]] = {"drops": [], "last": [], "elsewhere": []}
    cited = cited_by_people(graph, document_id)
    going = Counter(each.key for each in cited)
    for citation in cited:
        left = held[citation.key] - going[citation.key]
        in_a_list = bool(citation.path) and isinstance(citation.path[-1], int)
        if not in_a_list or left < NEEDED.get(citation.kind, 1):
            found["last"].append(citation)
        elif not citation.file.resolve().is_relative_to(inside):
            found["elsewhere"].append(citation)
        else:
            found["drops"].append(citation)
    return DropPlan(*(tuple(found[part]) for part in ("drops", "last", "elsewhere")))


def cited_by_people(graph: CitationGraph, document_id: str) -> list[Citation]:
    """What cites the document and has to be changed before it goes; not what goes with it."""
    own = f"document/{document_id}"
    return [
        each
        for each in graph.of_document(document_id)
        if each.kind not in GO_WITH_THE_DOCUMENT and each.key != own
    ]


def drop(citations: Iterable[Citation]) -> tuple[Edit, ...]:
    """Takes each out of its list; comments and layout stay. Raises ContentError, and OSError where
    a file cannot be written."""
    files: defaultdict[Path, list[KeyPath]] = defaultdict(list)
    for citation in citations:
        files[citation.file].append(citation.path)
    edits: list[Edit] = []
    for file, paths in files.items():
        before = read_text(file)
        after = without(before, paths)
        file.write_text(after, "utf-8")
        edits += _edits(file, before, after)
    return tuple(edits)


def without(text: str, paths: Iterable[KeyPath]) -> str:
    """The YAML without these items of its lists. Lines that no path touches keep every sign, also
    where the writer would lay them out otherwise."""
    yaml = _yaml()
    content = yaml.load(text)
    as_written = _dumped(yaml, content).splitlines(keepends=True)
    for path in sorted(paths, key=lambda way: (repr(way[:-1]), way[-1]), reverse=True):
        _take_out(content, path)  # The last of a list first, so that the others stay in place.
    edited = _dumped(yaml, content).splitlines(keepends=True)
    lines = text.splitlines(keepends=True)
    if len(lines) != len(as_written):
        return "".join(edited)
    kept: list[str] = []
    for tag, start, end, first, last in SequenceMatcher(
        None, as_written, edited, autojunk=False
    ).get_opcodes():
        kept += lines[start:end] if tag == "equal" else edited[first:last]
    return "".join(kept)


def _take_out(content: Any, path: KeyPath) -> None:
    for step in path[:-1]:
        content = content[step]
    del content[path[-1]]


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
    for tag, start, end, first, last in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield Edit(file, start + 1, tuple(old[start:end]), tuple(new[first:last]))
