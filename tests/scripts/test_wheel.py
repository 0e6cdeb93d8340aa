"""The code works from a wheel, away from the checkout, and brings what lies beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.settings import HOME

PACKAGES = ("bot", "actions", "knowledge")
BESIDE = ("pyproject.toml", "README.md", "LICENSE", "NOTICE")
USES_WHAT_IT_BRINGS = """
import bot
from bot.record.render import PAGES
from bot.storage.engine import open_store
from bot.web.templating import TEMPLATES
assert bot.__file__.startswith({place!r}), bot.__file__
open_store("sqlite:///kept.db").dispose()
PAGES.get_template("record.html.j2")
TEMPLATES.get_template("base.html")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for package in PACKAGES:
        shutil.copytree(
            HOME / package, source / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in BESIDE:
        shutil.copy(HOME / name, source)
    pip("wheel", "--no-build-isolation", "--wheel-dir", built, source)
    (made,) = built.glob("*.whl")
    return made


def pip(command: str, *arguments: str | Path) -> None:
    run = [sys.executable, "-m", "pip", command, "--no-deps", "--no-index", *arguments]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.slow
def test_what_belongs_to_the_code_is_in_the_wheel(wheel: Path) -> None:
    beside_the_code = {
        str(file.relative_to(HOME))
        for package in ("bot", "actions")
        for file in (HOME / package).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }
    assert beside_the_code <= set(ZipFile(wheel).namelist())


@pytest.mark.slow
def test_the_sources_are_not_in_the_wheel(wheel: Path) -> None:
    """They are content, and belong to their publishers (NOTICE)."""
    names = [name for name in ZipFile(wheel).namelist() if name.startswith("knowledge/")]
    assert names
    assert sorted(name for name in names if not name.endswith(".py")) == [
        "knowledge/heads.npz",
        "knowledge/own_text.json",
        "knowledge/py.typed",
        "knowledge/retrieval_layers.npz",
        "knowledge/tuned_layers.npz",
    ]


@pytest.mark.slow
def test_the_code_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    pip("install", "--target", place, wheel)
    program = USES_WHAT_IT_BRINGS.format(place=str(place))
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
