from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.induction import Programme
from bot.induction.progress import Progress
from bot.induction.tutor import Tutor
from bot.storage.engine import open_store
from knowledge.library import Library
from tests.shipped import LESSONS, LIBRARY


class Calendar:
    """Today, as the test has it."""

    def __init__(self) -> None:
        self.today = date(2026, 11, 23)

    def __call__(self) -> date:
        return self.today


@pytest.fixture(scope="session")
def programme() -> Programme:
    return LESSONS.programme


@pytest.fixture(scope="session")
def library() -> Library:
    return LIBRARY


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    engine = open_store(f"sqlite:///{tmp_path / 'progress.db'}")
    yield Progress(engine)
    engine.dispose()


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def tutor(progress: Progress, calendar: Calendar) -> Tutor:
    return Tutor(LESSONS, progress, calendar)
