"""What a policy officer is told of a mistake: which file, which line, what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.induction import sound_programme
from bot.settings import HOME
from knowledge.errors import ContentError
from knowledge.library import Library
from tests.cli.test_cli import run

MODULE = """\
id: lending
title: Lending
minutes: 12
aim: You will know whom to ask.
read:
  - {passage: 000.p1, notice: Who is named.}
  - {passage: 000.p2, notice: What is asked.}
  - {passage: 000.p6, notice: What is kept.}
scenario:
  flow: lend
  text: Somebody asks you for a book.
  roles:
    social_worker: A family asks.
    school: A pupil asks.
    health: A patient asks.
    police: A witness asks.
    early_years: A parent asks.
    voluntary: A neighbour asks.
    foster_carer: A child asks.
quiz:
  - id: owner
    kind: single
    ask: Whose book is it?
    settled_by: [000.p1]
    options:
      - {id: mine, label: Mine, right: true, why: It says so.}
      - {id: yours, label: Yours, why: It says mine.}
      - {id: theirs, label: Theirs, quote: 000.p2, why: It names nobody else.}
  - id: first
    kind: order
    ask: What comes first?
    settled_by: [000.p2]
    options:
      - {id: ask, label: Ask, why: This comes first.}
      - {id: lend, label: Lend, why: This comes second.}
      - {id: thank, label: Thank, why: This comes last.}
  - id: number
    kind: single
    ask: What number do you ring?
    settled_by: []
    fixed: This is not from the sources.
    options:
      - {id: a, label: "999", right: true, why: It is free.}
      - {id: b, label: "998", why: It is not in use.}
      - {id: c, label: "997", why: Nobody answers it.}
