from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.flows import record
from bot.errors import UserFacingError
from bot.messages import OutcomeMessage
from bot.operations.content_folder import open_editions
from bot.record import Format, Stamp, sources_of, sources_version
from bot.record.reproduce import again
from bot.record.stamp import Printed
from bot.rendering.flows import FlowRenderer
from bot.settings import Settings
from knowledge.editions import Edition
from knowledge.library import Library
from knowledge.retiring import take_out
from tests.record.walked import FORMATS, STAMP, content_of, outcome_of, text_of
from tests.shipped import FLOW_RENDERER, LIBRARY, RECORD_RENDERER

FLOWS = Path(__file__).parents[2] / "data" / "flows"


@pytest.fixture(scope="module")
def script() -> FlowRenderer:
    return FLOW_RENDERER


@pytest.fixture(scope="module")
def outcome() -> OutcomeMessage:
    answers = ("no", "consent", "no", "yes", "s47", "refused")
    return outcome_of("parents_not_engaging", *answers)


@pytest.mark.parametrize("format", FORMATS)
def test_a_record_holds_what_was_asked_answered_and_quoted(
    outcome: OutcomeMessage, format: Format
) -> None:
    text = text_of(outcome, format)
    for answer in outcome.answers:
        assert answer.question in text
        assert answer.answer in text
    for quote in outcome.quotes:
        assert " ".join(quote.text.split()) in text
        assert quote.citation.version in text
        assert quote.citation.reference in text
    assert "carrying out enquiries under." in text
    assert "[text missing in source]" in text
    assert "22 November 2026, 09:30" in text
    assert outcome.version in text
    assert STAMP.sources in text
    assert "Who decided" in text


@pytest.mark.parametrize("format", FORMATS)
def test_equal_outcomes_and_stamps_give_equal_bytes(
    outcome: OutcomeMessage, format: Format
) -> None:
    assert RECORD_RENDERER.render(outcome, STAMP, format) == RECORD_RENDERER.render(
        outcome.model_copy(deep=True), STAMP, format
    )


def test_a_page_shows_markup_as_text(outcome: OutcomeMessage) -> None:
    hostile = outcome.model_copy(update={"lead": "<script>alert(1)</script>"})
    assert b"<script>" not in content_of(hostile, "html")
    assert b"<script>" not in content_of(hostile, "markdown")


def test_the_stamp_alone_makes_the_same_record_again(
    outcome: OutcomeMessage, script: FlowRenderer
) -> None:
    printed = Printed.parse(STAMP.line(outcome.version, outcome.path))
    assert RECORD_RENDERER.render(
        again(printed, script), printed.stamp, "docx"
    ) == RECORD_RENDERER.render(outcome, STAMP, "docx")


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        ("flows ", "flow ", "not a stamp"),
        ("/s4_47/refused", "/s4_47/banana", "no longer have"),
        (" share_without_consent/s4_47/refused", "", "does not end"),
        ("flows ", "flows 0", "the flows have changed"),
        ("parents_not_engaging/s1", "gone/s1", "no flow 'gone'"),
    ],
)
def test_a_stamp_of_other_contents_is_refused(
    outcome: OutcomeMessage, script: FlowRenderer, was: str, becomes: str, words: str
) -> None:
    line = STAMP.line(outcome.version, outcome.path)
    assert was in line
    with pytest.raises(ValueError, match=words):
        again(Printed.parse(line.replace(was, becomes)), script)


def of(edition: str, published_at: datetime) -> Library:
    return LIBRARY.of(Edition(edition, published_at, "", "", ""))


def test_a_stamp_has_the_edition_of_its_outcome_and_not_the_one_of_now() -> None:
    at, later = STAMP.at, STAMP.at + timedelta(days=1)
    shipped = f"shipped-{sources_version(LIBRARY)}"
    assert sources_of("shipped", at, LIBRARY) == shipped
    assert sources_of("shipped", at, of("shipped", at)) == shipped
    assert sources_of("shipped", at, of("shipped", later)) == "shipped"
    assert sources_of("shipped", at, of("0123456789ab", at)) == "shipped"
    assert sources_of("0123456789ab", at, LIBRARY) == "0123456789ab"
    assert sources_of("0123456789ab", at, of("0123456789ab", at)) == "0123456789ab"
    assert sources_of(None, at, LIBRARY) == "unknown"


def test_a_record_is_made_again_of_the_edition_that_it_names(
    outcome: OutcomeMessage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FP_STATE_DIR", str(tmp_path / "state"))
    editions = open_editions(Settings.read())

    def publish(words: str, without: str | None = None) -> Edition:
        with editions.draft() as draft:
            (draft.folder / "words.yaml").write_text(words)
            if without:
                take_out(draft.folder, without)
                (draft.folder / "notices.yaml").write_text("notices: []\n")
            return editions.publish(draft, "Ann Example", "", words)

    named = publish("# Another\n")
    publish("# A third\n", without="003")
    to = tmp_path / "record.md"
    for sources in (named.id, f"shipped-{sources_version(LIBRARY)}"):
        stamp = Stamp(STAMP.at, sources)
        record(stamp.line(outcome.version, outcome.path), to, "markdown")
        assert to.read_bytes() == RECORD_RENDERER.render(outcome, stamp, "markdown").content
    for sources in ("shipped-0123456789ab", "unknown", sources_version(LIBRARY)):
        with pytest.raises(UserFacingError, match="The sources have changed"):
            record(Stamp(STAMP.at, sources).line(outcome.version, outcome.path), to, "markdown")
