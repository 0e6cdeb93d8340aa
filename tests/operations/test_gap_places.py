"""Known gaps that a document may answer: which are shown, and what is decided about them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from bench import gaps as bench
from bot.operations.citations import graph_of
from bot.operations.compared_document import ComparedDocument
from bot.operations.due import open_places_of
from bot.operations.gap_places import (
    GapPlace,
    assign_gaps,
    decided,
    gap_places,
    give_up,
    give_up_here,
    keep_gaps,
    reword_and_keep,
)
from bot.operations.touched_gaps import FEWEST, LIKE, GapsAsked, touched_gaps
from bot.settings import Settings
from knowledge import Knowledge
from knowledge.documents import read_stored
from knowledge.editions.contents import copy_content
from knowledge.encoder import Encoder
from knowledge.errors import ContentError
from knowledge.known_gaps import GapReply, name_near, read_gaps
from knowledge.library import FOLDER
from knowledge.questions import Questions
from knowledge.revision.review import Acceptance, Assignment, read_review
from knowledge.written_questions import written_for
from tests.operations.leading import Leading
from tests.shipped import DATA, LIBRARY

FOSTERING, LADO = "private_fostering", "allegations_lado"
TO = {FOSTERING: "000.p1", LADO: "000.p2"}
BY = Acceptance(by="Ann Example", role="policy officer", on=date(2026, 11, 30))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    copy_content(FOLDER, tmp_path / "content")
    return tmp_path / "content"


def as_new(content: Path, document_id: str = "000") -> ComparedDocument:
    """The document as if it had just been taken in."""
    stored = read_stored(content, document_id)
    return ComparedDocument(document_id, content, content, stored, stored, (), is_new=True)


def places(content: Path) -> tuple[GapPlace, ...]:
    compared = as_new(content)
    touched = touched_gaps(Leading(content, TO), compared.new_words)
    return gap_places(compared, DATA, touched)


def test_gaps_that_are_like_the_document_are_asked_as_if_written_for_none(content: Path) -> None:
    side = Leading(content, TO)
    found = touched_gaps(side, ["000.p1"])
    (gap,) = found.gaps
    of_gap = side.questions.gaps[FOSTERING].questions
    assert (gap.gap_id, gap.answered, len(gap.nearest)) == (FOSTERING, 1, len(of_gap))
    assert gap.passages == ("000.p1",)
    assert set(side.asked) == {*of_gap, *side.questions.gaps[LADO].questions}


def test_the_likest_are_asked_in_any_case_and_what_is_like_enough(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness = [LIKE + 0.1, LIKE, LIKE - 0.1, LIKE - 0.1, LIKE - 0.2]
    gaps = list(read_gaps(content))[:5]
    side = Leading(content, dict.fromkeys(gaps, "000.p1"))
    monkeypatch.setattr(side, "gaps_like", lambda _: list(zip(gaps, likeness, strict=True)))
    assert [each.gap_id for each in touched_gaps(side, ["000.p1"]).gaps] == gaps[:FEWEST]


@pytest.mark.encoder
def test_gaps_that_documents_answer_are_like_them() -> None:
    """As docs/manage.md says of the documents on which it was not chosen."""
    encoder, gaps = Encoder.open(Settings.read().models_dir), Questions.read(LIBRARY).gaps
    topics = bench.questions_of(encoder, list(gaps.values()))
    listed = 0
    for name, answers in yaml.safe_load(bench.SET.read_text("utf-8"))["report"].items():
        likeness = dict(zip(gaps, bench.likeness(encoder, topics, name), strict=True))
        document = bench.Beside(name, likeness, answers)
        assert document.listed(LIKE) >= set(answers)
        assert document.place(answers[0]) == 1
        listed += len(document.listed(LIKE))
    assert listed == 69


def test_a_gap_that_stays_is_decided_for_the_words_that_there_are(content: Path) -> None:
    assert [(each.gap.id, each.state) for each in places(content)] == [
        (FOSTERING, "open"),
        (LADO, "open"),
    ]
    keep_gaps(content, DATA, "000", {FOSTERING: ["000.p1"]}, BY)
    stays, other = places(content)
    assert (stays.state, other.state) == ("stays", "open")
    assert stays.review
    assert stays.review.accepted == BY
    assert "000.p1" in read_gaps(content)[FOSTERING].near
    passages = content / "documents" / "000" / "passages.json"
    text = read_stored(content, "000").passages[1].text
    passages.write_text(passages.read_text().replace(text, text.rsplit(" ", 1)[0]))
    assert places(content)[0].state == "reopened"


def test_a_gap_that_is_given_to_somebody_is_due(content: Path) -> None:
    given = Assignment(to="Bo Example", by="Ann Example", on=date(2026, 11, 30))
    assign_gaps(content, DATA, "000", {FOSTERING: ["000.p1"]}, given)
    assert (places(content)[0].state, places(content)[0].assigned) == ("open", "Bo Example")
    stored, review = read_stored(content, "000"), read_review(content, "000")
    (due,) = open_places_of(stored, review, graph_of(content, DATA))
    assert due.citation.key == f"gap/{FOSTERING}"
    assert due.assigned == given


def test_other_words_of_a_gap_are_decided_with_it(content: Path) -> None:
    reply = GapReply("Fostering in private", "Only in part.", ("lado",), ("the union",))
    reword_and_keep(content, DATA, "000", {FOSTERING: ["000.p1"]}, reply, BY)
    first = places(content)[0]
    assert (first.gap.topic, first.gap.why_not) == ("Fostering in private", "Only in part.")
    assert (first.gap.ask, first.gap.ask_by_name) == (("lado",), ("the union",))
    assert first.state == "stays"
    with pytest.raises(ContentError, match="a gap needs what to say"):
        reword_and_keep(content, DATA, "000", {FOSTERING: ["000.p1"]}, GapReply("x", "", ()), BY)


def test_a_gap_goes_and_its_questions_may_be_written_for_a_passage(content: Path) -> None:
    gap = read_gaps(content)[FOSTERING]
    give_up(content, FOSTERING, {gap.questions[0]: "000.p1"})
    assert FOSTERING not in read_gaps(content)
    assert written_for(content, gap.questions[0]) == ("000.p1",)
    assert written_for(content, gap.questions[1]) == ()
    assert [each.gap.id for each in places(content)] == [LADO]
    with pytest.raises(ContentError, match="there is no known gap"):
        give_up(content, FOSTERING, {})
    with pytest.raises(ContentError, match="there is no passage 999"):
        name_near(content, LADO, ["999.x"])


def test_deciding_asks_nothing_again_and_a_new_question_does(content: Path) -> None:
    asked, live = GapsAsked(), Leading(content, TO)
    before = len(live.asked)

    def found() -> list[str]:
        while (it := asked.ready(as_new(content), live, lambda: draft)) is None:
            pass
        return [each.gap_id for each in it.gaps]

    draft: Knowledge | None = None
    assert found() == [FOSTERING, LADO]
    once = len(live.asked)
    assert once > before
    keep_gaps(content, DATA, "000", {FOSTERING: ["000.p1"]}, BY)
    give_up(content, LADO, {})
    found()
    assert len(live.asked) == once
    file = content / "gaps.jsonl"
    file.write_text(
        file.read_text().replace('"what is private fostering"', '"what on earth is it"')
    )
    assert asked.ready(as_new(content), live, lambda: None) is None
    draft = Leading(content, {FOSTERING: "000.p1"})
    assert found() == [FOSTERING]
    assert "what on earth is it" in draft.asked


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (decided("stays", ["X"], "T"), "Known gap “X” stays beside T"),
        (decided("stays", ["X", "Y"], "T"), "2 known gaps stay beside T"),
        (decided("reworded", ["X"], "T"), "Known gap “X” reworded beside T"),
        (decided("goes", ["X"], "T"), "Known gap “X” taken out, as T answers it"),
        (decided("given", ["X"], "T", "Bo"), "Known gap “X” given to Bo, beside T"),
    ],
)
def test_a_decision_is_told_in_a_line(line: str, said: str) -> None:
    assert line == said


def test_without_words_that_nobody_knew_nothing_is_asked(tmp_path: Path, content: Path) -> None:
    shutil.copytree(content, tmp_path / "same")
    stored = read_stored(content, "000")
    compared = ComparedDocument("000", tmp_path / "same", content, stored, stored, ())
    assert compared.new_words == {}


def test_a_gap_goes_in_the_area_of_a_document_alone(content: Path) -> None:
    with pytest.raises(ContentError, match="it holds everywhere"):
        give_up_here(content, FOSTERING, "000")
    file = content / "documents" / "000" / "document.yaml"
    file.write_text(file.read_text().replace("area: null", "area: marlshire"))
    before = read_gaps(content)[FOSTERING]
    give_up_here(content, FOSTERING, "000")
    give_up_here(content, FOSTERING, "000")
    after = read_gaps(content)[FOSTERING]
    assert after == before.model_copy(update={"answered_in": ("marlshire",)})
    (place,) = (each for each in places(content) if each.gap.id == FOSTERING)
    assert (place.state, place.is_to_do) == ("goes_here", False)
    assert decided("goes_here", ["A"], "B").startswith("Known gap “A” taken out in the area of B")
