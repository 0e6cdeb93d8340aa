from __future__ import annotations

from pathlib import Path

import pytest

from bot.flows import Flows, read_flows

FLOWS = Path(__file__).parents[2] / "data" / "flows"


@pytest.fixture(scope="session")
def flows() -> Flows:
    return read_flows(FLOWS)
