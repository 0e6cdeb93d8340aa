"""The draft: the one set of changes that waits to be published, shared by all who edit."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from dulwich.objects import Commit, ObjectID
from filelock import FileLock

from knowledge.editions.contents import is_original
from knowledge.editions.draft_branch import (
    MOVED,
    PLACE,
    DraftMoved,
    WaitingDraft,
    before_next,
    change_id,
    described,
    is_edition,
    merge_of,
    seen_tip,
    tip_of,
)
from knowledge.editions.edition import Edition
from knowledge.editions.editions import NOTHING_CHANGED, Editions, utc_now
from knowledge.editions.merging import DOCUMENTS, Clash
from knowledge.editions.repository import (
    DRAFT,
    Commits,
    Signed,
    edition_of,
    holds,
)
from knowledge.editions.troubles import told_plainly
from knowledge.editions.weaving import Side
from knowledge.errors import ContentError

COPIES_KEPT = 3
"""Of the draft as it was after its last changes, so that nobody's page loses what it reads."""
BEHIND = (
    "another edition was published since the draft was begun. Bring the draft up to date first,"
    " and look at it once more"
)
UNCHOSEN = (
    "the draft and what was published meanwhile changed the same things. Choose which counts, for"
    " each of them, under the changes that wait"
)
Files = dict[PurePosixPath, ObjectID]


@dataclass(frozen=True)
class ClashFolders:
    """What the draft and a later edition both changed, in three folders: as it was before, in the
    draft and in the edition. They hold the file that it stands in, a document whole without its
    original, and all else in them is the same."""

    name: str
    before: Path
    draft: Path
    published: Path


