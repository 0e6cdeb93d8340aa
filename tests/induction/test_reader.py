from __future__ import annotations

from pathlib import Path

import pytest

from bot.induction import Programme, ProgrammeError, read_programme
from bot.induction.model import ROLES
from bot.induction.reader import problems, read_module
from bot.settings import HOME
from knowledge.library import Library

MODULES = sorted((HOME / "data" / "induction").glob("*.yaml"))


def superseded(library: Library) -> set[str]:
    return {id for id, passage in library.passages.items() if "superseded" in passage.flags}


def test_the_programme_can_be_used(
    programme: Programme, library: Library, flow_titles: dict[str, str]
) -> None:
    found = problems(
        programme,
        passages=library.passages,
        superseded=superseded(library),
        flows=flow_titles,
    )
    assert list(found) == []
    assert len(programme.modules) == 8


def test_the_reading_fits_the_time(programme: Programme, library: Library) -> None:
    """Reading aloud takes about 150 words a minute; a module leaves time for flow and quiz."""
    for module in programme.modules:
        words = sum(len(library.quote(r.passage).text.split()) for r in module.read)
        assert words / 150 < module.minutes - 5, module.id


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_role_changes_the_scenario_and_nothing_else(path: Path) -> None:
    module = read_module(path)
    told = {module.scenario.for_role(role) for role in ROLES}
    assert len(told) == len(ROLES)
    assert module.scenario.for_role(None) not in told


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("right: true", "exactly one option must be right, found 0"),
        ("minutes: 12", "minutes: Field required"),
        ("kind: single", "kind: Field required"),
    ],
)
def test_a_broken_module_names_file_and_line(tmp_path: Path, broken: str, said: str) -> None:
    text = MODULES[0].read_text(encoding="utf-8")
    fixed = text.replace(f", {broken}", "", 1) if f", {broken}" in text else text
    if fixed == text:
        fixed = "\n".join(
            line for line in text.splitlines() if line.strip().removeprefix("- ") != broken
        )
    (tmp_path / "1-child-first.yaml").write_text(fixed, encoding="utf-8")
    with pytest.raises(ProgrammeError, match=r"^1-child-first\.yaml:\d+: ") as error:
        read_programme(tmp_path)
    assert said in str(error.value)


def test_an_unknown_key_is_refused_where_it_stands(tmp_path: Path) -> None:
    lines = MODULES[0].read_text(encoding="utf-8").splitlines()
    lines.insert(3, "colour: blue")
    (tmp_path / "m.yaml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ProgrammeError, match=r"^m\.yaml:4: colour: "):
        read_programme(tmp_path)


@pytest.mark.parametrize("text", ["", "id: [", "- a\n- b"])
def test_a_file_that_is_no_module_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ProgrammeError, match=r"^m\.yaml:\d+: "):
        read_programme(tmp_path)


def test_superseded_text_alone_must_say_so(
    programme: Programme, library: Library, flow_titles: dict[str, str]
) -> None:
    module = programme.module("records")
    assert module is not None
    silent = tuple(q.model_copy(update={"superseded": None}) for q in module.quiz)
    changed = Programme(modules=(module.model_copy(update={"quiz": silent}),))
    found = problems(
        changed, passages=library.passages, superseded=superseded(library), flows=flow_titles
    )
    assert [line for line in found if "records/retention" in line]
