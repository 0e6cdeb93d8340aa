"""What answers runs without PyTorch, the tests, or anything else that `serving.txt` lacks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bot.settings import HOME

LOCKED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
OURS = {"first-principles"}
WITHOUT = """
import sys
from importlib.abc import MetaPathFinder

MISSING = {missing!r}

class NotInstalled(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in MISSING:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, NotInstalled())
"""
IMPORTS_ALL = """
import warnings
from importlib import import_module
from pkgutil import walk_packages

import_module("authlib.deprecate")
warnings.simplefilter("ignore")
# What runs in Rasa's environment, what builds, and what the database runs by itself.
ELSEWHERE = ("bot.rasa", "bot.understanding.training", "bot.storage.migrations",
             "knowledge.export", "knowledge.token_states", "knowledge.tuning")
count = 0
for package in ("bot", "actions", "knowledge"):
    for module in walk_packages([package], f"{package}."):
        if not module.name.startswith(ELSEWHERE) and "__main__" not in module.name:
            import_module(module.name)
            count += 1
assert count > 300, count

from bot.operations import supervisor
from bot.settings import Settings

container = supervisor.open_assistant(Settings.read(), "secret", print)
assert container.knowledge.encoder.query("A child is in danger.").shape == (384,)
supervisor.open_actions(container, "secret")
supervisor.open_gateway(container)
print("answers")
"""
INDEXES = """
sys.argv = ["principles", "index"]
from bot.cli import main
main()
"""


def locked(name: str) -> dict[str, str]:
    return dict(LOCKED.findall((HOME / "requirements" / name).read_text("utf-8")))


def not_in_serving() -> set[str]:
    """Modules that are installed here, and would not be where serving.txt alone is."""
    serving = locked("serving.txt").keys() | OURS
    return {
        module
        for module, distributions in packages_distributions().items()
        if not {re.sub(r"[-_.]+", "-", each).lower() for each in distributions} & serving
    }


def run(program: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT.format(missing=not_in_serving()) + program],
        cwd=HOME,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_two_locks_agree_and_only_one_has_what_builds() -> None:
    serving, everything = locked("serving.txt"), locked("assistant.txt")
    assert serving.items() <= everything.items()
    builds = {"sentence-transformers", "transformers", "optimum", "safetensors"}
    assert builds <= everything.keys()
    assert not serving.keys() & {*builds, "torch", "pytest", "mypy"}


@pytest.mark.encoder
def test_every_module_that_serves_is_imported_and_every_part_is_made() -> None:
    assert "torch" in not_in_serving()
    ran = run(IMPORTS_ALL)
    assert (ran.returncode, ran.stdout) == (0, "answers\n"), ran.stderr[-2000:]


def test_an_encoder_that_cannot_be_made_here_is_told_in_a_sentence(tmp_path: Path) -> None:
    ran = run(INDEXES, FP_STATE_DIR=str(tmp_path))
    assert ran.returncode == 5, ran.stderr
    assert "torch, which makes it, is not installed here. Run" in " ".join(ran.stderr.split())
    assert "FP_BUILT_DIR" in ran.stderr
    assert "Traceback" not in ran.stderr
