from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from bot.settings import HOME
from knowledge.own_text import TOLD, VIEWS, OwnTextWeights
from knowledge.training import fit_shares
from knowledge.tuning.weighing import (
    MESSAGES,
    fit_chance,
    messages,
    write,
)


def test_the_view_that_tells_is_weighed_most() -> None:
    chance = np.random.default_rng(7)
    rows = []
    for _ in range(60):
        views = chance.normal(size=(8, len(VIEWS)))
        rows.append((views.astype(np.float32), views[:, 1] == views[:, 1].max()))
    assert int(np.argmax(fit_shares(rows))) == 1


def test_a_chance_is_learnt_from_what_tells_it() -> None:
    chance = np.random.default_rng(7)
    values = np.ones((400, len(TOLD)), np.float32)
    values[:, 1:] = chance.normal(size=(400, len(TOLD) - 1))
    is_so = values[:, 2] > 1.0
    weights = fit_chance(values, is_so)
    said = values @ weights > 0
    assert (said == is_so).mean() > 0.95
    assert int(np.argmax(np.abs(weights[1:]))) == 1


def test_messages_stand_alone_and_are_answered_by_passages_or_by_nothing() -> None:
    found = list(messages(HOME / MESSAGES))
    assert len(found) > 200
    assert {bool(each.passages) for each in found} == {True, False}
    assert not any(each.here for each in found)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    ones = np.ones(len(TOLD), np.float32)
    write(OwnTextWeights(np.arange(len(VIEWS), dtype=np.float32), ones, 2 * ones), tmp_path)
    read = OwnTextWeights.read(tmp_path)
    assert read.views.tolist() == list(range(len(VIEWS)))
    assert read.answers.tolist() == [2.0] * len(TOLD)
    assert set(json.loads((tmp_path / "own_text.json").read_text("utf-8"))["found_here"]) == set(
        TOLD
    )
