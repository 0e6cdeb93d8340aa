"""Lists of named things that two sides changed, merged entry by entry."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from bot.settings import HOME
from knowledge.editions.contents import files_of
from knowledge.editions.entries import entries_of
from knowledge.editions.merging import Merge, merged
from knowledge.editions.weaving import Side, woven

CONTACTS = PurePosixPath("data/contacts.yaml")
BASE = """\
# Whom to turn to.
partnership: Example

local:
  # The first.
  lado:
    label: LADO
    detail: 01632 960004
  manager:
    label: Manager
    detail: Your manager
fixed:
  nspcc:
    label: NSPCC
    detail: 0808
"""
TAKEN_APART = (
    "data/contacts.yaml",
    "data/notices.yaml",
    "data/flows_shared.yaml",
    "data/flows/new_concern.yaml",
    "data/induction/1-child-first.yaml",
    "documents/003/document.yaml",
    "gaps.jsonl",
    "glossary.yaml",
    "notices.yaml",
    "out_of_scope.jsonl",
    "questions.jsonl",
    "relations.yaml",
    "words.yaml",
)


class Memory:
    """What is kept is its own name."""

    def read(self, kept: bytes) -> bytes:
        return kept

    def keep(self, content: bytes) -> bytes:
        return content


def both(mine: str, theirs: str, base: str = BASE, **chosen: Side) -> Merge[bytes]:
    before, ours, other = ({CONTACTS: each.encode()} for each in (base, mine, theirs))
    named = {f"{CONTACTS}#{key.replace('_in_', '/')}": side for key, side in chosen.items()}
    return merged(before, ours, other, named, Memory())


def text(merge: Merge[bytes]) -> str:
    return merge.files[CONTACTS].decode()


@pytest.mark.parametrize("name", TAKEN_APART)
def test_every_shipped_file_of_named_things_is_taken_apart_and_loses_nothing(name: str) -> None:
    file = files_of(HOME / "knowledge", HOME / "data")[PurePosixPath(name)]
    whole = file.read_text("utf-8")
    found = entries_of(PurePosixPath(name), whole)
    assert found is not None
    assert len(found) > 3
    assert "".join(found.values()) == whole


def test_different_entries_are_merged_and_nothing_is_asked() -> None:
    mine = BASE.replace("01632 960004", "01632 960999")
    theirs = BASE.replace("Your manager", "Your line manager").replace(
        "fixed:\n", "  police:\n    label: Police\n    detail: 101\nfixed:\n"
    )
    merge = both(mine, theirs)
    assert merge.open == ()
    for each in ("960999", "Your line manager", "detail: 101", "# The first.\n  lado"):
        assert each in text(merge)
    assert text(merge).index("Police") < text(merge).index("fixed:")


def test_only_an_entry_that_both_changed_is_asked_about() -> None:
    mine = BASE.replace("01632 960004", "mine").replace("0808", "0809")
    theirs = BASE.replace("01632 960004", "theirs").replace("Your manager", "Line")
    merge = both(mine, theirs)
    assert merge.open == ("data/contacts.yaml#local/lado",)
    (clash,) = merge.clashes
    sides = [side[CONTACTS].decode() for side in (clash.base, clash.mine, clash.theirs)]
    assert ["01632 960004" in sides[0], "mine" in sides[1], "theirs" in sides[2]] == [True] * 3
    assert {
        each.replace("01632 960004", "?").replace("theirs", "?").replace("mine", "?")
        for each in sides
    } == {sides[1].replace("mine", "?")}
    taken = both(mine, theirs, local_in_lado="theirs")
    assert taken.open == ()
    for each in ("detail: theirs", "0809", "detail: Line"):
        assert each in text(taken)


def test_an_entry_that_one_side_took_out_and_the_other_changed_is_asked_about() -> None:
    gone = BASE.replace("  manager:\n    label: Manager\n    detail: Your manager\n", "")
    merge = both(gone, BASE.replace("Your manager", "Line"))
    assert merge.open == ("data/contacts.yaml#local/manager",)
    assert "manager" in text(both(gone, BASE.replace("Your", "A"), local_in_manager="theirs"))
    assert both(gone, BASE).open == ()
    assert "Manager" not in text(both(gone, BASE))


def test_what_cannot_be_taken_apart_is_chosen_as_a_whole() -> None:
    assert both(BASE + "broken: [", BASE + "# x\n").open == (str(CONTACTS),)
    twice = "- term: a\n- term: a\n"
    assert woven(PurePosixPath("glossary.yaml"), *[twice.encode()] * 3) is None


def test_a_document_whose_text_both_changed_is_decided_on_as_a_whole() -> None:
    def document(number: int, cut: int = 1) -> dict[PurePosixPath, int]:
        names = {"text.txt": number, "passages.json": cut}
        return {PurePosixPath("documents/001", each): sum_ for each, sum_ in names.items()}

    assert merged(document(1), document(2), document(3), {}).open == ("documents/001",)
    assert merged(document(1), document(2), document(1, 2), {}).open == ("documents/001",)
    assert merged(document(1), document(2), document(1), {}).open == ()
