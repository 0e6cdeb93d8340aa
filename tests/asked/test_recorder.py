"""Questions are counted by the day, follow their rating, and go with their conversation."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text

from bot.asked.contribution import AskedKind
from bot.asked.marks import FORGOTTEN
from bot.asked.recorder import UseRecorder
from bot.asked.store import AskedStore
from bot.conversation.store import Conversation, ConversationStore
from bot.messages import Message
from bot.storage.tables import asked_questions, metadata, settled_questions, usage_counts
from tests.asked.test_contribution import ANSWER, DANGER, MISSING, NEAREST

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = NOON.date()


class Use:
    """A recorder with its stores, and the time that they go by."""

    def __init__(self, engine: Engine, *, keeps: bool = True) -> None:
        self.now = NOON
        self.engine = engine
        self.store = AskedStore(engine)
        self.conversations = ConversationStore(engine, timedelta(hours=1), lambda: self.now)
        self.recorder = UseRecorder(self.store, self.conversations, keeps)

    def open(self, area: str | None = None) -> Conversation:
        return self.conversations.open(area, "guidance")[0]

    def say(self, conversation: Conversation, said: str, *messages: Message) -> int:
        number = self.conversations.keep(conversation, messages, said=said)
        asyncio.run(self.recorder.turn(conversation, number, ()))
        return number

    def rate(self, conversation: Conversation, number: int, rating: str) -> bool:
        return asyncio.run(self.recorder.rate(conversation, number, rating, None))

    def asked(
        self,
        kind: AskedKind | None = None,
        area: str | None = None,
        *,
        dealt_with: bool = False,
    ) -> list[tuple[str, int]]:
        found = self.store.asked(
            date.min, kinds=[kind] if kind else [], area=area, dealt_with=dealt_with
        )
        return [(each.text, each.count) for each in found]

    def counted(self) -> dict[str, int]:
        found = self.store.counts(date.min, date.max)
        return {each.event: times for each, times in found}


@pytest.fixture
def use(engine: Engine) -> Use:
    return Use(engine)


def test_the_same_question_is_one_row_a_day_with_its_count(use: Use) -> None:
    for area, said in ((None, "Who is the LADO?"), ("solihull", "who is the lado")):
        use.say(use.open(area), said, MISSING)
    use.now += timedelta(days=2)
    use.say(use.open(), "who is the LADO ?", NEAREST)
    (tally,) = use.store.asked(date.min)
    assert (tally.text, tally.count) == ("who is the lado", 3)
    assert (tally.first, tally.last) == (TODAY, TODAY + timedelta(days=2))
    assert set(tally.kinds) == {"not_found", "nearest_only"}
    assert set(tally.areas) == {"", "solihull"}
    assert use.asked(kind="not_found") == [("who is the lado", 2)]
    assert use.asked(area="solihull") == [("who is the lado", 1)]
    assert use.store.asked(TODAY + timedelta(days=1))[0].count == 1
    assert use.counted() == {"not_found": 1, "nearest_only": 1}


def test_a_rating_moves_what_it_says(use: Use) -> None:
    conversation = use.open()
    number = use.say(conversation, "who is the lado", ANSWER)
    assert use.asked() == []
    assert use.rate(conversation, number, "not_useful")
    assert use.asked(kind="unhelpful") == [("who is the lado", 1)]
    assert use.rate(conversation, number, "not_useful")
    assert use.asked() == [("who is the lado", 1)]
    assert use.rate(conversation, number, "useful")
    assert use.asked() == []
    assert use.counted() == {"answered": 1, "helpful": 1}
    assert not use.rate(conversation, 99, "useful")


def test_a_deleted_conversation_takes_its_questions_along_and_no_others(use: Use) -> None:
    mine, other = use.open(), use.open()
    use.say(mine, "who is the lado", MISSING)
    use.say(mine, "what is a strategy meeting", NEAREST)
    rated = use.say(mine, "when is it recorded", ANSWER)
    use.rate(mine, rated, "not_useful")
    use.say(other, "who is the lado", MISSING)
    use.recorder.forget(mine.id)
    assert use.asked() == [("who is the lado", 1)]
    assert use.conversations.known(mine.id) is None
    use.recorder.forget(mine.id)
    assert use.asked() == [("who is the lado", 1)]


def test_a_conversation_that_only_grew_old_leaves_them(use: Use) -> None:
    conversation = use.open()
    use.say(conversation, "who is the lado", MISSING)
    use.conversations.forget(conversation.id)
    assert use.asked() == [("who is the lado", 1)]


def test_switched_off_no_words_are_kept_and_counts_are(engine: Engine) -> None:
    use = Use(engine, keeps=False)
    conversation = use.open()
    number = use.say(conversation, "who is the lado", MISSING)
    use.rate(conversation, number, "not_useful")
    with engine.connect() as connection:
        assert connection.execute(select(asked_questions)).all() == []
    assert use.counted() == {"not_found": 1, "unhelpful": 1}


def test_of_danger_nothing_is_noted(use: Use) -> None:
    conversation = use.open()
    number = use.say(conversation, "what if he has a knife", DANGER, NEAREST)
    use.rate(conversation, number, "not_useful")
    assert use.asked() == []
    assert use.counted() == {}


def test_what_is_settled_is_shown_no_more_and_a_gap_again_when_it_is_asked_later(use: Use) -> None:
    use.say(use.open(), "who is the lado", MISSING)
    use.say(use.open(), "will it rain", MISSING)
    use.store.settle(["will it rain"], "hidden", TODAY)
    use.store.settle(["who is the lado"], "gap", TODAY)
    assert use.asked() == []
    assert use.asked(dealt_with=True) == [("who is the lado", 1)]
    use.now += timedelta(days=1)
    use.say(use.open(), "who is the lado", MISSING)
    use.say(use.open(), "will it rain", MISSING)
    assert use.asked() == [("who is the lado", 1)]


def test_what_was_written_since_a_day_waits_again_and_what_is_hidden_does_not(use: Use) -> None:
    for said in ("who is the lado", "who chairs it", "will it rain"):
        use.say(use.open(), said, MISSING)
    use.store.settle(["who is the lado"], "gap", TODAY)
    use.store.settle(["who chairs it"], "question", TODAY - timedelta(days=1))
    use.store.settle(["will it rain"], "hidden", TODAY)
    assert use.store.written_since(date.min) == ["who chairs it", "who is the lado"]
    assert use.store.written_since(TODAY) == ["who is the lado"]
    assert ("who is the lado", 1) not in use.asked()
    use.store.unsettle(use.store.written_since(TODAY))
    assert ("who is the lado", 1) in use.asked()
    assert set(use.store.settled()) == {"who chairs it", "will it rain"}


def test_they_are_swept_by_age_and_all_of_them_when_switched_off(use: Use) -> None:
    use.say(use.open(), "will it rain", MISSING)
    use.now += timedelta(days=50)
    use.say(use.open(), "who is the lado", MISSING)
    use.store.settle(["will it rain", "who is the lado"], "hidden", TODAY)
    today = use.now.date()
    assert use.store.expire(today, 50) == 0
    assert use.store.expire(today, 49) == 1
    assert set(use.store.settled()) == {"who is the lado"}
    assert use.store.expire(today, None) == 1
    assert use.store.settled() == {}


def test_one_who_asks_often_is_one_and_several_are_several(use: Use) -> None:
    conversation = use.open()
    for said in ("who is the lado", "Who is the LADO?", "who is the lado"):
        use.say(conversation, said, MISSING)
    use.now += timedelta(days=1)
    use.say(conversation, "who is the lado", MISSING)
    (tally,) = use.store.asked(date.min)
    assert (tally.count, len(tally.marks)) == (4, 1)
    use.say(use.open(), "who is the lado", MISSING)
    (tally,) = use.store.asked(date.min)
    assert (tally.count, len(tally.marks)) == (5, 2)


def test_a_mark_is_not_the_conversation_and_differs_by_what_is_counted(use: Use) -> None:
    conversation = use.open()
    number = use.say(conversation, "who is the lado", NEAREST)
    use.rate(conversation, number, "useful")
    (tally,) = use.store.asked(date.min)
    counted = [event.mark for event, _ in use.store.counts(date.min, date.max)]
    marks = [*tally.marks, *counted]
    assert len(marks) == len(set(marks)) == 3
    kept = conversation.id, conversation.token_hash
    assert not [mark for mark in marks for each in kept if mark in each or each in mark]


def test_a_conversation_that_is_deleted_leaves_counts_without_its_marks(use: Use) -> None:
    conversation = use.open()
    for _ in range(2):
        number = use.say(conversation, "who is the lado", NEAREST)
        use.rate(conversation, number, "not_useful")
    use.recorder.forget(conversation.id)
    found = use.store.counts(date.min, date.max)
    assert {(event.event, times) for event, times in found} == {
        ("nearest_only", 2),
        ("unhelpful", 2),
    }
    assert {event.mark for event, _ in found} == {FORGOTTEN}
    assert use.asked() == []


def test_what_was_counted_before_there_were_marks_is_taken_back_too(use: Use) -> None:
    conversation = use.open()
    use.say(conversation, "who is the lado", MISSING)
    with use.engine.begin() as connection:
        connection.execute(text("UPDATE asked_questions SET mark = ''"))
    (tally,) = use.store.asked(date.min)
    assert tally.marks == frozenset()
    use.recorder.forget(conversation.id)
    assert use.asked() == []


def test_the_tables_hold_no_conversation_no_person_and_no_time_of_day() -> None:
    names = {c.name for t in (asked_questions, settled_questions, usage_counts) for c in t.columns}
    assert names == {
        *("day", "text", "kind", "area", "edition", "mark", "passages", "times"),
        *("how", "settled_on", "event", "flow"),
    }
    for table in (asked_questions, settled_questions, usage_counts):
        assert not table.foreign_keys
    assert metadata.tables.keys() >= {"asked_questions", "settled_questions", "usage_counts"}


def test_a_database_that_fails_fails_no_turn(use: Use) -> None:
    conversation = use.open()
    with use.engine.begin() as connection:
        connection.execute(text("DROP TABLE asked_questions"))
    use.say(conversation, "who is the lado", MISSING)
