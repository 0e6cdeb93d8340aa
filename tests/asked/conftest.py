from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.storage.engine import open_store


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_store(f"sqlite:///{tmp_path / 'conversations.db'}")
