"""Who is read at once, who waits, and what comes of a reader that fails."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.conversation.rate_limits import RateLimiter
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.carry_on import CarryOn
from bot.understanding.safety.classifier import Alert
from bot.understanding.screening import (
    MOST_WAITING,
    SHORT,
    ScreenedMessage,
    Screener,
    UserMessage,
)
from tests.shipped import PHRASES

DANGER = Alert("immediate_danger", certain=True)
LONG = "a long story " * 60


class Danger:
    """Holds up whoever reads `held` until it is opened."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.held = ""

    def alert(self, text: str, redacted: str) -> Alert | None:
        if self.held and self.held in text:
            self.opened.wait(20)
        if "broken" in text:
            raise ValueError("broken")
        return DANGER if "not breathing" in text else None

    def likeliest(self, text: str, longest: int) -> str:
        return text[-longest:]


class PersonalData:
    def redact(self, text: str) -> Redaction:
        if "unredactable" in text:
            raise ValueError("unredactable")
        return Redaction(text, ())


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def danger() -> Danger:
    return Danger()


@pytest.fixture
def screener(danger: Danger) -> Screener:
    limits = RateLimiter("async+memory://", conversation="9/minute", client="30/minute")
    return Screener(danger, PersonalData(), CarryOn(()), limits)


@pytest.mark.anyio
async def test_short_texts_do_not_wait_for_long_ones(screener: Screener, danger: Danger) -> None:
    danger.held = "story"
    assert len(LONG) > SHORT
    slow = [asyncio.create_task(screener.screen(UserMessage(LONG, client="a"))) for _ in range(3)]
    quick = await screener.screen(UserMessage("she is not breathing", client="b"))
    assert quick.alert == DANGER
    assert not any(each.done() for each in slow)
    danger.opened.set()
    assert [each.alert for each in await asyncio.gather(*slow)] == [None] * 3


@pytest.mark.anyio
async def test_one_client_cannot_fill_the_queue(screener: Screener, danger: Danger) -> None:
    danger.held = "story"
    waiting = [
        asyncio.create_task(screener.screen(UserMessage(LONG, client="a")))
        for _ in range(MOST_WAITING)
    ]
    for _ in range(100):
        # Each has its own few steps to the queue.
        await asyncio.sleep(0)
    assert screener.waiting("a") == MOST_WAITING
    refused = await screener.screen(UserMessage(LONG, client="a"))
    assert refused.refusal
    assert refused.refusal.reason in ("too-many-at-once", "too-many-requests")
    assert "999" in PHRASES.refusals[refused.refusal.reason].detail
    other = asyncio.create_task(screener.screen(UserMessage(LONG, client="b")))
    danger.opened.set()
    assert (await other).refusal is None
    assert all(each.refusal is None for each in await asyncio.gather(*waiting))
    assert (await screener.screen(UserMessage(LONG, client="a"))).refusal is None


@pytest.mark.anyio
async def test_whoever_is_over_the_limit_is_still_read(screener: Screener, danger: Danger) -> None:
    for _ in range(30):
        assert (await screener.screen(UserMessage("hello", client="a"))).refusal is None
    found = await screener.screen(UserMessage("she is not breathing", client="a"))
    assert found.alert == DANGER
    assert found.refusal
    assert found.refusal.reason in ("too-many-at-once", "too-many-requests")
    assert (await screener.screen(UserMessage("hello", client="b"))).refusal is None


def test_who_cannot_tell_whether_there_is_danger_says_999(screener: Screener) -> None:
    assert screener.read(UserMessage("this is broken")).alert == DANGER


def test_what_cannot_be_redacted_goes_no_further(screener: Screener) -> None:
    found = screener.read(UserMessage("unredactable Kieran"))
    assert found.alert is None
    assert found.redaction == Redaction("", ())
    assert found.refusal
    assert found.refusal.reason == "not-readable-now"
    assert screener.read(UserMessage("unredactable, not breathing")).alert == DANGER


def test_of_an_over_long_text_the_likeliest_is_read(screener: Screener) -> None:
    found = screener.read(UserMessage("we met. " * 500 + "she is not breathing"))
    assert found.alert == DANGER
    assert found.refusal
    assert found.refusal.reason == "text-too-long"


def test_words_in_the_place_of_a_choice_are_read_for_danger(screener: Screener) -> None:
    found = asyncio.run(screener.screen(UserMessage(choice="she is not breathing")))
    assert found.alert == DANGER


class OneWordIsAName:
    def redact(self, text: str) -> Redaction:
        return Redaction(text if " " in text else "[name]", ())


class Notes(Danger):
    read = ""

    def alert(self, text: str, redacted: str) -> Alert | None:
        self.read = redacted
        return None


@pytest.mark.parametrize(
    ("typed", "read"),
    [("iwanttodie", "i want to die"), ("kieran", "[name]"), ("i am well", "i am well")],
)
def test_words_that_run_together_are_read_for_danger_apart(typed: str, read: str) -> None:
    notes = Notes()
    limits = RateLimiter("async+memory://", conversation="9/minute", client="30/minute")
    Screener(notes, OneWordIsAName(), CarryOn(()), limits).read(UserMessage(typed))
    assert notes.read == read


def test_documents_are_named_by_what_was_taken_for_a_name_alone() -> None:
    asked: list[str] = []

    def named(text: str) -> tuple[str, ...]:
        asked.append(text)
        return tuple(each for each in ("kent", "york") if each in text.lower())

    redaction = Redaction("[name] of York, [address]", ("name", "address"), ("Kent",))
    screened = ScreenedMessage(UserMessage("Kent of York, 3 Kent Lane"), redaction)
    assert screened.documents_taken_out(named) == ("kent",)
    assert asked == ["[name] of York, [address]", "Kent of York, [address]"]
    nothing = ScreenedMessage(UserMessage("Kent"), Redaction("Kent", ()))
    assert nothing.documents_taken_out(named) == ()
    assert ScreenedMessage(UserMessage(choice="do:menu")).documents_taken_out(named) == ()


def test_a_place_is_given_back_and_no_person() -> None:
    names = ("Marlshire", "[name]", "Tegan")
    redaction = Redaction(
        "[name] told [name] of [name], [age]", ("name", "age"), names, frozenset({"Marlshire"})
    )
    screened = ScreenedMessage(UserMessage("typed"), redaction)
    back = screened.with_places({"Marlshire", "Tegan"}.__contains__).redaction
    assert back is not None
    assert (back.text, back.found) == ("Marlshire told [name] of [name], [age]", ("name", "age"))
    assert back.names == ("[name]", "Tegan")
    alone = Redaction("[name]", ("name",), ("Marlshire",), frozenset({"Marlshire"}))
    given = ScreenedMessage(UserMessage("typed"), alone).with_places(lambda _: True).redaction
    assert given == Redaction("Marlshire", ())
    assert screened.with_places(lambda _: False).redaction is redaction
