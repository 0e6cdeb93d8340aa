"""Real repositories in a folder of the test's own."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from dulwich.repo import Repo

from knowledge.editions import SHIPPED, DraftIsStale, Edition, Editions, EditionsUnusable
from knowledge.editions import editions as editions_module
from knowledge.errors import ContentError
from tests.needs import lacks

START = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


class Place:
    """The folders of an assistant, with a clock that each reading moves by an hour."""

    def __init__(self, folder: Path) -> None:
        self.content, self.shipped = folder / "content", folder / "shipped"
        self.cache, self.readings = folder / "state" / "editions", 0
        (self.shipped / "documents").mkdir(parents=True)
        (self.shipped / "words.yaml").write_text("words: 1\n")
        (self.shipped / "documents" / "001.txt").write_text("One\n")
        (self.shipped / "costs.yaml").write_text("a setting of safety\n")
        (self.shipped / "library.py").write_text("code\n")

    def now(self) -> datetime:
        self.readings += 1
        return START + timedelta(hours=self.readings)

    def editions(self) -> Editions:
        return Editions(self.content, self.shipped, self.cache, self.now)

    def change(self, text: str, who: str = "Ann Example") -> Edition:
        editions = self.editions()
        with editions.draft() as draft:
            (draft.folder / "words.yaml").write_text(text)
            return editions.publish(draft, who, f"because of {text}", f"Words: {text}")

    def words(self, edition_id: str) -> str:
        return (self.editions().folder(edition_id) / "words.yaml").read_text()

    @property
    def repository(self) -> Path:
        return self.content / "editions.git"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_what_was_never_changed_is_the_edition_that_is_shipped(place: Place) -> None:
    editions = place.editions()
    assert editions.live().id == SHIPPED
    assert editions.history() == (editions.live(),)
    assert editions.folder(SHIPPED) == place.shipped
    assert not place.content.exists()


def test_the_two_sides_of_an_edition_hold_what_it_changed(place: Place) -> None:
    own = Path("documents", "002")
    (place.shipped / own).mkdir()
    for name in ("text.txt", "document.yaml", "original.docx"):
        (place.shipped / own / name).write_text("as it was\n")
    with place.editions().sides(SHIPPED) as (before, after):
        assert list(before.iterdir()) == list(after.iterdir()) == []
    editions = place.editions()
    with editions.draft() as draft:
        (draft.folder / own / "text.txt").write_text("as it is\n")
        new = editions.publish(draft, "Ann Example", "", "Another text")
    with editions.sides(new.id) as (before, after):
        for side in (before, after):
            files = {path.relative_to(side) for path in side.rglob("*") if path.is_file()}
            assert files == {own / "text.txt", own / "document.yaml"}
        assert (before / own / "text.txt").read_text() == "as it was\n"
        assert (after / own / "text.txt").read_text() == "as it is\n"
    assert not before.exists()


def test_a_change_is_a_new_edition_after_the_shipped_one(place: Place) -> None:
    before = place.editions().live()
    changed = place.change("two")
    assert len(changed.id) == 12
    assert changed == Edition(
        changed.id, START + timedelta(hours=1), "Ann Example", "because of two", "Words: two"
    )
    assert place.editions().live() == changed
    assert place.editions().history() == (changed, before)
    assert place.words(changed.id) == "two"
    assert place.words(SHIPPED) == "words: 1\n"


def test_a_change_stores_only_what_changed(place: Place) -> None:
    (place.shipped / "documents" / "002.txt").write_bytes(os.urandom(100_000))
    place.change("two")
    before = sum(file.stat().st_size for file in every_file(place.repository))
    place.change("three")
    after = sum(file.stat().st_size for file in every_file(place.repository))
    assert after - before < 10_000


def test_an_edition_holds_content_and_neither_code_nor_settings(place: Place) -> None:
    folder = place.editions().folder(place.change("two").id)
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there == {"words.yaml", "documents/001.txt"}


def test_the_shipped_edition_stays_when_a_newer_release_ships_another(place: Place) -> None:
    place.change("two")
    (place.shipped / "words.yaml").write_text("a newer release\n")
    assert place.words(SHIPPED) == "words: 1\n"


def test_equal_changes_at_equal_times_are_equal_editions(tmp_path: Path) -> None:
    one, other = Place(tmp_path / "one"), Place(tmp_path / "other")
    for each in (one, other):
        os.utime(each.shipped / "words.yaml", (1, 1))
        os.utime(each.shipped / "documents" / "001.txt", (1, 1))
    assert one.change("two").id == other.change("two").id


def test_a_draft_is_private_and_gone_afterwards(place: Place) -> None:
    editions = place.editions()
    with editions.draft() as draft:
        (draft.folder / "words.yaml").write_text("not published")
    assert not draft.folder.exists()
    assert editions.live().id == SHIPPED
    assert (place.shipped / "words.yaml").read_text() == "words: 1\n"


def test_an_older_draft_is_refused_with_what_to_do(place: Place) -> None:
    editions = place.editions()
    with editions.draft() as draft:
        (draft.folder / "words.yaml").write_text("mine")
        theirs = place.change("theirs", "Bo Example")
        with pytest.raises(
            DraftIsStale, match=r"Bo Example has published .* Make the change again"
        ):
            editions.publish(draft, "Ann Example", "", "Mine")
    assert place.editions().live() == theirs


def test_nothing_changed_is_nothing_to_publish(place: Place) -> None:
    editions = place.editions()
    with editions.draft() as draft, pytest.raises(ContentError, match="nothing was changed"):
        editions.publish(draft, "Ann Example", "", "Nothing")
    with pytest.raises(ContentError, match="there is no edition"):
        editions.rollback("0123456789ab", "Ann Example", "")
    assert not place.repository.exists()


def test_a_rollback_is_a_new_edition_and_history_stays(place: Place) -> None:
    first, second = place.change("two"), place.change("three")
    back = place.editions().rollback(first.id, "Bo Example", "three was wrong")
    assert place.words(back.id) == "two"
    assert back.summary == f"Back to edition {first.id} of 29 November 2026: Words: two"
    assert back.why == "three was wrong"
    ids = [each.id for each in place.editions().history()]
    assert ids == [back.id, second.id, first.id, SHIPPED]
    again = place.editions().rollback(SHIPPED, "Bo Example", "")
    assert place.words(again.id) == "words: 1\n"


def test_a_rollback_to_what_is_not_there_or_live_is_refused(place: Place) -> None:
    for use in (place.editions().folder, lambda each: place.editions().rollback(each, "Bo", "")):
        with pytest.raises(ContentError, match="there is no edition '0123456789ab'"):
            use("0123456789ab")
    with pytest.raises(ContentError, match="is the same as edition 'shipped'"):
        place.editions().rollback(SHIPPED, "Bo Example", "")
    changed = place.change("two")
    with pytest.raises(ContentError, match="what is answered from already is the same"):
        place.editions().rollback(changed.id, "Bo Example", "")


@pytest.mark.parametrize("who", ["", "<>", "Jo <jo@example.org>\nauthor x", "Zoë Ünsal"])
def test_any_name_may_publish(place: Place, who: str) -> None:
    changed = place.change("two", who)
    assert place.editions().live() == changed
    assert "\n" not in changed.who


def test_two_who_publish_at_once_wait_for_each_other(place: Place) -> None:
    """Each waits for its turn; whose draft is older by then is told so, and nothing is lost."""
    refused: list[DraftIsStale] = []

    def publish(text: str) -> None:
        try:
            place.change(text)
        except DraftIsStale as stale:
            refused.append(stale)

    threads = [Thread(target=publish, args=(str(number),)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(place.editions().history()) - 1 + len(refused) == len(threads)


def test_machines_share_the_editions_and_have_copies_of_their_own(place: Place) -> None:
    changed = place.change("two")
    other = Editions(place.content, place.shipped, place.cache.with_name("other"))
    assert other.live() == changed
    assert other.live_folder() != place.editions().live_folder()
    back = other.rollback(SHIPPED, "Bo Example", "")
    assert place.editions().live() == back


def test_old_copies_go_and_the_one_in_use_stays(place: Place) -> None:
    ids = [place.change(str(number)).id for number in range(5)]
    for each in ids:
        place.editions().folder(each)
    assert {path.name for path in place.cache.iterdir()} == set(ids[-3:])
    assert place.editions().folder(ids[0]).is_dir()


@pytest.mark.parametrize(
    "harm",
    [
        lambda copy: (copy / "words.yaml").write_text("by hand"),
        lambda copy: (copy / "words.yaml").unlink(),
        lambda copy: (copy / "documents" / "009.txt").write_text("by hand"),
        lambda copy: (copy / "documents" / "009.txt").symlink_to("/etc/passwd"),
        shutil.rmtree,
    ],
)
def test_a_copy_that_somebody_changed_is_made_again(
    place: Place, harm: Callable[[Path], object]
) -> None:
    changed = place.change("two")
    harm(place.editions().folder(changed.id))
    folder = place.editions().folder(changed.id)
    assert (folder / "words.yaml").read_text() == "two"
    assert [path.name for path in (folder / "documents").iterdir()] == ["001.txt"]


def git(*arguments: str, cwd: Path) -> str:
    program = shutil.which("git")
    if program is None:
        lacks("git", "there is no Git")
    names = {
        f"GIT_{role}_{what}": "Cy" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        [program, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd), **names},
    )
    return done.stdout


def test_any_git_reads_the_history_and_may_add_to_it(place: Place, tmp_path: Path) -> None:
    place.change("two")
    assert git("fsck", "--strict", cwd=place.repository) == ""
    assert git("log", "--format=%an: %s", cwd=place.repository).splitlines() == [
        "Ann Example: Words: two",
        "First Principles: The content as shipped",
    ]
    git("clone", "-q", str(place.repository), "mine", cwd=tmp_path)
    (tmp_path / "mine" / "words.yaml").write_text("by hand")
    git("commit", "-q", "-a", "-m", "By hand", cwd=tmp_path / "mine")
    git("push", "-q", cwd=tmp_path / "mine")
    live = place.editions().live()
    assert (live.summary, live.who) == ("By hand", "Cy")
    assert place.words(live.id) == "by hand"


def by_hand(clone: Path, text: str, *amend: str) -> None:
    (clone / "words.yaml").write_text(text)
    git("commit", "-q", "-a", "-m", f"By hand: {text}", *amend, cwd=clone)


def test_what_git_has_merged_is_in_the_history(place: Place, tmp_path: Path) -> None:
    first = place.change("two")
    git("clone", "-q", str(place.repository), "mine", cwd=tmp_path)
    second = place.change("three")
    (tmp_path / "mine" / "documents" / "002.txt").write_text("Two\n")
    git("add", "documents", cwd=tmp_path / "mine")
    git("commit", "-q", "-m", "By hand", cwd=tmp_path / "mine")
    git("pull", "-q", "--no-rebase", "--no-edit", cwd=tmp_path / "mine")
    git("push", "-q", cwd=tmp_path / "mine")
    merged, *others = place.editions().history()
    assert merged == place.editions().live()
    assert {each.summary for each in others[:-2]} == {"By hand", second.summary}
    assert [each.id for each in others[-2:]] == [first.id, SHIPPED]
    back = place.editions().rollback(second.id, "Bo Example", "")
    assert place.words(back.id) == "three"
    assert place.editions().names_ever("documents") == {"001.txt", "002.txt"}


def test_git_may_not_take_an_edition_out_of_the_history(place: Place, tmp_path: Path) -> None:
    changed = place.change("two")
    git("clone", "-q", str(place.repository), "mine", cwd=tmp_path)
    by_hand(tmp_path / "mine", "mine", "--amend")
    for refused in (["--force"], ["--delete", "origin", "main"]):
        with pytest.raises(subprocess.CalledProcessError):
            git("push", "-q", *refused, cwd=tmp_path / "mine")
    assert place.editions().live() == changed


def test_a_repository_that_git_has_packed_is_published_to(place: Place) -> None:
    changed = place.change("two")
    git("gc", "-q", cwd=place.repository)
    assert place.editions().live() == changed
    newer = place.change("three")
    assert place.editions().history()[:2] == (newer, changed)
    assert git("fsck", "--strict", cwd=place.repository) == ""


def test_a_link_that_was_pushed_is_never_followed(place: Place, tmp_path: Path) -> None:
    place.change("two")
    git("clone", "-q", str(place.repository), "mine", cwd=tmp_path)
    (tmp_path / "mine" / "words.yaml").unlink()
    (tmp_path / "mine" / "words.yaml").symlink_to("/etc/passwd")
    git("commit", "-q", "-a", "-m", "A link", cwd=tmp_path / "mine")
    git("push", "-q", cwd=tmp_path / "mine")
    with pytest.raises(ContentError, match=r"'words\.yaml' in edition \w+ is no file"):
        place.editions().live_folder()


def every_use(place: Place) -> Iterator[Callable[[], object]]:
    yield place.editions().live
    yield place.editions().history
    yield place.editions().live_folder
    yield lambda: place.change("another")
    yield lambda: place.editions().rollback(SHIPPED, "Bo Example", "")


def outcomes(place: Place) -> list[str]:
    """What each use says; anything but a ContentError fails the test."""
    said = []
    for use in every_use(place):
        try:
            use()
        except ContentError as told:
            said.append(str(told))
    return said


def every_file(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_damaged_repository_is_told_in_words(place: Place, tmp_path: Path) -> None:
    place.change("two")
    kept = tmp_path / "kept"
    shutil.copytree(place.content, kept)
    for file in every_file(place.repository):
        for damage in (b"", b"\0", file.read_bytes()[:-7], b"x" * 200):
            file.chmod(0o600)
            file.write_bytes(damage)
            outcomes(place)
            shutil.rmtree(place.content)
            shutil.copytree(kept, place.content)
        file.unlink()
        outcomes(place)
        shutil.rmtree(place.content)
        shutil.copytree(kept, place.content)


def test_a_repository_without_its_branch_is_damaged(place: Place) -> None:
    place.change("two")
    (place.repository / "refs" / "heads" / "main").unlink()
    said = outcomes(place)
    assert len(said) == 5
    assert all("damaged (KeyError). Put the folder back from a backup" in each for each in said)


def test_a_folder_of_something_else_is_left_alone(place: Place) -> None:
    place.content.mkdir()
    (place.content / "holiday.jpg").write_text("")
    said = outcomes(place)
    assert len(said) == 5
    assert all("something else: holiday.jpg" in each for each in said)
    assert [path.name for path in place.content.iterdir()] == ["holiday.jpg"]


def test_a_new_disk_is_an_empty_folder(place: Place) -> None:
    (place.content / "lost+found").mkdir(parents=True)
    assert place.editions().live().id == SHIPPED
    assert place.words(place.change("two").id) == "two"


def test_a_file_in_the_place_of_a_folder_is_named(place: Place) -> None:
    place.content.write_text("")
    assert all("a folder is needed here" in each for each in outcomes(place))
    place.content.unlink()
    changed = place.change("two")
    place.cache.write_text("")
    with pytest.raises(ContentError, match="a folder is needed here"):
        place.editions().folder(changed.id)


def test_a_publication_that_was_cut_off_is_named(place: Place) -> None:
    place.change("two")
    left = place.repository / "refs" / "heads" / "main.lock"
    left.write_text("")
    with pytest.raises(ContentError, match=r"main\.lock: another program .* remove this file"):
        place.change("three")
    left.unlink()
    assert place.words(place.change("three").id) == "three"


def test_a_first_publication_that_was_cut_off_leaves_nothing(place: Place) -> None:
    half = place.content / ".editions.git.1"
    half.mkdir(parents=True)
    (half / "HEAD").write_text("")
    assert place.editions().live().id == SHIPPED
    place.change("two")
    assert not half.exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full. Make room"),
        (errno.EACCES, "this account may not read or write here"),
        (errno.EROFS, "this account may not read or write here"),
        (errno.EIO, "this cannot be used: Input/output error"),
    ],
)
def test_what_the_system_refuses_is_told_in_words(
    place: Place, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    place.change("two")

    def refuses(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Repo, "__init__", refuses)
    said = outcomes(place)
    assert len(said) == 5
    assert all(words in each for each in said)
    monkeypatch.undo()
    monkeypatch.setattr(Path, "write_bytes", refuses)
    with pytest.raises(ContentError, match=words):
        place.editions().live_folder()


def test_a_name_that_once_stood_in_a_folder_is_known(place: Place) -> None:
    assert place.editions().names_ever("documents") == {"001.txt"}
    editions = place.editions()
    with editions.draft() as draft:
        (draft.folder / "documents" / "001.txt").rename(draft.folder / "documents" / "002.txt")
        editions.publish(draft, "Ann Example", "", "Another")
    place.editions().rollback(SHIPPED, "Ann Example", "")
    assert place.editions().names_ever("documents") == {"001.txt", "002.txt"}


def test_a_share_that_is_not_mounted_is_not_taken_for_content_that_nobody_changed(
    place: Place,
) -> None:
    changed = place.change("two")
    mounted = place.content.rename(place.content.with_name("mounted"))
    place.content.mkdir()
    said = outcomes(place)
    assert len(said) == 5
    assert all("Mount the file system that holds them" in each for each in said)
    assert list(place.content.iterdir()) == []
    place.content.rmdir()
    assert len(outcomes(place)) == 5
    mounted.rename(place.content)
    assert place.editions().live() == changed


def test_a_machine_that_only_read_editions_misses_them_too(place: Place) -> None:
    place.change("two")
    other = Editions(place.content, place.shipped, place.cache.with_name("other"))
    other.live()
    shutil.rmtree(place.repository)
    with pytest.raises(EditionsUnusable, match=r"now there is no editions\.git"):
        other.live()


def test_two_who_check_out_at_once_leave_each_other_alone(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waits, and finds the copy that the first has made."""
    changed = place.change("two")
    writing, may_go_on = Event(), Event()
    written: list[tuple[object, ...]] = []
    real = Editions._check_out

    def slowly(*given: Any) -> None:
        written.append(given)
        writing.set()
        assert may_go_on.wait(60)
        real(*given)

    monkeypatch.setattr(Editions, "_check_out", slowly)
    found: list[Path] = []
    first, second = (
        Thread(target=lambda: found.append(place.editions().folder(changed.id))) for _ in range(2)
    )
    first.start()
    assert writing.wait(60)
    monkeypatch.setattr(editions_module, "LOCK_WAITS_S", 0)
    with pytest.raises(EditionsUnusable, match="somebody else has been writing here"):
        place.editions().folder(changed.id)
    monkeypatch.setattr(editions_module, "LOCK_WAITS_S", 60)
    second.start()
    may_go_on.set()
    first.join()
    second.join()
    assert len(found) == 2
    assert len(written) == 1
    assert place.words(changed.id) == "two"


