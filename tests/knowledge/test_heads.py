from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copy

import numpy as np
import pytest

from knowledge.encoder import DIMENSIONS, ModelDamaged
from knowledge.heads import HEADS, HEADS_KEPT, KINDS, MessageHeads
from knowledge.library import Library
from knowledge.ranking import LinearHead


def head(rows: int, loud: int | None = None) -> LinearHead:
    """Of zeros, and one row that says yes to everything."""
    weights = np.zeros((rows, DIMENSIONS + 1), np.float32)
    if loud is not None:
        weights[loud, -1] = 9.0
    return LinearHead(weights)


def heads(kind: int | None = None, passage: int | None = None, **more: LinearHead) -> MessageHeads:
    """Of three passages and two flows, each head loud for one of its rows."""
    given = {
        "kind": head(len(KINDS), kind),
        "passage": head(3, passage),
        "flow": head(2),
        "option": head(1),
    }
    return MessageHeads(**{**given, **more}, passage_ids=("a", "b", "c"), flow_ids=("one", "two"))


VECTOR = np.full(DIMENSIONS, DIMENSIONS**-0.5, np.float32)


def test_every_passage_that_was_learnt_is_one_of_the_library() -> None:
    assert set(MessageHeads.read().passage_ids) <= set(Library.read().passages)


@pytest.mark.parametrize(
    ("kind", "likeliest"), [("answer", 0), ("flow", 0), ("abstain", 1), ("out_of_scope", 2)]
)
def test_kinds_are_told_as_answered_gap_and_outside(kind: str, likeliest: int) -> None:
    kinds = heads(KINDS.index(kind)).opinion(VECTOR).kinds
    assert kinds.argmax() == likeliest
    assert kinds.sum() == pytest.approx(1)


def test_a_passage_that_was_not_there_to_be_learnt_has_the_mean() -> None:
    assert heads(passage=1).opinion(VECTOR).passages.tolist() == [0, 9, 0, 3]


def test_a_task_is_shared_out_among_the_flows_as_far_as_it_is_one() -> None:
    surely = heads(KINDS.index("flow"), flow=head(2, 1)).tasks(VECTOR)
    assert max(surely, key=surely.__getitem__) == "two"
    assert sum(surely.values()) == pytest.approx(1, abs=0.01)
    hardly = heads(KINDS.index("answer"), flow=head(2, 1)).tasks(VECTOR)
    assert sum(hardly.values()) < 0.01


def test_each_option_is_meant_or_not_by_itself() -> None:
    assert heads().meant(np.stack([VECTOR, VECTOR])) == [0.5, 0.5]
    sure = heads(option=head(1, 0)).meant(VECTOR[np.newaxis])
    assert sure == [pytest.approx(1, abs=0.001)]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    written = heads(2, 0, flow=head(2, 1), option=head(1, 0))
    written.write("made by a test", tmp_path / "heads.npz")
    read = MessageHeads.read(tmp_path / "heads.npz")
    assert read.passage_ids == ("a", "b", "c")
    assert read.flow_ids == ("one", "two")
    for name in HEADS_KEPT:
        assert (getattr(read, name).weights == getattr(written, name).weights).all()


def other_kinds(path: Path) -> None:
    rewrite(path, kinds=np.array(["answer"]))


def no_number(path: Path) -> None:
    rewrite(path, passage=np.full((2, DIMENSIONS + 1), np.nan, np.float16))


def rewrite(path: Path, **arrays: np.ndarray) -> None:
    with np.load(path) as stored:
        kept = dict(stored)
    np.savez(path, **{**kept, **arrays})


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:3000]),
        other_kinds,
        no_number,
    ],
    ids=["missing", "empty", "cut short", "other kinds", "no number"],
)
def test_a_damaged_file_is_named_with_the_way_to_mend_it(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    path = Path(copy(HEADS, tmp_path))
    damage(path)
    with pytest.raises(ModelDamaged, match=r"heads\.npz.*(?s:.*)bot\.understanding\.training"):
        MessageHeads.read(path)
