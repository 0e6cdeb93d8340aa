"""What is told of a file that is missing, cut, in another code, or lacks something."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import ContentError
from knowledge.files import read_json_list, read_text
from knowledge.glossary import Glossary
from knowledge.library import FOLDER, Library
from knowledge.relations import Relations
from knowledge.words import Words
from knowledge.yaml_source import YamlSource

READERS: dict[str, Callable[[Path], object]] = {
    "glossary.yaml": Glossary.read,
    "words.yaml": lambda folder: Words.read(folder=folder),
    "relations.yaml": lambda folder: Relations.read(Library.read(), folder),
}


def test_a_file_that_stops_being_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "notices.yaml"
    file.write_text('a: 1\nb: "two\nc: 3\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"/notices\.yaml:\d+: this is not YAML"):
        YamlSource.read(file)


def test_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(ContentError, match=r"/words\.yaml:2: save this file as UTF-8"):
        read_text(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"/gone\.yaml: there is no such file"):
        read_text(tmp_path / "gone.yaml")


def test_entries_of_a_list_keep_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "list.json"
    file.write_text('[\n {"a": "]"},\n\n {"a": [1]}\n]\n', encoding="utf-8")
    assert [(each.value, each.place.line) for each in read_json_list(file)] == [
        ({"a": "]"}, 2),
        ({"a": [1]}, 4),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: this is not JSON"),
        ('[\n{"a": 1},\n{"a": \n', ":4: this is not JSON"),
        ('{"a": 1}', ":1: a list is expected here"),
        ('[{"a": 1, "a": 2}]', ":1: 'a' is written twice"),
    ],
)
def test_a_broken_list_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "list.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=said):
        list(read_json_list(file))


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("glossary.yaml", "meaning:", "meanin:", r":3: 'meaning' is missing"),
        ("glossary.yaml", "  also: [s17", "  also: [s47", r":6: 's47' is explained twice"),
        ("glossary.yaml", "  also: [s47,", "  also: [s.47,", None),
        ("words.yaml", "\nignored:", "\nignore:", r"unknown key 'ignore'"),
        ("notices.yaml", "review_by:", "reviewed_by:", "unknown key 'reviewed_by'"),
        ("notices.yaml", "review_by: 2027", "review_by: soon 2027", "must be a date such as"),
        ("notices.yaml", "notices:", "notice:", "'notices' is missing"),
        ("relations.yaml", "\nsame:", "\nsames:", "'same' is missing"),
        ("relations.yaml", '["001.FO",', '["001.FO9",', r":11: there is no passage '001\.FO9'"),
        ("relations.yaml", '["001.EO.p1",', '["001.FO",', ":12: '001.FO' is in `same` twice"),
        ("relations.yaml", "opening: Fifteen", "opening: Sixteen", ":28: these words do not"),
        ("relations.yaml", 'last: "000.p15"', 'last: "000.intro"', "stands before '000.p1'"),
        ("relations.yaml", 'last: "000.p15"', "", ":25: 'last' is missing"),
        ("relations.yaml", 'last: "000.p15"', 'last: "001.FO"', "begins in one document"),
    ],
)
def test_a_mistake_of_a_policy_officer_is_told_plainly(
    tmp_path: Path, name: str, old: str, new: str, said: str | None
) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    read = READERS.get(name, Library.read)
    if said is None:
        read(folder)
        return
    with pytest.raises(ContentError, match=said) as refused:
        read(folder)
    assert all(each.place.file == f"knowledge/{name}" for each in refused.value.violations)
