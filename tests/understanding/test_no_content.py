"""Redaction and alarms rest on no content: whatever an edition says, they are the same."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.container import Container, Content, open_container, over
from bot.operations.content_folder import live_data, open_editions
from bot.settings import HOME, Settings
from bot.understanding.safety.classifier import Alert
from bot.understanding.screening import UserMessage
from knowledge.costs import Costs
from knowledge.editions import Edition
from knowledge.editions.contents import files_of
from knowledge.library import Library
from tests.api.standins import Shelf, encoder
from tests.shipped import DATA

pytestmark = pytest.mark.encoder

SAMPLE, OF_NAMES = 250, 40
MESSAGES = [
    HOME / "tests" / "eval" / "questions.jsonl",
    *sorted((DATA / "messages").glob("*.jsonl")),
]
NAMES = ["Kieran Walsh", "Tobi", "Shanice Okafor", "Dr Jane Sample"]
DANGER = ["he has a knife", "she is not breathing", "I want to die", "there is blood everywhere"]
ORDINARY = ["Bruise", "Knife", "Mum", "Monday", "Safe"]
COMMANDS = ["stop", "I want to stop", "No one is in danger, carry on"]
SAID = "text", "says", "label", "because", "title", "name", "why", "meaning"
"""Keys of the files of content under which words stand that a person reads."""
TRIED = "found"
"""What stands below it is tried at every start, and has to hold what it says."""


def words_of(random_: random.Random) -> str:
    return random_.choice([*NAMES, *DANGER, *ORDINARY])


def _json_lines(file: Path, change: Callable[[dict[str, Any]], object]) -> None:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    for line in lines:
        change(line)
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")


def _yaml(file: Path, change: Callable[[Any], Any]) -> None:
    content = change(yaml.safe_load(file.read_text("utf-8")))
    file.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), "utf-8")


def _said(content: Any, seed: random.Random) -> Any:
    """With a name, a danger or an ordinary word after whatever a person reads."""
    if isinstance(content, dict):
        return {
            key: f"{each} {words_of(seed)}"
            if key in SAID and isinstance(each, str)
            else each
            if key == TRIED
            else _said(each, seed)
            for key, each in content.items()
        }
    return [_said(each, seed) for each in content] if isinstance(content, list) else content


def change_everything(folder: Path) -> None:
    """Every file of the content says something else, and the words are those of the messages."""
    seed = random.Random(0)
    for home in (folder / "documents").iterdir():
        _document(home, seed)
    for name in ("questions", "out_of_scope"):
        _json_lines(folder / f"{name}.jsonl", lambda line: line["questions"].extend(DANGER + NAMES))
    gaps = folder / "gaps.jsonl"
    gaps.write_text("".join(gaps.read_text("utf-8").splitlines(keepends=True)[::3]), "utf-8")
    terms = [{"term": each, "also": [], "meaning": "A word."} for each in NAMES + DANGER + ORDINARY]
    _yaml(folder / "glossary.yaml", lambda known: [*known, *terms])
    _yaml(folder / "relations.yaml", lambda known: {key: [] for key in known})
    _yaml(folder / "notices.yaml", lambda known: _said(known, seed))
    _yaml(folder / "words.yaml", _words)
    for file in (folder / "data").rglob("*.yaml"):
        _yaml(file, _contacts if file.name == "contacts.yaml" else lambda known: _said(known, seed))
    line = {"q": "Kieran has a knife", "kind": "abstain"}
    (folder / "evaluation.jsonl").write_text(json.dumps(line), "utf-8")


def _document(home: Path, seed: random.Random) -> None:
    """The facts, the names of the passages, and a last line of the text that nothing quotes."""
    text = home / "text.txt"
    text.write_text(f"{text.read_text('utf-8')}\n{' '.join(NAMES + DANGER)}\n", "utf-8")
    sha256 = hashlib.sha256(text.read_bytes()).hexdigest()

    def facts(entry: dict[str, Any]) -> dict[str, Any]:
        return {**entry, "title": words_of(seed), "publisher": NAMES[0], "sha256": sha256}

    _yaml(home / "document.yaml", facts)
    passages = home / "passages.json"
    entries = json.loads(passages.read_text("utf-8"))
    for entry in entries:
        entry["label"] = words_of(seed)
    passages.write_text(json.dumps(entries), "utf-8")


def _words(known: dict[str, Any]) -> dict[str, Any]:
    return {
        **known,
        "acronyms": {**known["acronyms"], "kw": "kieran walsh", "help": "tea"},
        "ignored": [*known["ignored"], "knife", "breathing", "kieran", "die"],
    }


def _contacts(known: dict[str, Any]) -> dict[str, Any]:
    for number, contact in enumerate(known["local"].values()):
        contact |= {"label": NAMES[number % len(NAMES)], "asked_as": [*DANGER, *ORDINARY]}
    return {**known, "partnership": "Kieran Walsh has a knife"}


def opened(settings: Settings) -> Container:
    """The whole assistant from the live edition, but for the index, which screening never sees."""
    editions = open_editions(settings)
    shelf = shelf_of(editions.live_folder(), editions.live())
    content = Content.read(live_data(settings), shelf.library)
    return open_container(settings, shelf, content, secret="")


def shelf_of(folder: Path, edition: Edition) -> Shelf:
    shelf = Shelf()
    shelf.library = Library.read(folder).of(edition)
    shelf.encoder = encoder()
    shelf.costs = Costs.read()
    return shelf


def messages() -> list[str]:
    """Some of every file, the same each time, and words that the changed content says."""
    found: list[str] = []
    for file in MESSAGES:
        lines = file.read_text("utf-8").splitlines()
        own = [json.loads(line)["q"] for line in lines]
        count = OF_NAMES if file.name == "names.jsonl" else SAMPLE // len(MESSAGES) + 1
        found += random.Random(0).sample(own, min(len(own), count))
    return [*found, *NAMES, *DANGER, *ORDINARY, *COMMANDS]


Read = tuple[str, tuple[str, ...], Alert | None]


def screened(container: Container) -> list[Read]:
    read = (container.screener.read(UserMessage(each)) for each in messages())
    return [
        (each.redaction.text, tuple(each.redaction.found), each.alert)
        for each in read
        if each.redaction
    ]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Container:
    return opened(Settings(state_dir=tmp_path_factory.mktemp("shipped")))


@pytest.fixture(scope="module")
def expected(shipped: Container) -> list[Read]:
    return screened(shipped)


def publish_changed(settings: Settings) -> Edition:
    with open_editions(settings).draft() as draft:
        before = {path: file.read_bytes() for path, file in files_of(draft.folder).items()}
        change_everything(draft.folder)
        after = {path: file.read_bytes() for path, file in files_of(draft.folder).items()}
        assert [path for path, was in before.items() if after[path] == was] == []
        return open_editions(settings).publish(draft, "Ann Example", "", "Everything")


def test_the_messages_hold_alarms_and_personal_data(expected: list[Read]) -> None:
    """Or nothing would be shown by their being the same."""
    assert len(expected) > SAMPLE
    assert sum(alert is not None for _, _, alert in expected) > SAMPLE / 10
    assert sum(bool(found) for _, found, _ in expected) > SAMPLE / 10


def test_whatever_the_content_says_messages_are_read_the_same(
    expected: list[Read], tmp_path: Path
) -> None:
    settings = Settings(state_dir=tmp_path)
    publish_changed(settings)
    changed = opened(settings)
    assert changed.contacts.partnership == "Kieran Walsh has a knife"
    assert screened(changed) == expected


def test_an_edition_that_goes_live_meanwhile_changes_nothing_of_it(
    expected: list[Read], tmp_path: Path
) -> None:
    settings = Settings(state_dir=tmp_path)
    before = opened(settings)
    edition = publish_changed(settings)
    after = over(before, shelf_of(open_editions(settings).folder(edition.id), edition))
    assert after.edition == edition
    assert after.contacts.partnership == "Kieran Walsh has a knife"
    assert screened(after) == expected
