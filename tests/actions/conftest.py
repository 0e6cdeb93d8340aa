from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Engine

from actions.pipeline import Pipeline
from bot.container import Content, make_pipeline, make_tutor
from bot.content.data_files import DataFiles
from bot.storage.engine import open_store
from knowledge import Answer, Knowledge
from tests.shipped import DATA, LIBRARY, Finds, answered

Make = Callable[..., Pipeline]


@pytest.fixture(scope="session")
def content() -> Content:
    return Content.read(DataFiles(DATA), LIBRARY)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{tmp_path / 'progress.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def make(content: Content, engine: Engine) -> Make:
    """The pipeline over what a search finds."""

    def make(found: Answer | Finds | None = None) -> Pipeline:
        finds = found if isinstance(found, Finds) else Finds(found or answered("003.2.3.5"))
        knowledge = cast(Knowledge, finds)
        return make_pipeline(content, knowledge, make_tutor(content, knowledge, engine))

    return make
