"""What a reader is shown of a passage: its words, where they stand, and what to beware of."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

NoticeKind = Literal["superseded", "damaged", "local", "differs"]


class Citation(BaseModel):
    """Where a quotation stands: document, area, version and paragraph.

    `edition_date`: when the edition of the content was published that it was quoted from; none
    for the one that is shipped.
    """

    model_config = ConfigDict(frozen=True)

    document_id: str
    title: str
    publisher: str
    area: str | None
    version: str
    reference: str
    url: str
    edition_date: date | None = None


class Notice(BaseModel):
    """A dated warning shown beside a quotation, never inside it. Not from the sources.

    `by_itself`: it follows from what is known of the document. Nobody has written or checked it,
    and `checked_on` is only since when it stands there: a channel does not show that. `text` is
    `body` with `unsigned` after it, where nobody has signed it as it stands: a channel that shows
    several notices says that once.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    kind: NoticeKind
    text: str
    checked_on: date
    signed_off_by: str | None = None
    by_itself: bool = False
    body: str = ""
    unsigned: str | None = None


class Quote(BaseModel):
    """A contiguous, verbatim part of a source document.

    `marks` are [start, end) character offsets into `text`: the sentences that
    answer the question. `lead_in` is the source's own introduction to a list item,
    itself verbatim.
    """

    model_config = ConfigDict(frozen=True)

    passage_id: str
    text: str
    truncated_in_source: bool = False
    citation: Citation
    notices: tuple[Notice, ...] = ()
    lead_in: str | None = None
    marks: tuple[tuple[int, int], ...] = ()


class ScoredQuote(Quote):
    score: float = Field(ge=0.0, le=1.0)
