from __future__ import annotations

from pathlib import Path

import pytest

from bot.induction import Programme
from bot.induction.model import ROLES
from bot.induction.reader import read_file
from bot.settings import HOME
from knowledge.library import Library

MODULES = sorted((HOME / "data" / "induction").glob("[0-9]*.yaml"))


def test_the_reading_fits_the_time(programme: Programme, library: Library) -> None:
    """Reading aloud takes about 150 words a minute; a module leaves time for flow and quiz."""
    for module in programme.modules:
        words = sum(len(library.quote(r.passage).text.split()) for r in module.read)
        assert words / 150 < module.minutes - 5, module.id


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_role_changes_the_scenario_and_nothing_else(path: Path) -> None:
    module = read_file(path).module
    told = {module.scenario.for_role(role) for role in ROLES}
    assert len(told) == len(ROLES)
    assert module.scenario.for_role(None) not in told
