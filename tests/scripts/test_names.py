"""The committed lists of names are those of the package they say they are from."""

from __future__ import annotations

import pytest

from bot.settings import HOME
from bot.understanding.personal_data.lexicon import FIRST_NAMES, LAST_NAMES
from scripts.names import FOLDER, KINDS, listed


@pytest.mark.parametrize("kind", KINDS)
def test_committed_list_is_what_the_installed_faker_gives(kind: str) -> None:
    """Where it is not, Faker was upgraded: run `python -m scripts.names` and read the change."""
    assert (FOLDER / f"{kind}.txt").read_text("utf-8") == listed(kind)


def test_what_is_written_is_what_the_assistant_reads() -> None:
    read = {HOME / "data" / "safety" / name for name in (FIRST_NAMES, LAST_NAMES)}
    assert {FOLDER / f"{kind}.txt" for kind in KINDS} == read
