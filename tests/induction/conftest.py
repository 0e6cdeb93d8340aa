from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.flows import read_flows
from bot.induction import Programme, read_programme
from bot.induction.progress import Progress
from bot.induction.tutor import Tutor
from bot.settings import HOME
from bot.storage.engine import open_store
from knowledge.library import Library


class Calendar:
    """Today, as the test has it."""

    def __init__(self) -> None:
        self.today = date(2026, 11, 23)

    def __call__(self) -> date:
        return self.today


@pytest.fixture(scope="session")
def programme() -> Programme:
    return read_programme(HOME / "data" / "induction")


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.read()


@pytest.fixture(scope="session")
def flow_titles() -> dict[str, str]:
    flows = read_flows(HOME / "data" / "flows")
    return {flow.id: flow.title for flow in flows.flows.values()}


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    engine = open_store(f"sqlite:///{tmp_path / 'progress.db'}")
    yield Progress(engine)
    engine.dispose()


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def tutor(
    programme: Programme,
    library: Library,
    flow_titles: dict[str, str],
    progress: Progress,
    calendar: Calendar,
) -> Tutor:
    return Tutor(programme, flow_titles, library.quote, progress, calendar)
