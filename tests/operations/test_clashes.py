"""What the draft and a later edition both changed, as people are told of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.operations.clashes import ToldClash, told_clashes
from bot.settings import HOME
from knowledge.editions import Drafts, Editions


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    return Editions(
        tmp_path / "content", HOME / "knowledge", tmp_path / "cache", data=HOME / "data"
    )


@pytest.fixture
def drafts(editions: Editions, tmp_path: Path) -> Drafts:
    return Drafts(editions, tmp_path / "drafts")


def puts(name: str, before: str, after: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        file = folder / name
        text = file.read_text("utf-8")
        assert before in text
        file.write_text(text.replace(before, after, 1), "utf-8")

    return apply


def clash(
    editions: Editions, drafts: Drafts, mine: Callable[[Path], None], theirs: Callable[[Path], None]
) -> tuple[ToldClash, ...]:
    drafts.change("Ann Example", "Mine", mine)
    with editions.draft() as made:
        theirs(made.folder)
        editions.publish(made, "Cy Example", "", "Theirs")
    return told_clashes(drafts, {"000": "Working in partnership"})


def test_a_contact_that_both_changed_is_told_with_both_numbers_and_no_other_is(
    editions: Editions, drafts: Drafts
) -> None:
    contacts, number = "data/contacts.yaml", "01632 960004 (example, not a real number)"
    puts(contacts, "Your own line manager or supervisor", "Somebody")
    (told,) = clash(
        editions, drafts, puts(contacts, number, "1 mine"), puts(contacts, number, "2 theirs")
    )
    assert told.title == "Contact: LADO, the designated officer for allegations"
    assert [len(told.draft), "1 mine”." in told.draft[0]] == [1, True]
    assert [len(told.published), "2 theirs”." in told.published[0]] == [1, True]


def test_what_only_one_side_changed_is_not_asked_about(editions: Editions, drafts: Drafts) -> None:
    contacts = "data/contacts.yaml"
    one = puts(contacts, "Your own line manager or supervisor", "Somebody")
    assert clash(editions, drafts, one, puts(contacts, "01632 960004", "0800")) == ()
    draft = drafts.catch_up("Ann Example", {})
    text = (drafts.folder(draft) / contacts).read_text("utf-8")
    assert "detail: Somebody" in text
    assert "Example Council, 0800 " in text


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("glossary.yaml", "A way of working that looks for what is wrong"),
        ("gaps.jsonl", "The sources use"),
        ("notices.yaml", "Older than current national advice."),
        ("questions.jsonl", "how old is the fifteen-point list"),
        ("out_of_scope.jsonl", "Nothing to do with child"),
        ("relations.yaml", "Fifteen essential principles for working"),
        ("words.yaml", "achieving best evidence interview"),
        ("data/flows_shared.yaml", "Before you share, check that"),
        ("data/notices.yaml", "says:"),
        ("documents/003/document.yaml", "version: December 2016"),
    ],
)
def test_any_entry_is_told_in_words_that_differ_and_without_the_name_of_a_file(
    editions: Editions, drafts: Drafts, name: str, before: str
) -> None:
    start = f"{before.partition(':')[0]}: " if ":" in before else ""
    mine, theirs = (f"{start}{side} are the words." for side in ("These", "Those"))
    (told,) = clash(editions, drafts, puts(name, before, mine), puts(name, before, theirs))
    assert told.draft
    assert told.draft != told.published
    said = " ".join((told.title, *told.draft, *told.published))
    assert not any(end in said for end in (".yaml", ".jsonl"))
