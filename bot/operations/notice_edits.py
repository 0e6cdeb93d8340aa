"""Changes the notices beside passages in the folder of a draft, as `Drafts.change` gives one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from bot.operations.yaml_edits import edit, folded, in_a_line, put, put_list, quoted
from knowledge.errors import ContentError, Location
from knowledge.notices import FILE, NoticeRecord, read_records
from knowledge.revision.review import Acceptance
from knowledge.signatures import Signature, with_new

KEYS = tuple(NoticeRecord.model_fields)
GONE = "there is no such notice any more. Look at the list of notices again"


def add_notice(folder: Path, record: NoticeRecord) -> None:
    """As the last. Raises ContentError where its id is taken."""
    if any(each.id == record.id for each in read_records(folder)):
        raise _refused(record.id, "there is a notice of this name already. Choose another name")
    entry = CommentedMap(record.model_dump(include=set(KEYS) - _LEFT_OUT))
    entry["text"] = folded(record.text)
    for key in ("passages", "documents"):
        names: tuple[str, ...] = getattr(record, key)
        entry[key] = in_a_line([quoted(each) for each in names])
        if not names:
            del entry[key]
    edit(folder / FILE, lambda content: content["notices"].append(entry))


_LEFT_OUT = {"needs_two", "signatures"}
"""What a notice has not when it is written."""


def change_notice(folder: Path, record: NoticeRecord) -> None:
    """The one with this id. A name that the file gives as its signature goes, where what was signed
    is another now; signatures stay, and no longer hold. Raises ContentError."""
    before = notice_of(folder, record.id)

    def change(entry: Any) -> None:
        for key in ("kind", "text", "certainty", "owner", "checked_on", "review_by"):
            put(entry, key, getattr(record, key), KEYS)
        for key in ("passages", "documents"):
            if names := getattr(record, key):
                put_list(entry, key, names, KEYS)
            else:
                entry.pop(key, None)
        if before.sha256 != record.sha256:
            _unsign(entry)

    _edit_one(folder, record.id, change)


def check_reworded(folder: Path, before: Iterable[NoticeRecord], on: date) -> None:
    """Those that have other words than `before`: whoever wrote these says on that day that they fit
    their sources. Raises ContentError."""
    for old in before:
        if notice_of(folder, old.id).text != old.text:
            _edit_one(folder, old.id, partial(_check, on))


def _check(on: date, entry: Any) -> None:
    put(entry, "checked_on", on, KEYS)
    _unsign(entry)


def take_out_notice(folder: Path, notice_id: str) -> None:
    """Raises ContentError where it is not there."""
    at = _place_of(folder, notice_id)
    edit(folder / FILE, lambda content: content["notices"].pop(at))


def sign_notice(folder: Path, notice_id: str, text_sha256: str, decision: Acceptance) -> None:
    """`text_sha256`: of what the person saw. Raises ContentError where that is no longer what it
    says, or they have signed it already."""
    record = notice_of(folder, notice_id)
    if record.sha256 != text_sha256:
        problem = "it was changed since you looked at it. Look at it again, then sign it"
        raise _refused(notice_id, problem)
    place = Location(f"the notice {notice_id}")
    signature = Signature(**decision.model_dump(), text_sha256=text_sha256)
    with_new(record.signatures, signature, place, needs_two=record.needs_two)

    def change(entry: Any) -> None:
        _unsign(entry)
        entry.setdefault("signatures", []).append(signature.model_dump())

    _edit_one(folder, notice_id, change)


def mark_notice_needs_two(folder: Path, notice_id: str, *, needs_two: bool) -> None:
    """Whether two people have to sign it. Raises ContentError."""

    def change(entry: Any) -> None:
        if needs_two:
            put(entry, "needs_two", True, KEYS)
        else:
            entry.pop("needs_two", None)

    _edit_one(folder, notice_id, change)


def notice_of(folder: Path, notice_id: str) -> NoticeRecord:
    """Raises ContentError where it is not there."""
    return read_records(folder)[_place_of(folder, notice_id)]


def _place_of(folder: Path, notice_id: str) -> int:
    for at, record in enumerate(read_records(folder)):
        if record.id == notice_id:
            return at
    raise _refused(notice_id, GONE)


def _edit_one(folder: Path, notice_id: str, change: Callable[[Any], None]) -> None:
    at = _place_of(folder, notice_id)
    edit(folder / FILE, lambda content: change(content["notices"][at]))


def _unsign(entry: Any) -> None:
    if "signed_off_by" in entry:
        entry["signed_off_by"] = None


def _refused(notice_id: str, problem: str) -> ContentError:
    return ContentError.at(Location(f"the notice {notice_id}"), problem)
