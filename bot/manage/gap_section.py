"""What the page of a changed document says of the known gaps that it may answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request

from bot.container import Container
from bot.manage.editing import EditedContent
from bot.operations.compared_document import ComparedDocument
from bot.operations.gap_places import GapPlace, gap_places
from bot.operations.previews import Previews
from bot.operations.touched_gaps import GapsAsked
from knowledge import Knowledge
from knowledge.errors import ContentError, Violation

SectionState = Literal["none", "waits", "broken", "ready"]


@dataclass(frozen=True)
class GapSection:
    """`none`: no passage of the document has words that nobody knew. `broken`: it cannot be asked,
    for the `slips`."""

    state: SectionState
    places: tuple[GapPlace, ...] = ()
    slips: tuple[Violation, ...] = ()

    @property
    def decided(self) -> int:
        return sum(not each.is_to_do for each in self.places)

    def of(self, gap_id: str) -> GapPlace | None:
        return next((each for each in self.places if each.gap.id == gap_id), None)


def get_gaps_asked(request: Request) -> GapsAsked:
    asked: GapsAsked = request.app.state.gaps_asked
    return asked


GapsAskedDep = Annotated[GapsAsked, Depends(get_gaps_asked)]


def gap_section(
    container: Container,
    content: EditedContent,
    compared: ComparedDocument,
    previews: Previews,
    asked: GapsAsked,
) -> GapSection:
    """Raises EncoderFailed."""
    if not compared.new_words:
        return GapSection("none")

    def draft() -> Knowledge | None:
        found = content.draft and previews.ready(container, content.draft, content.folder)
        return found.knowledge if found else None

    try:
        touched = asked.ready(compared, container.knowledge, draft)
        if touched is None:
            return GapSection("waits")
        return GapSection("ready", gap_places(compared, container.settings.data_dir, touched))
    except ContentError as broken:
        return GapSection("broken", slips=broken.violations)
