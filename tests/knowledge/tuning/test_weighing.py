from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from bot.settings import HOME
from knowledge.documents import DOCUMENTS, StoredDocument
from knowledge.own_text import TOLD, VIEWS, OwnTextWeights
from knowledge.training import fit_shares
from knowledge.tuning.pairs import InventedPassage
from knowledge.tuning.weighing import (
    MESSAGES,
    WeighedQuestion,
    fit_chance,
    messages,
    write,
    write_invented,
)

GROUP = [
    InventedPassage(
        document="Dogs",
        heading="1. Bites",
        lead_in="Write down:",
        text="who was bitten",
        questions=("what do i note if it bit him",),
        not_answered=("can i muzzle it",),
    ),
    InventedPassage(
        document="Dogs",
        heading="2. Leads",
        lead_in=None,
        text="A dog in a waiting room is kept on a lead.",
        questions=("do they hold on to it",),
        not_answered=(),
    ),
]


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


def test_an_invented_document_can_be_read_like_any_other(tmp_path: Path) -> None:
    folder = tmp_path / DOCUMENTS / "500"
    folder.parent.mkdir()
    asked = list(write_invented(folder, "Dogs", GROUP))
    stored = StoredDocument.read(folder, frozenset({"500"}))
    assert [each.id for each in stored.passages] == ["500.p1", "500.p2"]
    assert asked[:2] == [
        WeighedQuestion("what do i note if it bit him", ("500.p1",), here=True),
        WeighedQuestion("can i muzzle it", (), here=False),
    ]


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
