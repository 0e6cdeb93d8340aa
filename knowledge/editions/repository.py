"""The editions as commits of a bare Git repository, which any Git client can read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from stat import S_ISREG

from dulwich.diff_tree import CHANGE_ADD, CHANGE_DELETE, tree_changes
from dulwich.file import FileLocked
from dulwich.index import commit_tree
from dulwich.object_store import iter_tree_contents
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.refs import Ref
from dulwich.repo import Repo
from dulwich.walk import ORDER_TOPO

from knowledge.editions.changes import Change, ChangedFile
from knowledge.editions.contents import content_of, files_of, is_content
from knowledge.editions.edition import SHIPPED, Edition
from knowledge.editions.troubles import EditionsUnusable, told_as_damage, told_plainly, unusable
from knowledge.errors import ContentError, Location

BRANCH = Ref(b"refs/heads/main")
DRAFT = Ref(b"refs/heads/draft")
"""The changes that wait to be published (`knowledge/editions/drafts.py`)."""
FILE = 0o100644
NEVER_PUSHED = (b"denyNonFastForwards", b"denyDeletes")
"""What would take an edition out of the history."""
KINDS = {CHANGE_ADD: Change.ADDED, CHANGE_DELETE: Change.REMOVED}
ID_LENGTH = 12
SHORTEST_GIVEN = 7
SHIPPED_MARK = b"Edition: shipped\n"
"""By this last line the first commit is known for the content as shipped."""


@dataclass(frozen=True)
class Signed:
    """Who publishes, what it changes and why, as Git keeps it."""

    author: bytes
    message: bytes

    @classmethod
    def of(cls, who: str, why: str, summary: str) -> Signed:
        """A person stands there without an address. Raises ContentError for what is not UTF-8."""
        name = " ".join(who.translate({ord(mark): " " for mark in "<>\n"}).split())
        line, more = " ".join(summary.split()), why.strip()
        message = "\n\n".join(filter(None, (line, more))) + "\n"
        return cls(
            _encoded("who publishes", f"{name or 'unknown'} <>"),
            _encoded("what it changes, or why", message),
        )


def _encoded(what: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        problem = "a letter here is in another code than UTF-8; write it again"
        raise ContentError.at(Location(what), problem) from None


@dataclass(frozen=True)
class Commits:
    """An open repository. Every commit that its main branch leads to is an edition."""

    repo: Repo
    folder: Path
    unwritten: dict[ObjectID, Blob] = field(default_factory=dict)
    """What was made of files and is in no commit: whoever only looks writes nothing."""

    def head(self) -> Commit:
        return self._commit(self.repo.refs[BRANCH])

    def all(self) -> Iterator[Commit]:
        """The newest first, and each before what it was made from; also what Git has merged."""
        for entry in self.repo.get_walker(include=[self.head().id], order=ORDER_TOPO):
            yield entry.commit

    def find(self, edition_id: str) -> Commit:
        """By its id, or as much of a longer one as Git shows. Raises ContentError for another."""
        found = [each for each in self.all() if _is_called(each, edition_id)]
        if len(found) != 1:
            raise no_such_edition(self.folder, edition_id)
        return found[0]

    def tip(self, branch: Ref) -> Commit | None:
        return self._commit(self.repo.refs[branch]) if branch in self.repo.refs else None

    def _since(self, tip: Commit | None) -> Iterator[Commit]:
        """What leads to the tip and is no edition; the newest first."""
        if tip:
            walked = self.repo.get_walker(include=[tip.id], exclude=[self.head().id])
            yield from (entry.commit for entry in walked)

    def parent(self, commit: Commit, number: int = 0) -> Commit | None:
        """Of several, the first is the one that was changed."""
        return self._commit(commit.parents[number]) if commit.parents[number:] else None

    def names(self, folder: str) -> frozenset[str]:
        """Of all that ever stood in a folder at the top: in any edition, not only in the newest,
        and in the draft."""
        found: set[str] = set()
        seen: set[ObjectID] = set()
        tip = self.tip(DRAFT)
        for commit in (*self.all(), *self._since(tip)):
            tree = self._tree(commit.tree)
            if folder.encode() in tree and (inside := tree[folder.encode()][1]) not in seen:
                seen.add(inside)
                found.update(name.decode("utf-8", "replace") for name in self._tree(inside))
        return frozenset(found)

    def files(self, commit: Commit) -> dict[PurePosixPath, ObjectID]:
        """The content of an edition by its path. Raises ContentError for what is no file."""
        found: dict[PurePosixPath, ObjectID] = {}
        for entry in iter_tree_contents(self.repo.object_store, commit.tree):
            path = self._path(entry.path, commit)
            if is_content(path):
                if not S_ISREG(entry.mode):
                    problem = f"'{path}' in edition {id_of(commit)} is no file; publish the file"
                    raise unusable(self.folder, problem)
                found[path] = entry.sha
        return found

    def changed(self, commit: Commit) -> tuple[ChangedFile, ...]:
        """What it changed in the commit before it, in the order of paths; the first, nothing."""
        if not commit.parents:
            return ()
        before = self._commit(commit.parents[0]).tree
        found = []
        for kind, old, new in tree_changes(self.repo.object_store, before, commit.tree):
            entry = new or old
            path = self._path(entry.path, commit) if entry and entry.path else None
            if path and is_content(path):
                found.append(ChangedFile(path, KINDS.get(kind, Change.CHANGED)))
        return tuple(sorted(found, key=lambda each: each.path))

    def write(self, files: Mapping[PurePosixPath, ObjectID], to: Path) -> None:
        """One at a time: an original may be large."""
        with told_plainly(to):
            for path, sha in files.items():
                (to / path).parent.mkdir(parents=True, exist_ok=True)
                (to / path).write_bytes(self.read(sha))

    def _path(self, name: bytes, commit: Commit) -> PurePosixPath:
        try:
            return PurePosixPath(name.decode())
        except UnicodeDecodeError:
            shown = name.decode("utf-8", "replace")
            problem = f"'{shown}' in edition {id_of(commit)} is no name in UTF-8; name it anew"
            raise unusable(self.folder, problem) from None

    def read(self, kept: ObjectID) -> bytes:
        """What a file holds."""
        return (self.unwritten.get(kept) or self._blob(kept)).data

    def keep(self, content: bytes) -> ObjectID:
        """What a file is to hold. It is written with the tree that has it."""
        blob = Blob.from_string(content)
        self.unwritten[blob.id] = blob
        return blob.id

    def keep_folder(self, folder: Path, data: Path | None = None) -> ObjectID:
        """The content of a folder as Git's objects: the id of its tree."""
        return self.tree_of(self.files_in(folder, data))

    def files_in(self, folder: Path, data: Path | None = None) -> dict[PurePosixPath, ObjectID]:
        """The content of a folder as Git's objects, by its path."""
        store = self.repo.object_store
        files = {}
        for inside, path in files_of(folder, data).items():
            blob = Blob.from_string(path.read_bytes())
            if blob.id not in store:
                store.add_object(blob)
            files[inside] = blob.id
        return files

    def tree_of(self, files: Mapping[PurePosixPath, ObjectID]) -> ObjectID:
        store = self.repo.object_store
        for sha in set(files.values()) & self.unwritten.keys():
            store.add_object(self.unwritten[sha])
        entries = [(str(path).encode(), sha, FILE) for path, sha in files.items()]
        return commit_tree(store, entries)

    def commit(self, tree: ObjectID, parent: Commit | None, signed: Signed, at: datetime) -> Commit:
        """Published when this returns, and not a moment before."""
        commit = self.made(tree, [parent] if parent else [], signed, at)
        self._move(BRANCH, parent, commit)
        return commit

    def made(self, tree: ObjectID, parents: list[Commit], signed: Signed, at: datetime) -> Commit:
        """A commit that no branch leads to yet."""
        commit = Commit()
        commit.tree = tree
        commit.parents = [parent.id for parent in parents]
        commit.author = commit.committer = signed.author
        commit.author_time = commit.commit_time = int(at.timestamp())
        commit.author_timezone = commit.commit_timezone = 0
        commit.encoding = b"UTF-8"
        commit.message = signed.message
        self.repo.object_store.add_objects([(commit, None)])
        return commit

    def point_draft(self, before: Commit | None, to: Commit | None) -> None:
        """Moves the draft's branch; to nowhere, so that there is no draft."""
        self._move(DRAFT, before, to)

    def _move(self, branch: Ref, before: Commit | None, to: Commit | None) -> None:
        refs = self.repo.refs
        try:
            if to is None:
                moved = before is None or refs.remove_if_equals(branch, before.id)
            elif before is None:
                moved = refs.add_if_new(branch, to.id)
            else:
                moved = refs.set_if_equals(branch, before.id, to.id)
        except FileLocked as locked:
            left = Path(os.fsdecode(locked.lockfilename))
            problem = (
                "another program is changing the editions, or was cut off while it did. If none"
                " is, remove this file and do the same again"
            )
            raise unusable(left, problem) from locked
        if not moved:
            problem = "another program has changed the content meanwhile. Do the same again"
            raise unusable(self.folder, problem)

    def _tree(self, sha: ObjectID) -> Tree:
        found = self.repo[sha]
        if not isinstance(found, Tree):
            raise ValueError(f"{sha.decode()} is no folder")
        return found

    def _blob(self, sha: ObjectID) -> Blob:
        found = self.repo[sha]
        if not isinstance(found, Blob):
            raise ValueError(f"{sha.decode()} is no file")
        return found

    def _commit(self, sha: ObjectID) -> Commit:
        found = self.repo[sha]
        if not isinstance(found, Commit):
            raise ValueError(f"{sha.decode()} is no commit")
        return found


