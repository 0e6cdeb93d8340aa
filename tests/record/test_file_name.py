"""A file name that a person reads, and every system takes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.messages import OutcomeMessage
from bot.record import Format, Stamp
from tests.record.walked import STAMP, refused
from tests.shipped import RECORD_RENDERER


def name(title: str, stamp: Stamp = STAMP, format: Format = "docx") -> str:
    outcome: OutcomeMessage = refused()
    flow = outcome.flow.model_copy(update={"title": title})
    return RECORD_RENDERER.render(
        outcome.model_copy(update={"flow": flow}), stamp, format
    ).file_name


@pytest.mark.parametrize(("format", "ending"), [("docx", "docx"), ("html", "html")])
def test_it_has_the_day_and_the_flow_in_words(format: Format, ending: str) -> None:
    assert name("Can I share this information without consent?", format=format) == (
        f"2026-11-22 Can I share this information without consent - decision record.{ending}"
    )


def test_its_day_is_the_readers() -> None:
    night = Stamp(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "x")
    assert name("A", night).startswith("2026-07-02 A ")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Preparing: no surprises", "Preparing - no surprises"),
        ("and/or, or \\", "and-or, or -"),
        ('"Why" <this> | that * ?', "Why this that"),
        ("One\nline\tonly\x07", "One line only"),
        ("Who’s asking – café", "Who’s asking – café"),
    ],
)
def test_it_is_made_of_what_windows_takes(title: str, shown: str) -> None:
    named = name(title, format="markdown")
    assert named == f"2026-11-22 {shown} - decision record.md"


def test_it_is_short_enough_for_a_folder_deep_down() -> None:
    assert len(name("word " * 100)) <= 150
    assert name("word " * 100).endswith("word - decision record.docx")