class Drafts:
    """The draft of these editions, as a branch of their repository: all servers see the same one.

    `cache` holds copies of it to read from. Every method raises ContentError, with what to do,
    for folders that cannot be used.
    """

    def __init__(
        self, editions: Editions, cache: Path, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._editions = editions
        self._cache = cache
        self._now = now

    def open(self) -> WaitingDraft | None:
        """The draft as it is now; None where nothing waits."""
        with self._editions.reading() as commits:
            tip = tip_of(commits) if commits else None
            return described(commits, tip) if commits and tip else None

    def folder(self, draft: WaitingDraft) -> Path:
        """A copy of the draft to read from, which nobody changes, without the originals."""
        place = self._cache / draft.id
        with self._editions.reading() as commits:
            tip = tip_of(commits) if commits else None
            if commits is None or tip is None or change_id(tip.commit) != draft.id:
                if place.is_dir():
                    return place
                raise DraftMoved(*ContentError.at(PLACE, MOVED).violations)
            files = {
                path: sha
                for path, sha in commits.files(tip.commit).items()
                if not is_original(path)
            }
            with told_plainly(self._cache):
                self._cache.mkdir(parents=True, exist_ok=True)
                with FileLock(self._cache.with_name(f"{self._cache.name}.lock")):
                    if not holds(place, files):
                        _check_out(commits, files, place)
                    self._prune(place)
        return place

    def change(
        self, who: str, what: str, apply: Callable[[Path], None], more: str = ""
    ) -> WaitingDraft:
        """Keeps what `apply` makes of a copy of the content, as one change. A draft begins with the
        first. `more`: what the history says of it besides, in lines. The copy holds no originals:
        one that `apply` puts there is kept with the others.

        Raises whatever `apply` raises, and ContentError where it changed nothing.
        """
        signed = Signed.of(who, more, what)
        with self._editions.alone(), _temporary() as copy:
            with self._editions.begun() as commits:
                before = before_next(commits)
                files = commits.files(before)
                commits.write({p: s for p, s in files.items() if not is_original(p)}, copy)
                self._editions.complete(copy)
                whole = commits.files_in(copy)
            apply(copy)
            with self._editions.begun() as commits:
                changed = commits.files_in(copy)
                if changed == whole:
                    raise ContentError.at(PLACE, "this is as it was before: nothing was changed")
                tree = commits.tree_of(_with_originals(changed, files))
                return self._go_on(commits, tree, [before], signed)

    @contextmanager
    def clashes(self) -> Iterator[tuple[ClashFolders, ...]]:
        """What the draft and the live edition both changed, in folders that are removed
        afterwards."""
        with _temporary() as made, self._editions.reading() as commits:
            tip = tip_of(commits) if commits else None
            head = commits.head() if commits else None
            found: list[ClashFolders] = []
            if commits and tip and head and tip.base.id != head.id:
                files = commits.files(tip.commit)
                for number, clash in enumerate(merge_of(commits, tip, head, {}).clashes):
                    home = made / str(number)
                    sides = ClashFolders(clash.name, home / "0", home / "1", home / "2")
                    rest = _rest_of_document(clash, files)
                    commits.write({**rest, **clash.base}, sides.before)
                    commits.write({**rest, **clash.mine}, sides.draft)
                    commits.write({**rest, **clash.theirs}, sides.published)
                    found.append(sides)
            yield tuple(found)

    def catch_up(self, who: str, chosen: Mapping[str, Side]) -> WaitingDraft:
        """Takes over what was published since the draft was begun, as one change of the draft.

        `chosen`: which side counts of what both changed, by the names in `WaitingDraft.open`.
        Raises ContentError where a choice is missing.
        """
        with self._editions.alone(), self._editions.begun() as commits:
            tip, head = tip_of(commits), commits.head()
            if tip is None or tip.base.id == head.id:
                raise ContentError.at(PLACE, "the draft is up to date")
            merge = merge_of(commits, tip, head, chosen)
            if merge.open:
                raise ContentError.at(PLACE, UNCHOSEN)
            live = edition_of(head)
            signed = Signed.of(who, "", f"Took over edition {live.id}: {live.summary}")
            return self._go_on(commits, commits.tree_of(merge.files), [tip.commit, head], signed)

    def undo(self, seen: str) -> WaitingDraft | None:
        """Takes back the last change, `seen`. None where it was the only one."""
        with self._editions.alone(), self._editions.begun() as commits:
            tip = seen_tip(commits, seen)
            before = commits.parent(tip.commit)
            is_first = before is None or is_edition(commits, before)
            commits.point_draft(tip.commit, None if is_first else before)
        return self.open()

    def discard(self, seen: str) -> None:
        """Takes back every change up to `seen`, which must be the last."""
        with self._editions.alone(), self._editions.begun() as commits:
            commits.point_draft(seen_tip(commits, seen).commit, None)

    def publish(self, seen: str, who: str, why: str, summary: str) -> Edition:
        """Makes the draft, as it was after the change `seen`, the live edition.

        Raises DraftMoved where it is no longer that, and ContentError where another edition was
        published since, or nothing is different from the live one.
        """
        signed = Signed.of(who, why, summary)
        with self._editions.alone(), self._editions.begun() as commits:
            tip, head = seen_tip(commits, seen), commits.head()
            if tip.base.id != head.id:
                raise ContentError.at(PLACE, BEHIND)
            if tip.commit.tree == head.tree:
                raise ContentError.at(PLACE, NOTHING_CHANGED)
            commit = commits.commit(tip.commit.tree, head, signed, self._now())
            commits.point_draft(tip.commit, None)
            return edition_of(commit)

    def _go_on(
        self, commits: Commits, tree: ObjectID, parents: list[Commit], signed: Signed
    ) -> WaitingDraft:
        before = commits.tip(DRAFT)
        commits.point_draft(before, commits.made(tree, parents, signed, self._now()))
        tip = tip_of(commits)
        if tip is None:
            raise ContentError.at(PLACE, MOVED)
        return described(commits, tip)

    def _prune(self, used: Path) -> None:
        there = sorted(self._cache.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in [each for each in there if each != used][COPIES_KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)


def _with_originals(kept: Files, before: Files) -> Files:
    """Of documents that are still there and have got no other file that they came from."""
    folders = {path.parent for path in kept} - {path.parent for path in kept if is_original(path)}
    stay = {p: sha for p, sha in before.items() if is_original(p) and p.parent in folders}
    return stay | kept


def _rest_of_document(clash: Clash[ObjectID], files: Files) -> Files:
    """What a file of a document lies beside, so that it can be read; none where both are whole."""
    inside = [path for path in clash.mine if path.parts[0] == DOCUMENTS and len(clash.mine) == 1]
    folders = {path.parent for path in inside}
    return {p: s for p, s in files.items() if p.parent in folders and not is_original(p)}


@contextmanager
def _temporary() -> Iterator[Path]:
    with TemporaryDirectory(prefix="principles-") as made:
        folder = Path(made) / "content"
        folder.mkdir()
        yield folder


def _check_out(commits: Commits, files: Files, place: Path) -> None:
    fresh = place.with_name(f".{place.name}")
    shutil.rmtree(fresh, ignore_errors=True)
    commits.write(files, fresh)
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