def test_what_a_check_out_that_was_cut_off_left_goes(place: Place) -> None:
    (place.cache / ".0123456789ab.77").mkdir(parents=True)
    changed = place.change("two")
    place.editions().folder(changed.id)
    assert {path.name for path in place.cache.iterdir()} == {changed.id}


NOT_UTF8 = "Zo\udceb"


@pytest.mark.parametrize("given", [(NOT_UTF8, "", ""), ("", NOT_UTF8, ""), ("", "", NOT_UTF8)])
def test_words_that_are_not_utf8_are_told_so_and_publish_nothing(
    place: Place, given: tuple[str, str, str]
) -> None:
    editions = place.editions()
    with editions.draft() as draft:
        (draft.folder / "words.yaml").write_text("two")
        with pytest.raises(ContentError, match="in another code than UTF-8; write it again"):
            editions.publish(draft, *given)
    assert not place.repository.exists()


def test_a_file_whose_name_is_not_utf8_is_told(place: Place) -> None:
    editions = place.editions()
    with editions.draft() as draft:
        (draft.folder / "documents" / NOT_UTF8).write_text("")
        with pytest.raises(ContentError, match=r"documents/Zo\?: this name is not in UTF-8"):
            editions.publish(draft, "Ann Example", "", "A name")


def test_a_name_that_is_not_utf8_and_was_pushed_is_told(place: Place, tmp_path: Path) -> None:
    place.change("two")
    git("clone", "-q", str(place.repository), "mine", cwd=tmp_path)
    (tmp_path / "mine" / "documents" / NOT_UTF8).write_text("")
    git("add", "documents", cwd=tmp_path / "mine")
    git("commit", "-q", "-m", "By hand", cwd=tmp_path / "mine")
    git("push", "-q", cwd=tmp_path / "mine")
    with pytest.raises(EditionsUnusable, match="is no name in UTF-8"):
        place.editions().live_folder()


