from __future__ import annotations

import pytest

from tests.understanding.safety.made_head import Make, maker


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    return maker(tmp_path_factory.mktemp("colours"))
