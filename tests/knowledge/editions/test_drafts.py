"""Real repositories, as in test_editions.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from knowledge.editions import SHIPPED, DraftMoved, Drafts
from knowledge.errors import ContentError
from tests.knowledge.editions.test_editions import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def drafts(place: Place) -> Drafts:
    return Drafts(place.editions(), place.cache.with_name("drafts"), place.now)


def writes(text: str, name: str = "words.yaml") -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)

    return apply


def test_a_draft_begins_with_the_first_change_and_nothing_is_published(
    place: Place, drafts: Drafts
) -> None:
    assert drafts.open() is None
    draft = drafts.change("Ann Example", "Two words", writes("two"))
    assert draft == drafts.open()
    assert [(each.who, each.what) for each in draft.changes] == [("Ann Example", "Two words")]
    assert draft.made_from.id == SHIPPED
    assert (drafts.folder(draft) / "words.yaml").read_text() == "two"
    assert [each.id for each in place.editions().history()] == [SHIPPED]
    assert place.words(SHIPPED) == "words: 1\n"


def test_several_people_change_one_draft(place: Place, drafts: Drafts) -> None:
    threads = [
        Thread(
            target=drafts.change,
            args=(f"Person {n}", f"File {n}", writes(str(n), f"documents/{n}.txt")),
        )
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    draft = drafts.open()
    assert draft is not None
    assert {each.who for each in draft.changes} == {f"Person {n}" for n in range(4)}
    there = {path.name for path in (drafts.folder(draft) / "documents").iterdir()}
    assert there == {"001.txt", "0.txt", "1.txt", "2.txt", "3.txt"}


def test_what_fails_or_changes_nothing_leaves_no_draft(drafts: Drafts) -> None:
    def fails(_: Path) -> None:
        raise ValueError("not this")

    with pytest.raises(ValueError, match="not this"):
        drafts.change("Ann Example", "Nothing", fails)
    with pytest.raises(ContentError, match="nothing was changed"):
        drafts.change("Ann Example", "Nothing", lambda _: None)
    assert drafts.open() is None


def test_the_last_change_is_undone_and_the_first_ends_the_draft(drafts: Drafts) -> None:
    one = drafts.change("Ann Example", "Two", writes("two"))
    two = drafts.change("Bo Example", "Three", writes("three"))
    with pytest.raises(DraftMoved, match="somebody else has changed the draft"):
        drafts.undo(one.id)
    assert drafts.undo(two.id) == one
    assert drafts.undo(one.id) is None
    assert drafts.open() is None


def test_a_draft_is_published_whole_and_is_then_gone(place: Place, drafts: Drafts) -> None:
    drafts.change("Ann Example", "Two", writes("two"))
    draft = drafts.change("Ann Example", "Three", writes("three", "documents/002.txt"))
    published = drafts.publish(draft.id, "Bo Example", "the board agreed", "Two changes")
    assert (published.who, published.why) == ("Bo Example", "the board agreed")
    assert [each.id for each in place.editions().history()] == [published.id, SHIPPED]
    assert place.words(published.id) == "two"
    assert drafts.open() is None
    with pytest.raises(ContentError, match="there are no changes that wait"):
        drafts.publish(draft.id, "Bo Example", "", "")


def test_only_what_was_seen_is_published_or_discarded(place: Place, drafts: Drafts) -> None:
    seen = drafts.change("Ann Example", "Two", writes("two"))
    drafts.change("Bo Example", "Three", writes("three"))
    with pytest.raises(DraftMoved):
        drafts.publish(seen.id, "Ann Example", "", "Two")
    with pytest.raises(DraftMoved):
        drafts.discard(seen.id)
    assert place.editions().live().id == SHIPPED


def test_a_discarded_draft_is_gone_and_a_new_one_begins_at_the_live_edition(
    place: Place, drafts: Drafts
) -> None:
    drafts.discard(drafts.change("Ann Example", "Two", writes("two")).id)
    assert drafts.open() is None
    live = place.change("live")
    assert drafts.change("Ann Example", "Three", writes("three")).made_from == live


def test_what_was_published_meanwhile_is_taken_over(place: Place, drafts: Drafts) -> None:
    draft = drafts.change("Ann Example", "A document", writes("mine", "documents/002.txt"))
    live = place.change("theirs", "Cy Example")
    behind = drafts.open()
    assert behind is not None
    assert (behind.newer, behind.open) == (live, ())
    with pytest.raises(ContentError, match="Bring the draft up to date first"):
        drafts.publish(draft.id, "Ann Example", "", "Mine")
    met = drafts.catch_up("Ann Example", {})
    assert (met.newer, met.made_from) == (None, live)
    folder = drafts.folder(met)
    assert (folder / "words.yaml").read_text() == "theirs"
    assert (folder / "documents" / "002.txt").read_text() == "mine"
    assert drafts.undo(met.id) == behind
    drafts.publish(drafts.catch_up("Ann Example", {}).id, "Ann Example", "", "Mine")
    history = [each.summary for each in place.editions().history()]
    assert history == ["Mine", "Words: theirs", "The content as shipped"]


def test_what_both_changed_is_named_and_chosen(place: Place, drafts: Drafts) -> None:
    drafts.change("Ann Example", "Mine", writes("mine"))
    place.change("theirs")
    draft = drafts.open()
    assert draft is not None
    assert draft.open == ("words.yaml",)
    with pytest.raises(ContentError, match="changed the same things"):
        drafts.catch_up("Ann Example", {})
    met = drafts.catch_up("Ann Example", {"words.yaml": "mine"})
    assert (drafts.folder(met) / "words.yaml").read_text() == "mine"


def test_what_both_changed_is_shown_on_both_sides(place: Place, drafts: Drafts) -> None:
    drafts.change("Ann Example", "Mine", writes("mine"))
    place.change("theirs")
    with drafts.clashes() as found:
        (clash,) = found
        sides = (clash.before, clash.draft, clash.published)
        assert clash.name == "words.yaml"
        assert [(each / "words.yaml").read_text() for each in sides] == [
            "words: 1\n",
            "mine",
            "theirs",
        ]
    assert not clash.before.exists()


def test_originals_are_kept_with_their_documents_and_go_with_them(
    place: Place, drafts: Drafts
) -> None:
    def takes_in(folder: Path) -> None:
        (folder / "documents" / "002").mkdir()
        (folder / "documents" / "002" / "original.pdf").write_bytes(b"%PDF-")
        (folder / "documents" / "002" / "text.txt").write_text("Text\n")

    def relabels(folder: Path) -> None:
        assert not (folder / "documents" / "002" / "original.pdf").exists()
        (folder / "documents" / "002" / "text.txt").write_text("Other text\n")

    drafts.change("Ann Example", "Takes in", takes_in)
    draft = drafts.change("Ann Example", "Relabels", relabels)
    assert not (drafts.folder(draft) / "documents" / "002" / "original.pdf").exists()
    published = drafts.publish(draft.id, "Ann Example", "", "A document")
    with place.editions().copy(published.id) as whole:
        assert (whole / "documents" / "002" / "original.pdf").read_bytes() == b"%PDF-"
        assert (whole / "documents" / "002" / "text.txt").read_text() == "Other text\n"


def test_an_id_of_the_draft_is_not_given_again(place: Place, drafts: Drafts) -> None:
    drafts.change("Ann Example", "Takes in", writes("Text\n", "documents/002/text.txt"))
    assert "002" in place.editions().names_ever("documents")


def test_a_draft_whose_branch_was_left_after_publishing_is_none(
    place: Place, drafts: Drafts
) -> None:
    """As a server leaves it that is stopped between the two steps of publishing."""
    draft = drafts.change("Ann Example", "Two", writes("two"))
    place.change("two")
    assert drafts.open() is None
    begun = drafts.change("Ann Example", "Three", writes("three"))
    assert (len(begun.changes), draft.id == begun.id) == (1, False)
