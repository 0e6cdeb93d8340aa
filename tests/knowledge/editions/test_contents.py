"""What of `data` is content, and an edition from before any of it was."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from bot.settings import HOME
from knowledge.editions import Editions
from knowledge.editions.contents import DATA, OF_DATA, files_of, is_content

SAFETY_AND_MORE = ("safety", "messages", "nlu", "passages", "rules", "phrases.yaml", "brand.css")


@pytest.mark.parametrize("name", SAFETY_AND_MORE)
def test_what_safety_redaction_and_training_read_is_no_content(name: str) -> None:
    assert (HOME / DATA / name).exists()
    assert not is_content(PurePosixPath(DATA, name))
    assert not is_content(PurePosixPath(DATA, name, "anything.yaml"))


def test_the_content_of_data_is_there_in_what_is_shipped() -> None:
    shipped = files_of(HOME / "knowledge", HOME / DATA)
    assert {inside.parts[1] for inside in shipped if inside.parts[0] == DATA} == set(OF_DATA)
    assert shipped[PurePosixPath("data/contacts.yaml")] == HOME / "data" / "contacts.yaml"
    assert shipped[PurePosixPath("notices.yaml")] == HOME / "knowledge" / "notices.yaml"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "words.yaml").write_text("words: 1\n")
    (tmp_path / "data" / "flows").mkdir(parents=True)
    (tmp_path / "data" / "contacts.yaml").write_text("shipped contacts\n")
    (tmp_path / "data" / "flows" / "lend.yaml").write_text("a flow\n")
    (tmp_path / "data" / "phrases.yaml").write_text("no content\n")
    return tmp_path


def editions(folder: Path, data: Path | None) -> Editions:
    return Editions(folder / "content", folder / "shipped", folder / "cache", data=data)


def change(kept: Editions, name: str, text: str) -> str:
    with kept.draft() as draft:
        (draft.folder / name).write_text(text)
        return kept.publish(draft, "Ann Example", "", name).id


def test_the_first_edition_holds_both_folders_and_the_next_changes_either(shipped: Path) -> None:
    kept = editions(shipped, shipped / "data")
    new = change(kept, "data/contacts.yaml", "our contacts\n")
    assert sorted(map(str, files_of(kept.folder(new)))) == [
        "data/contacts.yaml",
        "data/flows/lend.yaml",
        "words.yaml",
    ]
    assert (kept.folder(new) / "data" / "contacts.yaml").read_text() == "our contacts\n"
    assert (kept.folder("shipped") / "data" / "contacts.yaml").read_text() == "shipped contacts\n"
    assert (shipped / "data" / "contacts.yaml").read_text() == "shipped contacts\n"


def test_an_edition_from_before_is_read_as_it_is_and_its_draft_is_whole(shipped: Path) -> None:
    earlier = change(editions(shipped, None), "words.yaml", "words: 2\n")
    kept = editions(shipped, shipped / "data")
    assert kept.live().id == earlier
    assert not (kept.folder(earlier) / "data").exists()
    with kept.draft() as draft:
        assert (draft.folder / "data" / "contacts.yaml").read_text() == "shipped contacts\n"
    new = change(kept, "data/flows/lend.yaml", "our flow\n")
    assert (kept.folder(new) / "data" / "flows" / "lend.yaml").read_text() == "our flow\n"
    kept.rollback(earlier, "Ann Example", "")
    assert not (kept.live_folder() / "data").exists()
