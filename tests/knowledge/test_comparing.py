"""What each document says nearest to a topic."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from knowledge import Knowledge

pytestmark = pytest.mark.encoder


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.open(Settings.read().state_dir)


def said(knowledge: Knowledge, topic: str, k: int = 2) -> dict[str, list[str]]:
    return {
        says.document.id: [quote.passage_id for quote in says.quotes]
        for says in knowledge.compare(topic, k)
    }


def test_each_document_is_looked_at_by_itself(knowledge: Knowledge) -> None:
    found = said(knowledge, "sharing information without consent")
    assert found["003"][0] in {"003.2.3.2", "003.2.3.3"}
    assert found["001"][0] == "001.SI.b2"
    assert found["004"] == ["004.vi.p1"]
    assert [each for each, says in said(knowledge, "interpreter").items() if says] == ["002"]


def test_a_passage_with_the_words_of_the_topic_is_near_however_unlike(knowledge: Knowledge) -> None:
    assert "004.i" in said(knowledge, "recording")["004"]


def test_off_the_subject_no_document_says_anything(knowledge: Knowledge) -> None:
    assert not any(said(knowledge, "pizza").values())


def test_the_name_of_a_document_is_no_topic_and_puts_none_first(knowledge: Knowledge) -> None:
    assert said(knowledge, "Knowsley recording") == said(knowledge, "recording")
    assert list(said(knowledge, "Knowsley")) == ["000", "001", "002", "003", "004"]


def test_no_more_are_shown_than_asked_for(knowledge: Knowledge) -> None:
    assert {len(each) for each in said(knowledge, "children", 1).values()} == {1}
