"""Whatever is wrong with a file that people edit, its reader names the file: never a bare error."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.content.contacts import read_contacts
from bot.content.data_files import DataFiles
from bot.content.phrases import read_phrases
from bot.content.replies import read_assistant, read_document_wording
from bot.content.safety_wording import read_privacy_wording, read_safety_wording
from bot.content.translations import read_translations
from bot.flows import read_flows
from bot.induction import read_programme
from bot.settings import HOME
from bot.understanding.clicks import known_choices
from bot.understanding.notices import SpokenNotices
from bot.understanding.personal_data.allow_list import Allowed
from bot.understanding.personal_data.lexicon import read_names
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from bot.understanding.personal_data.recognisers import pattern_recognisers
from bot.understanding.safety.lexicon import DangerLexicon
from knowledge.costs import Costs
from knowledge.errors import ContentError
from knowledge.glossary import Glossary
from knowledge.library import Library
from knowledge.questions import Questions
from knowledge.relations import Relations
from knowledge.words import Words
from knowledge.yaml_source import YamlSource
from tests.shipped import CONTACTS, FLOWS, LIBRARY, PHRASES

SEED = 20261128
DAMAGES = 12
"""So many of each kind a file; every key of a small one, a sample of a large one."""
FILE = re.compile(r"[\w-]+/[\w.-]+\.\w+")
WRONG: tuple[object, ...] = (None, "", "x", 7, True, [], ["x"], [[7]], {}, {"x": "y"})
KeyPath = tuple[str | int, ...]


def wordings(folder: Path) -> None:
    read_safety_wording(folder / "data" / "safety", CONTACTS)
    read_privacy_wording(folder / "data" / "safety", PLACEHOLDERS)


@dataclass(frozen=True)
class Edited:
    """A file below the project's folder, and what reads it from a copy of that folder."""

    path: str
    read: Callable[[Path], object]


KNOWLEDGE: dict[str, Callable[[Path], object]] = {
    "documents/003/document.yaml": Library.read,
    "documents/003/passages.json": Library.read,
    "notices.yaml": Library.read,
    "relations.yaml": lambda folder: Relations.read(LIBRARY, folder),
    "costs.yaml": Costs.read,
    "glossary.yaml": Glossary.read,
    "words.yaml": lambda folder: Words.read(folder=folder),
    "questions.jsonl": lambda folder: Questions.read(LIBRARY, folder),
    "gaps.jsonl": lambda folder: Questions.read(LIBRARY, folder),
    "out_of_scope.jsonl": lambda folder: Questions.read(LIBRARY, folder),
}
DATA: dict[str, Callable[[Path], object]] = {
    "contacts.yaml": lambda data: read_contacts(data / "contacts.yaml", PHRASES.contacts),
    "assistant.yaml": lambda data: read_assistant(data / "assistant.yaml", known_choices(FLOWS)),
    "documents.yaml": lambda data: read_document_wording(data / "documents.yaml"),
    "notices.yaml": lambda data: SpokenNotices(
        data / "notices.yaml",
        contacts={*CONTACTS.local, *CONTACTS.fixed},
        flows=FLOWS.keys(),
        passages=LIBRARY.passages,
    ),
    "phrases.yaml": lambda data: read_phrases(data / "phrases.yaml"),
    "citation_rules.yaml": lambda data: read_flows(data / "flows"),
    "flows_shared.yaml": lambda data: read_flows(data / "flows"),
    "flows/new_concern.yaml": lambda data: read_flows(data / "flows"),
    "induction/1-child-first.yaml": lambda data: read_programme(data / "induction"),
    "induction/programme.yaml": lambda data: read_programme(data / "induction"),
    "languages/cy/phrases.yaml": lambda data: read_translations(DataFiles(data)),
    "languages/cy/safety.yaml": lambda data: read_translations(DataFiles(data)),
    "safety/messages.yaml": lambda data: wordings(data.parent),
    "safety/privacy.yaml": lambda data: wordings(data.parent),
    "safety/lexicon.yaml": lambda data: DangerLexicon.read(data / "safety" / "lexicon.yaml"),
    "safety/allow_list.yaml": lambda data: Allowed.read(data / "safety" / "allow_list.yaml"),
    "safety/names.yaml": lambda data: read_names(data / "safety"),
    "safety/recognisers.yaml": lambda data: pattern_recognisers(data / "safety"),
}
FILES = [
    *(Edited(f"knowledge/{name}", read) for name, read in KNOWLEDGE.items()),
    *(Edited(f"data/{name}", read) for name, read in DATA.items()),
]


