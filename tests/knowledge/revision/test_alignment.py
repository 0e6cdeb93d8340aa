from __future__ import annotations

from pathlib import Path

import pytest

from bench.altered import altered
from bench.revision import Score, score
from bot.settings import HOME
from knowledge.documents import Passage
from knowledge.importing import ProposedPassage
from knowledge.importing.forms import form_of
from knowledge.importing.reading import read
from knowledge.importing.source import SourceFile
from knowledge.revision import PassageChange, align
from knowledge.revision.wording import words
from knowledge.tuning.imports import IMPORTS, groups
from tests.knowledge.revision.making import new, old

IMPORTING = Path(__file__).parents[1] / "importing"
FOLDERS = [IMPORTING / name for name in ("files", "sets", "open")]
DOCUMENTS = [
    each
    for folder in (*FOLDERS, *groups(HOME / IMPORTS))
    for each in sorted(folder.iterdir())
    if each.suffix in (".html", ".docx", ".pdf", ".md", ".txt") and each.stem != "README"
]

TELL = "Tell the safeguarding lead what you saw on the day that you saw it"
RECORD = "Write down the words that the child used and who was there to hear them"
LISTEN = "Listen to the child without a leading question and promise nothing"


def kinds(changes: tuple[PassageChange, ...]) -> list[tuple[str, str | None]]:
    return [(change.kind, change.id) for change in changes]


def test_what_is_the_same_is_the_same() -> None:
    was = [old("1.1", TELL), old("1.2", RECORD)]
    assert kinds(align(was, [new("1.1", TELL), new("1.2", RECORD)])) == [
        ("same", "900.1.1"),
        ("same", "900.1.2"),
    ]


def test_ids_outlive_renumbering_and_the_reference_follows_the_text() -> None:
    was = [old("1.1", f"1.1 {TELL}", reference="§1.1"), old("1.2", RECORD, reference="§1.2")]
    changes = align(was, [new("1.1", LISTEN), new("1.2", TELL), new("1.3", RECORD)])
    assert kinds(changes) == [("new", None), ("moved", "900.1.1"), ("moved", "900.1.2")]
    assert [change.reference for change in changes] == ["§1.1", "§1.2", "§1.3"]


def test_what_stands_before_others_now_has_moved_and_the_others_have_not() -> None:
    was = [old("a", TELL, reference="¶ 1"), old("b", RECORD), old("c", LISTEN)]
    changes = align(was, [new("b", RECORD), new("c", LISTEN), new("a", TELL)])
    assert {change.id: change.kind for change in changes} == {
        "900.a": "moved",
        "900.b": "same",
        "900.c": "same",
    }


def test_other_words_are_a_change_with_the_differences() -> None:
    (change,) = align([old("1.1", TELL)], [new("1.1", TELL.replace("lead", "officer"))])
    assert change.kind == "changed"
    assert [(each.kind, each.words) for each in change.words][1:3] == [
        ("removed", "lead "),
        ("added", "officer "),
    ]


def test_other_quotation_marks_are_no_change_and_the_new_text_is_what_is_kept() -> None:
    (change,) = align(
        [old("1", "The child's word - always")], [new("1", "The child’s word — always")]
    )
    assert change.kind == "same"
    assert change.after is not None
    assert change.after.text == "The child’s word — always"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (old("1", TELL, lead_in="Always:"), new("1", TELL, lead_in="Never:")),
        (old("1", TELL, heading="Always:"), new("1", TELL, heading="Never:")),
    ],
    ids=["lead_in", "heading"],
)
def test_the_same_words_under_another_lead_in_or_heading_are_a_change(
    was: Passage, now: ProposedPassage
) -> None:
    (change,) = align([was], [now])
    assert change.kind == "changed"
    assert change.words == ()
    assert [(each.before, each.after) for each in change.context] == [("Always:", "Never:")]


