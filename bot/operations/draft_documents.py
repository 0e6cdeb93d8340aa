"""What the draft changes in documents: the places that this touches, and who has signed them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.operations.compared_document import (
    ComparedDocument,
    changed_documents,
    compared_document,
)
from bot.operations.places import AffectedPlace, AffectedPlaces, affected_places
from bot.operations.rereading import to_reread
from bot.operations.signing import signed_as
from knowledge.editions import Editions, WaitingDraft
from knowledge.errors import Violation
from knowledge.signatures import SignOff


@dataclass(frozen=True)
class DraftDocument:
    """`sign_off` is None for one that is taken out. `reread`: how many places cited it before, and
    nobody has read their words since."""

    compared: ComparedDocument
    places: AffectedPlaces
    sign_off: SignOff | None
    reread: int

    def place_of(self, slip: Violation) -> AffectedPlace | None:
        """The place that is to be edited to mend the slip, if it is one of these."""
        written_there = [
            (place, cited)
            for place in self.places.places
            for cited in place.cited
            if cited.citation.place == slip.place
        ]
        named = [place for place, cited in written_there if cited.citation.cited in slip.text]
        return next(iter([*named, *(place for place, _ in written_there)]), None)


def draft_documents(
    editions: Editions, draft: WaitingDraft, folder: Path, data: Path
) -> list[DraftDocument]:
    """In the order of their ids. Raises ContentError."""
    found: list[DraftDocument] = []
    for each in changed_documents(editions, draft, folder):
        compared = compared_document(editions, draft, folder, each)
        if compared is not None:
            signed = signed_as(folder, each) if compared.after else None
            places = affected_places(compared, data)
            left = len(to_reread(folder, data, each))
            found.append(DraftDocument(compared, places, signed, left))
    return found
