"""A document of one area, taken in beside what is shipped, and asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.settings import Settings
from knowledge import Answer, Knowledge
from knowledge.editions.contents import copy_content
from knowledge.importing import read_document
from knowledge.intake import GivenFacts, take_in
from knowledge.known_gaps import answer_in
from knowledge.library import FOLDER
from knowledge.written_questions import add_question

pytestmark = [pytest.mark.encoder, pytest.mark.slow]

GAP = "bruising_in_non_mobile_babies"
NAMING, PINNED = "what does Marlshire say about a birth bruise", "005.2.2"
MESSAGE = "KEY MESSAGE: Any bruise on a baby who cannot yet roll leads to a referral at once."
TEXT = f"""# Bruising in non-mobile infants

{MESSAGE}

## 1. What to do when you see a mark

1.1 If the baby with a bruise is ill or floppy, call 999. Do not wait to make a referral first.

1.2 Whoever sees a bruise on a baby writes it down on a body map and telephones at once.

1.3 The referral of a bruise is not refused only because the family is well known.

## 2. Birth marks and birth injuries

2.1 A bruise from birth is recorded by the midwife. A blue spot may look like a bruise.

2.2 A new bruise is never put down to the birth without advice from a paediatrician.
"""


def knowing(folder: Path, *, decided: bool = False) -> Knowledge:
    content = folder / "content"
    copy_content(FOLDER, content)
    file = folder / "bruising.md"
    file.write_text(TEXT)
    publisher = "Marlshire Safeguarding Children Partnership"
    facts = GivenFacts(None, publisher, "Marlshire", "March 2026")
    take_in(content, file, read_document(file), facts, date.today(), ["004"])
    if decided:
        answer_in(content, GAP, "marlshire")
        add_question(content, PINNED, NAMING)
    state = folder / "state"
    state.mkdir()
    (state / "models").symlink_to(Settings.read().state_dir / "models")
    return Knowledge.open(state, folder=content, costs=FOLDER)


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return knowing(tmp_path_factory.mktemp("local"))


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return knowing(tmp_path_factory.mktemp("decided"), decided=True)


def test_a_question_that_names_a_document_and_is_written_for_a_passage_gets_it(
    knowledge: Knowledge, decided: Knowledge
) -> None:
    assert first(knowledge.answer(NAMING)) != PINNED
    assert first(decided.answer(NAMING)) == PINNED
    assert claims(decided.answer(NAMING))


def first(answer: Answer) -> str:
    return answer.quotes[0].passage_id


def claims(answer: Answer) -> bool:
    return answer.verdict == "answerable" and answer.confidence == "answers"


@pytest.mark.parametrize(
    "query",
    [
        "what does Marlshire say about bruising",
        "Marlshire bruising",
        "what does the mscp procedure say about body maps",
        "in marlshire who records birth marks",
    ],
)
def test_a_document_that_is_named_is_asked(knowledge: Knowledge, query: str) -> None:
    found = knowledge.answer(query)
    assert claims(found)
    assert first(found).startswith("005.")
    assert found.elsewhere is None


@pytest.mark.parametrize(
    ("typed", "passage_id"),
    [
        (MESSAGE.upper(), "005.p1"),
        ("is not refused only because the family is well known", "005.1.3"),
        ("Birth marks and birth injuries", "005.2.1"),
        ("bruising in non-mobile infants", "005.p1"),
    ],
)
def test_what_stands_there_is_shown_and_claimed(
    knowledge: Knowledge, typed: str, passage_id: str
) -> None:
    found = knowledge.answer(typed)
    assert claims(found)
    assert first(found) == passage_id


def test_the_gap_is_told_for_elsewhere_until_somebody_is_from_there(knowledge: Knowledge) -> None:
    query = "a baby of three weeks has a bruise, is there a rule for that"
    found = knowledge.answer(query)
    assert first(found).startswith("005.")
    assert [each.kind for each in found.quotes[0].notices] == ["local"]
    assert found.elsewhere is not None
    own = knowledge.answer(query, "marlshire")
    assert own.elsewhere is None
    assert own.quotes[0].notices == ()


def test_where_somebody_has_decided_so_the_gap_goes_in_one_area_only(decided: Knowledge) -> None:
    gap = decided.questions.gaps[GAP]
    for question in gap.questions[:5]:
        here = decided.answer(question, "marlshire")
        assert here.verdict == "answerable"
        assert here.elsewhere is None
        there = decided.answer(question, "knowsley")
        assert there.verdict == "not_in_sources" or there.elsewhere == gap.gap