def test_a_new_number_before_a_heading_is_no_change_and_another_part_above_it_is_told() -> None:
    was = [old("1", TELL, heading="Policy > 2.1 Sharing")]
    (same,) = align(was, [new("1", TELL, heading="Policy > 3.1 Sharing")])
    (moved,) = align(was, [new("1", TELL, heading="Annex > 2.1 Sharing")])
    (shorter,) = align(was, [new("1", TELL, heading="Sharing")])
    assert (same.kind, moved.kind, shorter.kind) == ("same", "moved", "same")


def test_items_of_the_same_words_keep_to_their_own_lists() -> None:
    was = [
        old("a", "the parent agrees", lead_in="Share when:"),
        old("b", "the parent agrees", lead_in="Visit when:"),
    ]
    now = [
        new("b", "the parent agrees", lead_in="Visit when:"),
        new("a", "the parent agrees", lead_in="Share when:"),
    ]
    found = {change.id: change.after and change.after.lead_in for change in align(was, now)}
    assert found == {"900.a": "Share when:", "900.b": "Visit when:"}


def test_a_paragraph_that_was_split_goes_on_in_a_part_and_the_other_says_where_it_was() -> None:
    changes = align(
        [old("1", f"{TELL}. {RECORD}.")], [new("1", f"{TELL}."), new("2", f"{RECORD}.")]
    )
    assert sorted(kinds(changes), key=str) == [("changed", "900.1"), ("new", None)]
    (part,) = (change for change in changes if change.kind == "new")
    assert part.shares_words_with == ("900.1",)


def test_a_paragraph_that_was_split_in_four_is_not_lost() -> None:
    parts = [TELL, RECORD, LISTEN, "Ask your own manager for time to talk about what you heard"]
    changes = align(
        [old("1", ". ".join(parts))], [new(str(at), each) for at, each in enumerate(parts)]
    )
    assert [change.kind for change in changes].count("changed") == 1
    assert [change.kind for change in changes].count("removed") == 0


def test_paragraphs_that_were_joined_go_on_in_one_and_the_other_says_where_its_words_are() -> None:
    changes = align([old("1", TELL), old("2", RECORD)], [new("1", f"{TELL}. {RECORD}.")])
    (kept,) = (change for change in changes if change.kind == "changed")
    (gone,) = (change for change in changes if change.kind == "removed")
    assert gone.shares_words_with == (kept.id,)


def test_what_is_removed_stands_where_it_was() -> None:
    was = [old("1", TELL), old("2", RECORD), old("3", LISTEN)]
    changes = align(was, [new("1", TELL), new("2", LISTEN)])
    assert kinds(changes) == [("same", "900.1"), ("removed", "900.2"), ("moved", "900.3")]


def test_nothing_is_old_or_nothing_is_new() -> None:
    assert kinds(align([], [new("1", TELL)])) == [("new", None)]
    assert kinds(align([old("1", TELL)], [])) == [("removed", "900.1")]
    assert align([], []) == ()


@pytest.fixture(scope="module")
def documents() -> list[tuple[ProposedPassage, ...]]:
    sources = map(SourceFile.read, DOCUMENTS)
    return [read(each, form_of(each), lambda *_: None).passages for each in sources]


def test_passages_of_altered_editions_keep_their_ids(
    documents: list[tuple[ProposedPassage, ...]],
) -> None:
    """Renumbered, reworded, left out, put in, split, joined and moved, by a seed."""
    total = Score(0, 0, 0, 0)
    for number, passages in enumerate(documents):
        strangers = [each for other in documents if other is not passages for each in other]
        edition = altered(passages, strangers, number)
        total += score(edition)
    every = total.kept + total.lost + total.another
    assert every > 400
    assert total.another <= 0.005 * every
    assert total.lost <= 0.01 * every
    assert total.gone > 20


def test_every_new_passage_stands_once_and_in_order(
    documents: list[tuple[ProposedPassage, ...]],
) -> None:
    edition = altered(documents[0], documents[1], 7)
    changes = align(edition.old, edition.new)
    assert [change.after for change in changes if change.after] == list(edition.new)
    assert {change.id for change in changes if change.id} == {each.id for each in edition.old}
    for change in changes:
        if change.kind in ("same", "moved"):
            assert change.before is not None
            assert change.after is not None
            assert words(change.before.text) == words(change.after.text)