@contextmanager
def opened(folder: Path) -> Iterator[Commits]:
    """Raises ContentError for whatever is wrong with the repository, also while it is in use."""
    with told_as_damage(folder), Repo(str(folder)) as repo:
        yield Commits(repo, folder)


def create(folder: Path, content: Path, data: Path | None, shipped: Edition) -> None:
    """A repository whose one commit is the content as shipped: there whole, or not at all."""
    for left in folder.parent.glob(f".{folder.name}.*"):
        shutil.rmtree(left)
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    fresh.mkdir()
    with Repo.init_bare(str(fresh), default_branch=b"main") as repo:
        config = repo.get_config()
        for refused in NEVER_PUSHED:
            config.set((b"receive",), refused, True)
        config.write_to_path()
        commits = Commits(repo, fresh)
        signed = Signed.of(shipped.who, SHIPPED_MARK.decode(), shipped.summary)
        commits.commit(commits.keep_folder(content, data), None, signed, shipped.published_at)
    fresh.rename(folder)


def no_such_edition(folder: Path, edition_id: str) -> EditionsUnusable:
    problem = f"there is no edition '{edition_id}'; `principles content history` lists all"
    return unusable(folder, problem)


def id_of(commit: Commit) -> str:
    return SHIPPED if _is_as_shipped(commit) else commit.id.decode()[:ID_LENGTH]


def edition_of(commit: Commit) -> Edition:
    summary, _, why = commit.message.decode("utf-8", "replace").partition("\n")
    who, _, address = commit.author.decode("utf-8", "replace").rpartition(" <")
    return Edition(
        id=id_of(commit),
        published_at=datetime.fromtimestamp(commit.commit_time, UTC),
        who=who or address.rstrip(">"),
        why="" if _is_as_shipped(commit) else why.strip(),
        summary=summary.strip(),
    )


def holds(folder: Path, files: Mapping[PurePosixPath, ObjectID]) -> bool:
    """Whether the folder holds these files, as they are, and no other content."""
    try:
        there = set(content_of(folder)) if folder.is_dir() else set()
    except ContentError:
        return False
    return there == files.keys() and all(
        Blob.from_string((folder / path).read_bytes()).id == sha for path, sha in files.items()
    )


def _is_as_shipped(commit: Commit) -> bool:
    return not commit.parents and commit.message.endswith(SHIPPED_MARK)


def _is_called(commit: Commit, edition_id: str) -> bool:
    sha = commit.id.decode()
    return edition_id == id_of(commit) or (
        len(edition_id) >= SHORTEST_GIVEN and sha.startswith(edition_id.lower())
    )
