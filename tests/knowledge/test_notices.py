from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from knowledge.errors import ContentError
from knowledge.library import Library
from knowledge.notices import CAUTIOUS, NoticeRecord, Notices
from knowledge.signatures import Signature

RECORD = {
    "id": "n",
    "passages": ["000.p1"],
    "kind": "superseded",
    "text": "This may have changed.",
    "certainty": "C",
    "owner": "policy officer",
    "checked_on": date(2026, 1, 1),
    "review_by": date(2026, 6, 1),
}
SIGNED = Signature(by="Ann", role="policy officer", on=date(2026, 2, 1), text_sha256="0" * 64)


def write(tmp_path: Path, *records: object) -> Path:
    file = tmp_path / "notices.yaml"
    file.write_text(yaml.safe_dump({"notices": list(records)}), encoding="utf-8")
    return file


def test_what_is_not_certain_is_worded_as_not_certain() -> None:
    for record in Library.read().notices.records:
        if record.certainty == "C":
            assert all(words in record.text for words in CAUTIOUS), record.id


def test_every_flagged_defect_has_a_notice() -> None:
    library = Library.read()
    for passage in library.passages.values():
        if passage.flags & {"truncated", "superseded", "misquote"}:
            assert library.quote(passage.id).notices, passage.id


def test_an_unsigned_notice_says_so() -> None:
    record = NoticeRecord.model_validate(RECORD)
    assert "signed" in record.shown(date(2026, 5, 1)).text
    signed = record.model_copy(update={"signed_off_by": "A Person"})
    assert signed.shown(date(2026, 5, 1)).text == RECORD["text"]


def signed(record: NoticeRecord, *people: str) -> NoticeRecord:
    """As it stands, by these."""
    sums = {"text_sha256": record.sha256}
    signatures = [SIGNED.model_copy(update={"by": each, **sums}) for each in people]
    return record.model_copy(update={"signatures": (*record.signatures, *signatures)})


def test_a_signature_holds_while_what_was_signed_stands() -> None:
    record = signed(NoticeRecord.model_validate(RECORD), "Ann")
    assert record.signed_by == "Ann, policy officer"
    assert record.shown(date(2026, 5, 1)).signed_off_by == "Ann, policy officer"
    looked_at = record.model_copy(update={"review_by": date(2028, 1, 1), "owner": "legal team"})
    assert looked_at.sign_off.kind == "signed"
    for change in ({"text": "Other."}, {"passages": ()}, {"certainty": "A"}, {"kind": "local"}):
        changed = record.model_copy(update=change)
        assert changed.sign_off.kind == "reopened"
        shown = changed.shown(date(2026, 5, 1))
        assert shown.signed_off_by is None
        assert "not signed off as it stands" in shown.text


def test_two_people_sign_where_two_have_to() -> None:
    named = RECORD | {"needs_two": True, "signed_off_by": "A Person"}
    record = NoticeRecord.model_validate(named)
    assert record.sign_off.kind == "missing"
    once = signed(record, "Ann")
    assert once.sign_off.kind == "needs_another"
    assert once.signed_by is None
    assert signed(once, "ANN").sign_off.kind == "needs_another"
    assert signed(once, "Bo").signed_by == "Ann, policy officer and Bo, policy officer"


def test_an_overdue_notice_says_so(tmp_path: Path) -> None:
    record = NoticeRecord.model_validate(RECORD)
    assert "1 June 2026" in record.shown(record.review_by + timedelta(days=1)).text
    notices = Notices.read(write(tmp_path, RECORD), {"000.p1": None}, {"000"})
    assert notices.overdue(date(2026, 6, 1)) == []
    assert [r.id for r in notices.overdue(date(2026, 6, 2))] == ["n"]


@pytest.mark.parametrize(
    ("records", "problem"),
    [
        ([RECORD | {"passages": ["000.p99"]}], r"notices\.yaml:\d+: n: there is no 000\.p99"),
        ([RECORD, RECORD], r"notices\.yaml:\d+: the id 'n' is used twice"),
        ([RECORD | {"kind": "rumour"}], r"notices\.yaml:\d+: unknown 'rumour'"),
    ],
)
def test_a_broken_notice_is_named(tmp_path: Path, records: list[object], problem: str) -> None:
    with pytest.raises(ContentError, match=problem):
        Notices.read(write(tmp_path, *records), {"000.p1": None}, {"000"})


def test_own_text_is_not_announced_as_local() -> None:
    library = Library.read()
    assert "local" in {n.kind for n in library.quote("003.2.6.1").notices}
    assert "local" in {n.kind for n in library.quote("003.2.6.1", "solihull").notices}
    assert "local" not in {n.kind for n in library.quote("003.2.6.1", "knowsley").notices}