@pytest.mark.parametrize("failure", [MemoryError(), TypeError("a slip of ours")])
def test_what_is_no_damage_is_not_told_as_damage(
    place: Place, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    place.change("two")

    def fails(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(Repo, "__init__", fails)
    with pytest.raises(type(failure)):
        place.editions().live()


def test_what_a_document_was_imported_from_is_kept_and_no_server_reads_it(place: Place) -> None:
    editions = place.editions()
    with editions.draft() as draft:
        (draft.folder / "documents" / "002").mkdir()
        for name in ("original.pdf", "text.txt"):
            (draft.folder / "documents" / "002" / name).write_text(name)
        published = editions.publish(draft, "Ann Example", "", "A document")
    folder = editions.folder(published.id)
    assert [path.name for path in (folder / "documents" / "002").iterdir()] == ["text.txt"]
    place.change("two")
    with editions.draft() as draft:
        assert (draft.folder / "documents" / "002" / "original.pdf").read_text() == "original.pdf"


def test_a_copy_of_an_edition_is_ones_own(place: Place) -> None:
    first = place.change("two")
    place.change("three")
    with place.editions().copy(first.id) as folder:
        (folder / "words.yaml").write_text("by hand")
    assert not folder.exists()
    assert place.words(first.id) == "two"


def test_what_an_edition_changed_is_known_by_file(place: Place) -> None:
    editions = place.editions()
    assert editions.changed_files(SHIPPED) == ()
    with editions.draft() as draft:
        new = draft.folder / "documents" / "002"
        new.mkdir()
        (new / "text.txt").write_text("Two\n")
        (draft.folder / "words.yaml").write_text("words: 2\n")
        (draft.folder / "documents" / "001.txt").unlink()
        first = editions.publish(draft, "Ann", "", "One")
    back = editions.rollback(SHIPPED, "Ann", "")

    def told(edition_id: str) -> list[tuple[str, str, str | None]]:
        files = editions.changed_files(edition_id)
        return [(str(each.path), each.change.value, each.document) for each in files]

    changed = [
        ("documents/001.txt", "removed", None),
        ("documents/002/text.txt", "added", "002"),
        ("words.yaml", "changed", None),
    ]
    assert told(first.id) == changed
    undone = {"added": "removed", "removed": "added", "changed": "changed"}
    assert told(back.id) == [(path, undone[change], of) for path, change, of in changed]
    assert told(SHIPPED) == []
    with pytest.raises(ContentError, match="there is no edition"):
        editions.changed_files("0123456789ab")
