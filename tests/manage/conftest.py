from __future__ import annotations

import pytest

from bot.operations.previews import Previews
from tests.manage.shelved import shelved


@pytest.fixture
def previews() -> Previews:
    """What opens a draft that is to be asked; a test that asks one has its own."""
    return Previews(shelved)
