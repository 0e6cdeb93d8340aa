"""What a server starts with where the live edition cannot be answered from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.operations import editions as operations
from bot.operations.content_folder import open_editions
from bot.operations.editions import open_newest
from bot.settings import HOME, Settings
from knowledge import Knowledge
from knowledge.editions import Edition, EditionsUnusable
from knowledge.editions.contents import CONTENT, OPTIONAL
from knowledge.errors import ContentError
from knowledge.library import Library
from knowledge.retiring import take_out
from tests.api.standins import Shelf
from tests.shipped import DATA, FLOWS


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    def opens(settings: Settings, _: object, edition: Edition) -> Knowledge:
        """Without an encoder and an index."""
        shelf = Shelf()
        folder = open_editions(settings).folder(edition.id)
        shelf.library = Library.read(folder).of(edition)
        return shelf

    monkeypatch.setattr(operations, "open_knowledge", opens)
    return Settings(state_dir=tmp_path / "state", content_dir=tmp_path / "content")


def publish(settings: Settings, *, without: str = "", words: str = "") -> Edition:
    editions = open_editions(settings)
    with editions.draft() as draft:
        if without:
            take_out(draft.folder, without)
            (draft.folder / "notices.yaml").write_text("notices: []\n")
        if words:
            (draft.folder / "words.yaml").write_text(words)
        return editions.publish(draft, "Ann Example", "", f"Without {without or 'nothing'}")


def test_a_start_falls_back_to_the_newest_that_can_be_answered_from(settings: Settings) -> None:
    sound = publish(settings, words="# More\n")
    publish(settings, without="003")
    lacking = publish(settings, words="# Even more\n")
    said: list[str] = []
    with capture_logs() as logged:
        knowledge, content = open_newest(settings, said.append)
    assert knowledge.library.edition == sound
    (line,) = logged
    assert (line["event"], line["log_level"]) == ("editions.fell_back", "error")
    assert (line["edition"], line["answers_from"]) == (lacking.id, sound.id)
    assert "there is no passage '003." in line["error"]
    assert content.flows.keys() == FLOWS.keys()
    assert said[0].startswith(f"The live edition, {lacking.id}, cannot be answered from:\n")
    assert f"Edition {sound.id} (Without nothing) is answered from in its place." in said[0]


def test_a_sound_edition_is_started_with_and_nothing_is_said(settings: Settings) -> None:
    live = publish(settings, words="# More\n")
    said: list[str] = []
    with capture_logs() as logged:
        knowledge, _ = open_newest(settings, said.append)
    assert knowledge.library.edition == live
    assert (said, logged) == ([], [])


def test_where_no_edition_can_be_answered_from_the_live_one_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    shutil.copytree(HOME / "knowledge" / "documents", tmp_path / "home" / "knowledge" / "documents")
    shutil.rmtree(tmp_path / "home" / "knowledge" / "documents" / "004")
    for name in set(CONTENT[1:]) - set(OPTIONAL):
        shutil.copy(HOME / "knowledge" / name, tmp_path / "home" / "knowledge")
    shutil.copytree(DATA, tmp_path / "home" / "data")
    settings = settings.model_copy(update={"home": tmp_path / "home"})
    publish(settings, without="003")
    said: list[str] = []
    with pytest.raises(ContentError, match=r"there is no passage '003\."):
        open_newest(settings, said.append)
    assert said == []


def test_a_start_without_the_editions_that_were_kept_ends_with_words(settings: Settings) -> None:
    publish(settings, words="# More\n")
    shutil.rmtree(settings.content_dir)
    settings.content_dir.mkdir()
    with pytest.raises(EditionsUnusable, match="Mount the file system"):
        open_newest(settings, print)
