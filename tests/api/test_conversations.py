"""The store, in both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.conversation.store import (
    ConversationStore,
    ExpiredToken,
    IdempotencyKeyTaken,
    UnknownToken,
    WrongConversation,
)
from bot.messages import (
    AnswerMessage,
    FlowPosition,
    FlowRef,
    GivenAnswer,
    Message,
    Option,
    QuestionMessage,
    TextMessage,
)
from bot.storage.engine import open_store
from tests.needs import schema_of_ones_own

START = datetime(2026, 11, 22, 9, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield open_store(f"sqlite:///{tmp_path / 'kept.db'}")
        return
    with schema_of_ones_own() as url:
        engine = open_store(url.render_as_string(hide_password=False))
        yield engine
        engine.dispose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(engine: Engine, clock: Clock) -> ConversationStore:
    return ConversationStore(engine, timedelta(hours=1), clock)


def hello() -> list[Message]:
    return [TextMessage(text="hello", options=[Option(id="do:menu", label="Menu")])]


def test_only_its_own_token_opens_a_conversation(kept: ConversationStore, clock: Clock) -> None:
    mine, token = kept.open("knowsley", "guidance")
    other, others_token = kept.open(None, "induction")
    assert kept.authenticate(mine.id, token) == mine
    with pytest.raises(WrongConversation):
        kept.authenticate(mine.id, others_token)
    with pytest.raises(UnknownToken):
        kept.authenticate(mine.id, token[:-1])
    clock.time += timedelta(hours=1)
    with pytest.raises(ExpiredToken):
        kept.authenticate(other.id, others_token)


def test_neither_token_nor_key_is_kept(kept: ConversationStore, engine: Engine) -> None:
    conversation, token = kept.open(None, "guidance")
    kept.keep(conversation, hello(), key="my key")
    with engine.connect() as connection:
        rows = [
            *connection.execute(text("SELECT * FROM conversations")).all(),
            *connection.execute(text("SELECT * FROM turns")).all(),
        ]
    assert token not in str(rows)
    assert "my key" not in str(rows)


def test_turns_are_numbered_from_the_opening_and_come_back_whole(kept: ConversationStore) -> None:
    conversation, _ = kept.open(None, "guidance")
    assert kept.keep(conversation, hello()) == 0
    assert kept.keep(conversation, hello(), said="Ünïcode 🙂", key="k") == 1
    turns = kept.exchange(conversation)
    assert [(turn.number, turn.said) for turn in turns] == [(0, None), (1, "Ünïcode 🙂")]
    assert turns[1].messages == hello()
    assert kept.state(conversation, "k", None).first == turns[1]
    assert kept.state(conversation, "other", None).first is None


def test_turns_kept_at_once_have_numbers_of_their_own(kept: ConversationStore) -> None:
    conversation, _ = kept.open(None, "guidance")
    numbers: list[int] = []
    threads = [
        threading.Thread(target=lambda: numbers.append(kept.keep(conversation, hello())))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(8))


def test_options_controls_changes_and_related_flows_are_on_offer(kept: ConversationStore) -> None:
    conversation, _ = kept.open(None, "guidance")
    question = QuestionMessage(
        text="?",
        lead="?",
        options=[Option(id="step:f/s/yes", label="Yes")],
        controls=[Option(id="do:back", label="Back")],
        answers=[GivenAnswer(question="?", answer="No", step="r", change="change:f/r")],
        flow=FlowPosition(id="f", title="F", step="s"),
    )
    answer = AnswerMessage(
        text="!", lead="!", quotes=[], related_flows=[FlowRef(id="g", title="G")]
    )
    kept.keep(conversation, [question, answer])
    kept.keep(conversation, hello())
    for choice in ("step:f/s/yes", "do:back", "change:f/r", "start:g", "do:menu"):
        assert kept.state(conversation, None, choice).offered
    for choice in ("step:f/s", "STEP:f/s/yes", "do:stop", "", "\n"):
        assert not kept.state(conversation, None, choice).offered


def test_what_is_held_back_lasts_until_the_next_turn(kept: ConversationStore) -> None:
    conversation, _ = kept.open(None, "guidance")
    kept.keep(conversation, hello())
    number = kept.interrupt(conversation, hello(), said="the question", stop=True)
    state = kept.state(conversation, None, None)
    assert (state.held, state.stop) == ("the question", number)
    kept.keep(conversation, hello(), taken_up=state)
    state = kept.state(conversation, None, None)
    assert (state.held, state.stop) == (None, 0)


def test_a_turn_clears_nothing_that_came_after_it_began(kept: ConversationStore) -> None:
    conversation, _ = kept.open(None, "guidance")
    kept.keep(conversation, hello())
    kept.interrupt(conversation, hello(), said="the first", stop=True)
    before = kept.state(conversation, None, None)
    later = kept.interrupt(conversation, hello(), said="the second", stop=True)
    kept.keep(conversation, hello(), taken_up=before)
    state = kept.state(conversation, None, None)
    assert (state.held, state.stop) == ("the second", later)


def test_a_safety_turn_that_wants_no_stop_leaves_the_one_before(kept: ConversationStore) -> None:
    conversation, _ = kept.open(None, "guidance")
    kept.keep(conversation, hello())
    number = kept.interrupt(conversation, hello(), said="i want to die", stop=True)
    kept.interrupt(conversation, hello(), said="he is outside", stop=False)
    state = kept.state(conversation, None, None)
    assert (state.held, state.stop) == ("he is outside", number)


def test_of_two_turns_with_one_key_one_is_kept(kept: ConversationStore) -> None:
    conversation, _ = kept.open(None, "guidance")
    kept.keep(conversation, hello(), key="one")
    with pytest.raises(IdempotencyKeyTaken):
        kept.keep(conversation, hello(), key="one")
    with pytest.raises(IdempotencyKeyTaken):
        kept.interrupt(conversation, hello(), said=None, stop=False, key="one")
    assert kept.keep(conversation, hello()) == 1
    other, _ = kept.open(None, "guidance")
    kept.keep(other, hello(), key="one")


def test_a_channels_key_always_finds_the_same_conversation(kept: ConversationStore) -> None:
    first = kept.under("teams:a", "solihull")
    assert kept.under("teams:a", None) == first
    assert kept.under("teams:b", None).id != first.id


def test_the_last_rating_of_a_turn_counts(kept: ConversationStore, engine: Engine) -> None:
    conversation, _ = kept.open(None, "guidance")
    kept.keep(conversation, hello())
    assert kept.rate(conversation, 0, "useful", None)
    assert kept.rate(conversation, 0, "not_useful", "missing")
    assert not kept.rate(conversation, 1, "useful", None)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT rating, reason FROM feedback")).all()
    assert [tuple(row) for row in rows] == [("not_useful", "missing")]


def test_nothing_of_a_forgotten_conversation_remains(
    kept: ConversationStore, engine: Engine
) -> None:
    conversation, token = kept.open(None, "guidance")
    kept.keep(conversation, hello(), said="hello")
    kept.rate(conversation, 0, "useful", None)
    kept.forget(conversation.id)
    with engine.connect() as connection:
        for table in ("conversations", "turns", "feedback"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0
    with pytest.raises(UnknownToken):
        kept.authenticate(conversation.id, token)
    with pytest.raises(UnknownToken):
        kept.keep(conversation, hello())


def test_sqlite_overwrites_what_is_deleted(tmp_path: Path) -> None:
    kept = ConversationStore(open_store(f"sqlite:///{tmp_path / 'kept.db'}"), timedelta(hours=1))
    conversation, _ = kept.open(None, "guidance")
    kept.keep(conversation, hello(), said="vexillologist")

    def on_disk() -> bool:
        return any(b"vexillologist" in file.read_bytes() for file in tmp_path.iterdir())

    assert on_disk()
    kept.forget(conversation.id)
    assert not on_disk()


def test_age_is_counted_from_the_last_turn(kept: ConversationStore, clock: Clock) -> None:
    old, _ = kept.open(None, "guidance")
    used, _ = kept.open(None, "guidance")
    clock.time += timedelta(days=20)
    kept.keep(used, hello())
    clock.time += timedelta(days=11)
    assert kept.unseen_since(days=30) == [old.id]
