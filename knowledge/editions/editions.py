"""The editions of the content, whether or not anything was ever changed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from dulwich.objects import Commit, ObjectID
from filelock import FileLock, Timeout

from knowledge.editions.changes import ChangedFile
from knowledge.editions.contents import (
    add_lacking,
    copy_content,
    files_of,
    is_original,
    same_files,
)
from knowledge.editions.edition import BACK, SHIPPED, Edition, as_shipped
from knowledge.editions.repository import (
    Commits,
    Signed,
    create,
    edition_of,
    holds,
    id_of,
    no_such_edition,
    opened,
)
from knowledge.editions.troubles import told_plainly, unusable
from knowledge.errors import ContentError, Location, Violation

REPOSITORY = "editions.git"
LOCK = "lock"
NOT_OURS_BUT_HARMLESS = "lost+found"
"""What a file system keeps at its top."""
LOCK_WAITS_S = 60.0
CHECKOUTS_KEPT = 3
GONE = (
    f"editions are kept here, and now there is no {REPOSITORY}. Mount the file system that holds"
    " them, or put the folder back from a backup; nothing is published until then. To begin again"
    " with the content as shipped, remove the note {note}"
)
NOTED = "Editions of the content are kept in {place}. While this note is here they must be there.\n"
NOTHING_CHANGED = "nothing was changed, so there is nothing to publish"


@dataclass(frozen=True)
class EditionDraft:
    """A private copy of the edition `made_from`, to be changed and published."""

    folder: Path
    made_from: str


class DraftIsStale(ContentError):
    """Another edition was published since the draft was made."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Editions:
    """Kept in `content_dir`; while that is empty, what is in `shipped` is the one edition.

    `data` is the folder `data` that was shipped beside it: what an edition lacks of it is taken
    from there. `cache` holds copies of editions to read from, and a note beside it says that
    editions are kept, so that a folder which has lost them is not taken for one that never had any.
    Every method raises ContentError, with what to do, for a folder that cannot be used.
    """

    def __init__(
        self,
        content_dir: Path,
        shipped: Path,
        cache: Path,
        now: Callable[[], datetime] = utc_now,
        data: Path | None = None,
    ) -> None:
        self._content_dir = content_dir
        self._shipped = shipped
        self._data = data
        self._cache = cache
        self._now = now
        self._cache_lock = cache.with_name(f"{cache.name}.lock")
        place = hashlib.sha256(str(content_dir.absolute()).encode()).hexdigest()[:8]
        self._kept_note = cache.with_name(f"{cache.name}-kept-{place}")
        self._known: tuple[Edition, ...] = ()
        self._changed: dict[str, tuple[ChangedFile, ...]] = {}

    def live(self) -> Edition:
        """The edition that is to be answered from."""
        if not self._is_kept():
            return self._as_shipped()
        with self._opened() as commits:
            return edition_of(commits.head())

    def history(self) -> tuple[Edition, ...]:
        """The newest first."""
        if not self._is_kept():
            return (self._as_shipped(),)
        with self._opened() as commits:
            head = edition_of(commits.head())
            if self._known[:1] != (head,):
                self._known = tuple(map(edition_of, commits.all()))
        return self._known

    def changed_files(self, edition_id: str) -> tuple[ChangedFile, ...]:
        """What the edition changed in the one that it was made from; the first, nothing."""
        if edition_id not in self._changed and self._is_kept():
            with self._opened() as commits:
                # All that are new, in one walk: whoever asks for one shows the others beside it.
                for commit in commits.all():
                    if id_of(commit) not in self._changed:
                        self._changed[id_of(commit)] = commits.changed(commit)
        if edition_id not in self._changed and edition_id != SHIPPED:
            raise no_such_edition(self._content_dir, edition_id)
        return self._changed.get(edition_id, ())

    @contextmanager
    def sides(self, edition_id: str) -> Iterator[tuple[Path, Path]]:
        """What the edition changed, as it was before and as it became, in two folders that are
        removed afterwards: documents whole, without their originals, and other files alone."""
        changed = self.changed_files(edition_id)
        with ExitStack() as held:
            with told_plainly(self._cache):
                made = Path(held.enter_context(TemporaryDirectory(prefix="principles-")))
            before, after = made / "before", made / "after"
            before.mkdir()
            after.mkdir()
            if changed:
                with self._opened() as commits:
                    commit = commits.find(edition_id)
                    for side, folder in ((commits.parent(commit), before), (commit, after)):
                        files = commits.files(side) if side else {}
                        commits.write(dict(_touched(files, changed)), folder)
            yield before, after

    def names_ever(self, folder: str) -> frozenset[str]:
        """Of all that stands in a folder of the content in any edition, so that a name which once
        meant something is not given to something else."""
        if not self._is_kept():
            with told_plainly(self._shipped):
                return frozenset(path.name for path in (self._shipped / folder).iterdir())
        with self._opened() as commits:
            return commits.names(folder)

    def folder(self, edition_id: str) -> Path:
        """A copy of the edition to read from, which nobody changes, without the originals.

        What it lacks of `data` lies in the checkout, and is not copied (`files_of`).
        """
        if not self._is_kept():
            if edition_id == SHIPPED:
                return self._shipped
            raise no_such_edition(self._content_dir, edition_id)
        with self._opened() as commits:
            commit = commits.find(edition_id)
            files = {
                path: sha for path, sha in commits.files(commit).items() if not is_original(path)
            }
            place = self._cache / id_of(commit)
            with self._locked(self._cache, self._cache_lock):
                if not holds(place, files):
                    self._check_out(commits, files, place)
                self._prune(list(map(id_of, commits.all())), place)
        return place

    def live_folder(self) -> Path:
        return self.folder(self.live().id)

    @contextmanager
    def draft(self) -> Iterator[EditionDraft]:
        """A copy of the live edition in a folder that is removed afterwards."""
        live = self.live().id
        with self.copy(live) as folder:
            yield EditionDraft(folder, live)

    @contextmanager
    def copy(self, edition_id: str) -> Iterator[Path]:
        """The edition, whole, in a folder of one's own that is removed afterwards."""
        with ExitStack() as held:
            with told_plainly(self._cache):
                made = held.enter_context(TemporaryDirectory(prefix="principles-"))
            folder = Path(made) / "content"
            self._copy(edition_id, folder)
            yield folder

    def _copy(self, edition_id: str, folder: Path) -> None:
        if self._is_kept():
            with self._opened() as commits:
                commits.write(commits.files(commits.find(edition_id)), folder)
            with told_plainly(folder):
                self.complete(folder)
        else:
            with told_plainly(folder):
                copy_content(self.folder(edition_id), folder, self._data)

    def complete(self, folder: Path) -> None:
        """Adds to an edition in `folder` what it lacks, as one from before that was content."""
        add_lacking(folder, self._data)

    def publish(self, draft: EditionDraft, who: str, why: str, summary: str) -> Edition:
        """Makes the draft the live edition. Who publishes meanwhile is waited for.

        Raises DraftIsStale where the draft was made from another edition than the live one.
        """
        signed = Signed.of(who, why, summary)
        with self.alone():
            if not self._is_kept():
                self._begin(draft)
            with self._opened() as commits:
                head = commits.head()
                self._check_base(draft, head)
                tree = commits.keep_folder(draft.folder)
                if tree == head.tree:
                    raise self._said(NOTHING_CHANGED)
                return edition_of(commits.commit(tree, head, signed, self._now()))

    def rollback(self, edition_id: str, who: str, why: str) -> Edition:
        """Publishes an earlier edition again. What came after it stays in the history."""
        if not self._is_kept():
            known = edition_id == SHIPPED
            raise (
                self._same_as(SHIPPED) if known else no_such_edition(self._content_dir, edition_id)
            )
        with self.alone(), self._opened() as commits:
            head, earlier = commits.head(), commits.find(edition_id)
            if earlier.tree == head.tree:
                raise self._same_as(edition_id)
            back = edition_of(earlier)
            summary = f"{BACK} {back.id} of {back.published_at:%-d %B %Y}: {back.summary}"
            signed = Signed.of(who, why, summary)
            return edition_of(commits.commit(earlier.tree, head, signed, self._now()))

    def _check_base(self, draft: EditionDraft, head: Commit) -> None:
        if draft.made_from != id_of(head):
            live = edition_of(head)
            problem = (
                f"{live.who} has published edition {live.id} since this change was begun"
                f" ({live.summary}). Make the change again, to what is there now"
            )
            raise DraftIsStale(Violation(Location(str(self._content_dir)), problem))

    @contextmanager
    def reading(self) -> Iterator[Commits | None]:
        """The repository; None where nothing was ever changed."""
        if self._is_kept():
            with self._opened() as commits:
                yield commits
        else:
            yield None

    @contextmanager
    def begun(self) -> Iterator[Commits]:
        """The same, which begins with the content as shipped. Whoever asks has it `alone`."""
        if not self._is_kept():
            self._keep_shipped()
        with self._opened() as commits:
            yield commits

    def _is_kept(self) -> bool:
        """Whether anything was ever changed, so that editions are kept."""
        with told_plainly(self._content_dir):
            # In this order: somebody may begin to keep them meanwhile, and notes it last.
            is_noted = self._kept_note.exists()
            there = self._content_dir.iterdir() if self._content_dir.exists() else ()
            names = {path.name for path in there}
            if REPOSITORY in names:
                self._note_kept()
                return True
            if is_noted:
                raise self._said(GONE.format(note=self._kept_note))
            self._check_ours(names)
            return False

    def _note_kept(self) -> None:
        """For the day when the folder is empty because its file system is not mounted. What lies in
        the state folder with the note is not mounted apart from it."""
        if self._cache.parent in self._content_dir.parents:
            return
        if not self._kept_note.exists():
            # Whoever may read the editions and not write here leaves the note to the next.
            with suppress(OSError):
                self._kept_note.parent.mkdir(parents=True, exist_ok=True)
                self._kept_note.write_text(NOTED.format(place=self._content_dir), "utf-8")

    def _check_ours(self, names: Collection[str]) -> None:
        """No folder with something else in it is written to, or taken for an empty one."""
        foreign = sorted(
            name
            for name in names
            if not name.startswith(".") and name not in {LOCK, NOT_OURS_BUT_HARMLESS}
        )
        if foreign:
            raise self._said(
                f"no editions are kept here, but something else: {', '.join(foreign[:3])}."
                " Name an empty folder in FP_CONTENT_DIR, or put the editions back"
            )

    def _as_shipped(self) -> Edition:
        with told_plainly(self._shipped):
            return as_shipped(self._shipped, self._data)

    def _opened(self) -> AbstractContextManager[Commits]:
        return opened(self._content_dir / REPOSITORY)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While nobody else publishes, or changes the draft."""
        self._is_kept()  # Before anything is written, whether the folder is ours.
        with self._locked(self._content_dir, self._content_dir / LOCK):
            yield

    @contextmanager
    def _locked(self, folder: Path, lock: Path) -> Iterator[None]:
        """While no other process or thread changes the folder."""
        with told_plainly(folder), ExitStack() as held:
            folder.mkdir(parents=True, exist_ok=True)
            try:
                held.enter_context(FileLock(lock, timeout=LOCK_WAITS_S))
            except Timeout:
                raise unusable(
                    folder,
                    f"somebody else has been writing here for {LOCK_WAITS_S:.0f} seconds."
                    " Do the same again when they are done",
                ) from None
            yield

    def _begin(self, draft: EditionDraft) -> None:
        """Keeps the shipped content as the first edition, once something else is to follow it."""
        if same_files(files_of(draft.folder), files_of(self._shipped, self._data)):
            raise self._said(NOTHING_CHANGED)
        self._keep_shipped()

    def _keep_shipped(self) -> None:
        place = self._content_dir / REPOSITORY
        create(place, self._shipped, self._data, self._as_shipped())
        self._note_kept()

    def _check_out(
        self, commits: Commits, files: dict[PurePosixPath, ObjectID], place: Path
    ) -> None:
        fresh = place.with_name(f".{place.name}")
        shutil.rmtree(fresh, ignore_errors=True)
        commits.write(files, fresh)
        shutil.rmtree(place, ignore_errors=True)
        fresh.rename(place)

    def _prune(self, newest_first: list[str], used: Path) -> None:
        """Of the copies the last three editions stay, and the one that is `used`."""
        there = {path.name for path in self._cache.iterdir()}
        kept = [each for each in newest_first if each in there][:CHECKOUTS_KEPT]
        for name in there - {*kept, used.name}:
            shutil.rmtree(self._cache / name, ignore_errors=True)

    def _same_as(self, edition_id: str) -> ContentError:
        return self._said(f"what is answered from already is the same as edition '{edition_id}'")

    def _said(self, problem: str) -> ContentError:
        return unusable(self._content_dir, problem)


def _touched(
    files: Mapping[PurePosixPath, ObjectID], changed: Collection[ChangedFile]
) -> Iterator[tuple[PurePosixPath, ObjectID]]:
    """Those that are changed, and all others of the same documents but the originals."""
    paths = {each.path for each in changed}
    documents = {PurePosixPath(*each.path.parts[:2]) for each in changed if each.document}
    for path, sha in files.items():
        if (path in paths or not documents.isdisjoint(path.parents)) and not is_original(path):
            yield path, sha
