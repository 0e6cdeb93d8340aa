"""A content folder to change, with what cites it inside, as in a draft."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.editions.contents import copy_content
from knowledge.library import FOLDER
from tests.shipped import DATA


@pytest.fixture
def content(tmp_path: Path) -> Path:
    copy_content(FOLDER, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def data(content: Path) -> Path:
    """Below the content, so that an edition holds it."""
    for name in ("flows", "induction"):
        shutil.copytree(DATA / name, content / "data" / name)
    for name in (
        "flows_shared.yaml",
        "citation_rules.yaml",
        "notices.yaml",
        "phrases.yaml",
        "contacts.yaml",
    ):
        shutil.copyfile(DATA / name, content / "data" / name)
    return content / "data"