"""
SUPERSEDED = "003.2.6.note"


def told(folder: Path) -> str:
    with pytest.raises(ContentError) as error:
        sound_programme(folder, Library.read(), {"lend"})
    return str(error.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "induction"
    folder.mkdir()
    (folder / "1-lending.yaml").write_text(MODULE, encoding="utf-8")
    return folder


def test_a_module_without_mistakes_is_sound(folder: Path) -> None:
    assert [each.id for each in sound_programme(folder, Library.read(), {"lend"}).modules]


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("101", "'pass_mark' must be 100 or less"),
        ("0", "'pass_mark' must be 1 or more"),
        ("most", "'pass_mark' must be a whole number"),
    ],
)
def test_a_pass_mark_that_is_none_is_named_with_its_line(
    folder: Path, mark: str, words: str
) -> None:
    (folder / "programme.yaml").write_text(f"title: Lending\npass_mark: {mark}\n", "utf-8")
    said = told(folder)
    assert words in said
    assert "programme.yaml:2" in said


def test_a_wrong_setting_and_a_wrong_module_are_named_at_once(folder: Path) -> None:
    (folder / "programme.yaml").write_text("title: Lending\npass_mark: 101\n", "utf-8")
    module = folder / "1-lending.yaml"
    module.write_text(MODULE.replace("flow: lend", "flow: borrow"), "utf-8")
    said = told(folder)
    assert "there is no flow 'borrow'" in said
    assert "'pass_mark' must be 100 or less" in said
    module.write_text(MODULE.replace("minutes: 12\n", ""), "utf-8")
    said = told(folder)
    assert "minutes" in said
    assert "'pass_mark' must be 100 or less" in said


def test_the_pass_mark_says_how_many_are_needed(folder: Path) -> None:
    (folder / "programme.yaml").write_text("title: Lending\npass_mark: 80\n", "utf-8")
    programme = sound_programme(folder, Library.read(), {"lend"})
    assert [programme.needed(asked) for asked in (3, 4, 5)] == [3, 4, 4]
    assert programme.passes(4, 5)
    assert not programme.passes(3, 4)


def test_an_edition_from_before_has_a_pass_mark_all_the_same(folder: Path) -> None:
    assert sound_programme(folder, Library.read(), {"lend"}).needed(4) == 3


@pytest.mark.parametrize(
    ("was", "becomes", "line", "words"),
    [
        ("title: Lending\n", "", 1, "'title' is missing"),
        ("aim: You will know whom to ask.", "aim:", 4, "'aim' is empty"),
        ("id: lending", "id: lending books", 1, "use a to z, 0 to 9 and _ only"),
        ("id: lending", "id: record", 1, "the id 'record' is taken"),
        ("minutes: 12", "minutes: 20", 3, "'minutes' must be 15 or less"),
        ("minutes: 12", "minutes: 5", 3, "'minutes' must be 10 or more"),
        ("minutes: 12", "minutes: twelve", 3, "'minutes' must be a whole number"),
        ("minutes: 12", "minutes: 12\ncolour: blue", 4, "unknown key 'colour'; known here: id,"),
        ("minutes: 12", "minutes: 12\nminutes: 13", 4, "'minutes' is written twice"),
        ("  - {passage: 000.p6, notice: What is kept.}\n", "", 6, "'read' has 2; it needs 3"),
        ("passage: 000.p1,", "passage: 000.p99,", 6, "there is no passage '000.p99'"),
        ("  flow: lend", "  flow: lend_out", 10, "there is no flow 'lend_out'"),
        ("    police: A witness asks.\n", "", 13, "'police' is missing"),
        ("    police:", "    polis:", 16, "unknown 'polis'; known here: 'social_worker', "),
        ("scenario:\n", "scenario: none\nold:\n", 9, "keys with values are expected here"),
        ("kind: order", "kind: sort", 30, "unknown 'sort'; known here: 'single', "),
        ("ask: What comes first?", "ask: [What]", 31, "'ask' must be text"),
        ("settled_by: [000.p2]", "settled_by: 000.p2", 32, "'settled_by' must be a list"),
        ("settled_by: [000.p2]", "settled_by: [000.p2, 9]", 32, "there is no passage '9'"),
        ("quote: 000.p2", "quote: 000.p98", 28, "there is no passage '000.p98'"),
        (", why: It says mine.", "", 27, "'why' is missing"),
        ("why: It says mine.", "why: ''", 27, "'why' is empty"),
        ("why: It says mine.", "why: It says so.", 27, "another option has the same 'why'"),
        ("right: true, why: It says", "why: It says", 21, "exactly one option must be right; 0"),
        ("right: true, why: It says", "right: aye, why: It says", 26, "must be true or false"),
        ("id: ask,", "id: ask, right: true,", 29, "put them in the right order"),
        ("id: thank,", "id: ask,", 36, "two options have the id 'ask'"),
        ("id: first", "id: owner", 29, "two questions have the id 'owner'"),
        ("    fixed: This is not from the sources.\n", "", 37, "say under 'fixed' that no source"),
        ("[000.p1]", f"[{SUPERSEDED}]", 21, "say so under 'superseded'"),
        ("title: Lending", "title: [", 4, "this is not YAML"),
        ("title: Lending", "title: Lending\x07", 2, "a character that is not text"),
    ],
)
def test_a_mistake_is_named_where_it_stands(
    folder: Path, was: str, becomes: str, line: int, words: str
) -> None:
    assert was in MODULE
    (folder / "1-lending.yaml").write_text(MODULE.replace(was, becomes, 1), encoding="utf-8")
    first = told(folder).splitlines()[0]
    assert first.startswith(f"induction/1-lending.yaml:{line}: ")
    assert words in first


def test_mistakes_in_several_files_are_named_together(folder: Path) -> None:
    (folder / "2-again.yaml").write_text(MODULE, encoding="utf-8")
    assert told(folder) == "induction/2-again.yaml:1: the id 'lending' is taken; choose another"
    (folder / "2-again.yaml").write_text("", encoding="utf-8")
    (folder / "3-list.yaml").write_text("- a", encoding="utf-8")
    assert told(folder).splitlines() == [
        "induction/2-again.yaml:1: the file is empty",
        "induction/3-list.yaml:1: keys with values are expected here",
    ]


def test_a_file_in_another_code_is_named(folder: Path) -> None:
    (folder / "1-lending.yaml").write_bytes(MODULE.replace("It says", "“It” says").encode("cp1252"))
    assert told(folder).startswith("induction/1-lending.yaml:26: save this file as UTF-8")


def test_an_empty_folder_says_what_belongs_there(tmp_path: Path) -> None:
    assert "add a .yaml file" in told(tmp_path)


def test_the_command_finds_the_modules_that_are_here_sound(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "induction", "check") == 0
    assert "8 modules are sound." in capsys.readouterr().err


def test_the_command_fails_where_one_is_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("data", "knowledge"):
        shutil.copytree(HOME / name, tmp_path / name)
    module = tmp_path / "data" / "induction" / "1-child-first.yaml"
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace("flow: rights_conflict", "flow: rights"), "utf-8")
    monkeypatch.setenv("FP_HOME", str(tmp_path))
    assert run(monkeypatch, "induction", "check") == 5
    assert "induction/1-child-first.yaml:21: there is no flow 'rights'" in capsys.readouterr().err