def test_every_file_that_people_edit_is_tried() -> None:
    there = {
        path.relative_to(HOME).as_posix()
        for folder, *endings in (
            ("data", "*.yaml", "safety/*.yaml", "languages/*/*.yaml"),
            ("knowledge", "*.yaml", "*.jsonl", "documents/003/*.yaml", "documents/003/*.json"),
        )
        for ending in endings
        for path in (HOME / folder).glob(ending)
    }
    # None of its lines are shipped: tests/knowledge/test_evaluation_set.py tries it.
    assert there - {"knowledge/evaluation.jsonl"} <= {file.path for file in FILES}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """`data` and `knowledge`, with one flow and one module, without what is learnt or run."""
    for name in ("data", "knowledge"):
        ignored = shutil.ignore_patterns("*.py", "__pycache__", "*.npz", "examples", "nlu", "rules")
        shutil.copytree(HOME / name, tmp_path / name, ignore=ignored)
    for folder, *kept in (
        ("data/flows", "new_concern.yaml"),
        ("data/induction", "1-child-first.yaml", "programme.yaml"),
    ):
        shutil.rmtree(tmp_path / folder)
        (tmp_path / folder).mkdir()
        for one in kept:
            shutil.copy(HOME / folder / one, tmp_path / folder / one)
    return tmp_path


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.path)
def test_a_damaged_file_is_named_by_its_reader(file: Edited, copied: Path) -> None:
    path = copied / file.path
    folder = copied / file.path.split("/")[0]
    file.read(folder)
    # A file of few keys has few that can be damaged: each may be taken out, wrong, or cut off.
    fewest = min(DAMAGES, 4 * sum(1 for _ in parts(opened(path)[0])))
    told = [refusal(file, folder, path, damaged) for damaged in list(damages(path, Random(SEED)))]
    refused = [error for error in told if error]
    assert len(refused) >= fewest
    for error in refused:
        assert all(FILE.fullmatch(each.place.file) for each in error.violations), error


def refusal(file: Edited, folder: Path, path: Path, damaged: bytes) -> ContentError | None:
    """Any other error than the one for content fails the test."""
    path.write_bytes(damaged)
    try:
        file.read(folder)
    except ContentError as error:
        return error
    return None


def damages(path: Path, chance: Random) -> Iterator[bytes]:
    """The file empty, cut, in another code, and with a key or a value that does not belong."""
    whole = path.read_bytes()
    yield b""
    yield whole.replace(b"e", b"\xe9", 1)
    yield whole.replace(b"\n", b"\n\t[", 1)
    for _ in range(DAMAGES):
        yield whole[: chance.randrange(len(whole))]
    content, written = opened(path)
    places = list(parts(content))
    for way in sampled(places, chance):
        if isinstance(way[-1], str):
            yield written(changed(content, way, without))
    for way in sampled(places, chance):
        wrong = chance.choice(WRONG)
        yield written(changed(content, way, partial(put, value=wrong)))
    for way in sampled(places, chance):
        if isinstance(way[-1], int):
            yield written(changed(content, way, twice))


def opened(path: Path) -> tuple[Any, Callable[[Any], bytes]]:
    """What the file holds, and how to write it again: JSON is YAML too."""
    if path.suffix == ".yaml":
        return YamlSource.read(path).to_python(), as_json
    text = path.read_text("utf-8")
    if path.suffix == ".json":
        return json.loads(text), as_json
    entries = [json.loads(line) for line in text.splitlines()]
    return entries, lambda content: b"\n".join(json.dumps(each).encode() for each in content)


def as_json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def parts(content: Any, way: KeyPath = ()) -> Iterator[KeyPath]:
    """The way to every part below `content`."""
    inside = content.items() if isinstance(content, dict) else enumerate(content)
    for key, value in inside:
        yield (*way, key)
        if isinstance(value, dict | list):
            yield from parts(value, (*way, key))


def sampled(ways: list[KeyPath], chance: Random) -> list[KeyPath]:
    """Keys near the top first: a large file has thousands far below."""
    near = [way for way in ways if len(way) <= 2]
    far = [way for way in ways if len(way) > 2]
    return [
        *chance.sample(near, min(len(near), DAMAGES)),
        *chance.sample(far, min(len(far), DAMAGES)),
    ]


def changed(content: Any, way: KeyPath, change: Callable[[Any, Any], None]) -> Any:
    copy = deepcopy(content)
    above = copy
    for key in way[:-1]:
        above = above[key]
    change(above, way[-1])
    return copy


def without(above: Any, key: Any) -> None:
    del above[key]


def twice(above: Any, key: Any) -> None:
    above.insert(key, deepcopy(above[key]))


def put(above: Any, key: Any, value: Any) -> None:
    above[key] = value
