"""Which code of ours a model is made from: found by reading, and as Python really loads it."""

from __future__ import annotations

import json
import subprocess

import pytest

from bot.operations.rasa_process import PYTHON
from bot.rasa import provenance
from bot.settings import HOME

LOADED = """
import json, pkgutil, sys
from importlib import import_module
import bot.rasa.components as components
for each in pkgutil.iter_modules(components.__path__):
    import_module(f"{components.__name__}.{each.name}")
print(json.dumps([each.__file__ for name, each in sys.modules.items()
                  if name.split(".")[0] in ("bot", "knowledge", "actions")]))
"""


def test_the_features_of_a_text_are_among_it() -> None:
    assert HOME / "bot/understanding/text_features.py" in provenance.modules()
    assert HOME / "bot/rasa/components/classifier.py" in provenance.modules()


def test_the_packages_of_the_encoder_are_pinned() -> None:
    names = {line.split("==")[0] for line in provenance.encoder_versions(HOME)}
    assert names == set(provenance.ENCODER_PACKAGES)


@pytest.mark.rasa
def test_all_that_rasa_loads_of_ours_is_found() -> None:
    loaded = subprocess.run(
        [PYTHON, "-W", "ignore", "-c", LOADED], cwd=HOME, capture_output=True, text=True, check=True
    )
    files = {HOME / file for file in json.loads(loaded.stdout)}
    assert files
    assert files - provenance.modules() == set()
