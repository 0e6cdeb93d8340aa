"""What docs/house.md promises of the whole: names, packages and what stands in them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from bot.settings import HOME

IMPORTED = re.compile(r"from bot\.settings import [^\n]*\bHOME\b")
ROOTS = ("bot", "actions", "knowledge")
MODULES = [path for root in ROOTS for path in sorted((HOME / root).rglob("*.py"))]
PACKAGES = [path for path in MODULES if path.name == "__init__.py"]


def name(path: Path) -> str:
    return str(path.relative_to(HOME))


def test_no_two_classes_share_a_name() -> None:
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(name(path))
    assert {each: places for each, places in homes.items() if len(places) > 1} == {}


@pytest.mark.parametrize("path", PACKAGES, ids=name)
def test_every_package_says_what_lives_there(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    assert said.split("\n")[0].endswith(".")


def test_no_module_lies_loose_beside_the_packages() -> None:
    """At the top of `bot` stands only what every package may need, and what puts all together."""
    loose = {path.stem for path in MODULES if path.parent == HOME / "bot"}
    assert loose == {
        *("__init__", "app", "choices", "container", "errors", "messages", "settings"),
    }


def test_no_path_of_the_content_is_fixed_in_a_module() -> None:
    """Content lies where the settings say, so that a wheel works elsewhere."""
    fixed = [name(path) for path in MODULES if IMPORTED.search(path.read_text("utf-8"))]
    assert fixed == []
