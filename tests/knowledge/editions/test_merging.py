from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from knowledge.editions.merging import merged
from knowledge.editions.weaving import Side

PATHS = [
    PurePosixPath(path)
    for path in ("words.yaml", "questions.jsonl", "documents/001/text.txt", "documents/001/p.json")
]
FILES = st.dictionaries(st.sampled_from(PATHS), st.integers(0, 2))
SIDES: tuple[Side, Side] = ("mine", "theirs")


def paths(*names: str) -> dict[PurePosixPath, int]:
    return {PurePosixPath(name): number for number, name in enumerate(names)}


@given(base=FILES, mine=FILES, theirs=FILES)
def test_no_change_is_lost_unless_somebody_chose_so(
    base: dict[PurePosixPath, int], mine: dict[PurePosixPath, int], theirs: dict[PurePosixPath, int]
) -> None:
    merge = merged(base, mine, theirs, {})
    for path in {*base, *mine, *theirs}:
        named = str(path) in merge.open or "/".join(path.parts[:2]) in merge.open
        if mine.get(path) == base.get(path):
            assert named or merge.files.get(path) == theirs.get(path)
        else:
            assert merge.files.get(path) == mine.get(path)
            assert named or theirs.get(path) in {base.get(path), mine.get(path)}


@given(base=FILES, mine=FILES, theirs=FILES)
def test_whoever_chooses_gets_that_side(
    base: dict[PurePosixPath, int], mine: dict[PurePosixPath, int], theirs: dict[PurePosixPath, int]
) -> None:
    undecided = merged(base, mine, theirs, {}).open
    for side, wanted in zip(SIDES, (mine, theirs), strict=True):
        merge = merged(base, mine, theirs, dict.fromkeys(undecided, side))
        assert merge.open == ()
        for path in {*base, *mine, *theirs}:
            if str(path) in undecided or "/".join(path.parts[:2]) in undecided:
                assert merge.files.get(path) == wanted.get(path)


def test_a_document_that_one_side_took_out_is_decided_on_as_a_whole() -> None:
    base = paths("words.yaml", "documents/001/text.txt", "documents/001/passages.json")
    theirs = base | {PurePosixPath("documents/001/passages.json"): 9}
    assert merged(base, paths("words.yaml"), theirs, {}).open == ("documents/001",)
