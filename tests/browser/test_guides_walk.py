"""The guides can be followed, step by step, in front of the real assistant."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bench.bots import copy_built, start_assistant
from bot.settings import Settings
from demo.guide_pictures import SLOWEST_MS, GuideWalk, add_account

pytestmark = [pytest.mark.browser, pytest.mark.rasa, pytest.mark.slow]


def test_every_guide_can_be_followed(browser: Browser, tmp_path: Path) -> None:
    copy_built(Settings().state_dir, tmp_path)
    expect.set_options(timeout=SLOWEST_MS)
    with start_assistant(tmp_path, {"FP_KEEP_ASKED": "true"}) as assistant:
        add_account(tmp_path)
        GuideWalk(browser, assistant.url).all()
