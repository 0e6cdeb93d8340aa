"""What a state of the content has that is not in an earlier one, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.operations.counted import counted
from bot.operations.difference import ContentDifference
from knowledge.documents import DOCUMENTS, ENTRY, DocumentEntry, read_entry
from knowledge.notices import NoticeRecord, read_records
from knowledge.revision.review import Review, read_review
from knowledge.signatures import Signature


def lost_things(
    live: Path, earlier: Path, found: Iterable[ContentDifference]
) -> Iterator[ContentDifference]:
    """What is gone, with who has signed it; and of what is otherwise, the edition, the signatures
    and the decisions that only `live` has. `found`: what differs from `live` to `earlier`, both of
    which are whole. Raises ContentError."""
    notices = {f"notices/{each.id}": each for each in read_records(live)}
    before = {f"notices/{each.id}": each for each in read_records(earlier)}
    for each in found:
        said = each.said if each.became == "gone" else ()
        if each.id and _has(live, each.id):
            said += tuple(_of_document(live, earlier, each.id))
        elif each.page in notices and each.page in before:
            said += tuple(_of_notice(notices[each.page], before[each.page]))
        if said:
            yield replace(each, title=_title(live, each), said=said, became="gone", counted="")


def _of_document(live: Path, earlier: Path, document_id: str) -> Iterator[str]:
    now, review, known = _entry(live, document_id), read_review(live, document_id), Review()
    if _has(earlier, document_id):
        then = _entry(earlier, document_id)
        if now.version != then.version:
            yield f"Its edition “{now.version}”. What is quoted then is “{then.version}”."
        known = read_review(earlier, document_id)
    holding = (each for each in review.signatures if each.text_sha256 == now.sha256)
    yield from _signatures(holding, known.signatures)
    decided = {each.place for each in review.places if each.accepted and each not in known.places}
    if decided:
        yield f"What was decided on {counted(len(decided), 'place')} beside it."


def _of_notice(now: NoticeRecord, then: NoticeRecord) -> Iterator[str]:
    if now.signed_off_by and now.signed_off_by != then.signed_off_by:
        yield f"The signature of {now.signed_off_by}."
    holding = (each for each in now.signatures if each.text_sha256 == now.sha256)
    yield from _signatures(holding, then.signatures)


def _signatures(holding: Iterable[Signature], known: Sequence[Signature]) -> Iterator[str]:
    for each in holding:
        if each not in known:
            yield f"The signature of {each.by}, {each.role}, of {each.on:%-d %B %Y}."


def _title(live: Path, difference: ContentDifference) -> str:
    """As it is called now, where it is a document."""
    is_there = difference.id and _has(live, difference.id)
    return _entry(live, difference.id).title if is_there else difference.title


def _has(side: Path, document_id: str) -> bool:
    return (side / DOCUMENTS / document_id).is_dir()


def _entry(side: Path, document_id: str) -> DocumentEntry:
    return read_entry(side / DOCUMENTS / document_id / ENTRY)[1]
