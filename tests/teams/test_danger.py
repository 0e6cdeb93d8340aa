"""999 in Teams: whatever became of the card that was clicked, and whatever is slow or down."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import choices
from bot.container import Container
from bot.errors import Refusal
from tests.shipped import SAFETY_RENDERER
from tests.teams.client import Chat
from tests.teams.conftest import Told
from tests.teams.consent import OTHER, step
from tests.teams.microsoft import Microsoft, texts
from tests.teams.walker import LEAD, Walker

YES = {"type": "Action.Execute", "verb": "choose", "data": {"choice": step("s1", "yes")}}
EMERGENCY = "he is not breathing"
PATIENCE_S = 10.0


def is_typing(activity: dict[str, Any]) -> bool:
    return bool(activity["type"] == "typing")


def says_999(card: Any) -> bool:
    return "999" in texts(card)[0]


def is_the_safety_card(card: Any) -> bool:
    return texts(card)[0] == SAFETY_RENDERER.certain("immediate_danger").lead.split("\n")[0]


def stop(chat: Chat, microsoft: Microsoft) -> int:
    chat.choose(choices.do("stop"))
    return len(microsoft.wait_for(5))


def replace(chat: Chat, microsoft: Microsoft) -> int:
    chat.choose(choices.do("stop"))
    microsoft.wait_for(5)
    chat.click(
        {
            "type": "Action.Execute",
            "verb": "choose",
            "data": {"choice": choices.start(OTHER.id)},
        }
    )
    return len(microsoft.wait_for(7))


def remove(chat: Chat, microsoft: Microsoft) -> int:
    chat.choose("Remove this conversation", card=0)
    return len(microsoft.wait_for(5))


def uninstall(chat: Chat, microsoft: Microsoft) -> int:
    chat.post(chat.activity("installationUpdate", action="remove"))
    return len(microsoft.posted)


FATES: list[Callable[[Chat, Microsoft], int]] = [stop, replace, remove, uninstall]


@pytest.mark.parametrize("fate", FATES)
def test_yes_on_a_dead_card_is_answered_with_999(
    asked: Chat, microsoft: Microsoft, fate: Callable[[Chat, Microsoft], int]
) -> None:
    before = fate(asked, microsoft)
    asked.click(YES, "card-4")
    assert is_the_safety_card(microsoft.wait_for(before + 1)[before])


def test_yes_on_a_card_of_a_conversation_that_expired(
    asked: Chat, microsoft: Microsoft, container: Container
) -> None:
    for each in container.conversations.unseen_since(-1):
        container.conversations.forget(each)
    asked.click(YES, "card-4")
    assert is_the_safety_card(microsoft.wait_for(5)[4])


def test_yes_in_a_chat_that_nobody_has_written_in(chat: Chat, microsoft: Microsoft) -> None:
    chat.click(YES, "card-of-another-time")
    assert is_the_safety_card(microsoft.wait_for(1)[0])


def test_yes_is_answered_with_rasa_down(asked: Chat, microsoft: Microsoft, rasa: Walker) -> None:
    rasa.is_down = True
    asked.click(YES, "card-4")
    assert is_the_safety_card(microsoft.wait_for(5)[4])


def test_yes_clicked_twice_is_answered_twice(asked: Chat, microsoft: Microsoft) -> None:
    asked.click(YES, "card-4")
    assert says_999(microsoft.wait_for(5)[4])
    asked.click(YES, "card-4")
    assert says_999(microsoft.wait_for(6)[5])


def test_a_remark_about_the_walk_does_not_come_before_999(
    asked: Chat, microsoft: Microsoft
) -> None:
    asked.choose(step("s1", "no"))
    microsoft.wait_for(5, updates=1)
    asked.click(YES, "card-4")
    outcome, remark = microsoft.wait_for(7, updates=2)[5:]
    assert "Act now" in texts(outcome)
    assert texts(remark)[0].startswith("Changed.")


@pytest.mark.parametrize("says", ["click", "words"])
def test_database_that_is_down(
    asked: Chat,
    microsoft: Microsoft,
    container: Container,
    monkeypatch: pytest.MonkeyPatch,
    says: str,
) -> None:
    def is_down(*_: Any) -> None:
        raise OperationalError("select", {}, Exception("down"))

    monkeypatch.setattr(container.conversations, "under", is_down)
    asked.click(YES, "card-4") if says == "click" else asked.say(EMERGENCY)
    assert is_the_safety_card(microsoft.wait_for(5)[4])


@pytest.mark.parametrize("says", ["click", "words"])
def test_database_that_hangs(
    asked: Chat,
    microsoft: Microsoft,
    container: Container,
    monkeypatch: pytest.MonkeyPatch,
    says: str,
) -> None:
    let_go = threading.Event()
    under = container.conversations.under

    def hangs(*given: Any) -> Any:
        let_go.wait(PATIENCE_S)
        return under(*given)

    monkeypatch.setattr(container.conversations, "under", hangs)
    asked.click(YES, "card-4") if says == "click" else asked.say(EMERGENCY)
    try:
        assert is_the_safety_card(microsoft.wait_for(5)[4])
        assert not let_go.is_set()
    finally:
        let_go.set()


def test_ordinary_words_are_told_plainly_that_the_database_is_down(
    asked: Chat,
    microsoft: Microsoft,
    container: Container,
    monkeypatch: pytest.MonkeyPatch,
    told: Told,
) -> None:
    def is_down(*_: Any) -> None:
        raise OperationalError("select", {}, Exception("down"))

    monkeypatch.setattr(container.conversations, "under", is_down)
    asked.say("what about consent")
    assert "999" in " ".join(texts(microsoft.wait_for(5)[4]))
    assert told.said == [("teams.failed", {})]


@pytest.mark.parametrize("which", ["client", "turn"])
@pytest.mark.parametrize("says", ["click", "words"])
def test_chat_over_its_limit_is_answered_all_the_same(
    asked: Chat,
    microsoft: Microsoft,
    container: Container,
    monkeypatch: pytest.MonkeyPatch,
    says: str,
    which: str,
) -> None:
    async def refuse(_: str) -> None:
        raise Refusal("too-many-requests", seconds=5)

    monkeypatch.setattr(container.rate_limiter, which, refuse)
    asked.click(YES, "card-4") if says == "click" else asked.say(EMERGENCY)
    assert is_the_safety_card(microsoft.wait_for(5)[4])


@pytest.mark.parametrize("says", ["click", "words"])
def test_danger_waits_for_no_turn_under_way(
    asked: Chat, microsoft: Microsoft, rasa: Walker, says: str
) -> None:
    rasa.let_go.clear()
    asked.say("what about consent")
    asked.click(YES, "card-4") if says == "click" else asked.say(EMERGENCY)
    try:
        assert is_the_safety_card(microsoft.wait_for(5)[4])
    finally:
        rasa.let_go.set()


@pytest.mark.parametrize("says", ["click", "words"])
def test_safety_card_waits_for_no_typing_indicator(
    asked: Chat, microsoft: Microsoft, rasa: Walker, says: str
) -> None:
    with microsoft.holding(is_typing) as held:
        rasa.let_go.clear()
        asked.say("what about consent")
        assert held.wait(PATIENCE_S)
        asked.click(YES, "card-4") if says == "click" else asked.say(EMERGENCY)
        assert is_the_safety_card(microsoft.wait_for(5)[4])
        rasa.let_go.set()


def test_answer_waits_for_no_typing_indicator(
    chat: Chat, microsoft: Microsoft, rasa: Walker
) -> None:
    rasa.let_go.clear()
    with microsoft.holding(is_typing) as held:
        chat.post(chat.activity("installationUpdate", action="add"))
        rasa.let_go.set()
        microsoft.wait_for(2)
        rasa.let_go.clear()
        chat.say("what about consent")
        assert held.wait(PATIENCE_S)
        rasa.let_go.set()
        assert LEAD in texts(microsoft.wait_for(3)[2])


def test_danger_shows_no_typing_indicator(chat: Chat, microsoft: Microsoft) -> None:
    chat.say(EMERGENCY)
    microsoft.wait_for(1)
    assert microsoft.typing == 0


def test_safety_card_waits_for_no_welcome(chat: Chat, microsoft: Microsoft) -> None:
    with microsoft.holding(lambda sent: "Remove this conversation" in str(sent)) as held:
        chat.say("what about consent")
        assert held.wait(PATIENCE_S)
        chat.say(EMERGENCY)
        assert is_the_safety_card(microsoft.wait_for(1)[0])
    assert LEAD in texts(microsoft.wait_for(4)[3])


def test_welcome_that_is_refused_does_not_drop_the_first_question(
    chat: Chat, microsoft: Microsoft
) -> None:
    microsoft.failures.append((403, {}))
    sent = chat.say("what about consent")
    assert LEAD in texts(microsoft.wait_for(1)[-1])
    assert microsoft.posted[-1]["replyToId"] == sent["id"]


@pytest.mark.parametrize("says", ["click", "words"])
def test_retry_after_a_failure_is_a_fresh_try(asked: Chat, microsoft: Microsoft, says: str) -> None:
    microsoft.failures.append((403, {}))
    activity = (
        asked.clicked(YES, "card-4")
        if says == "click"
        else asked.activity("message", text=EMERGENCY)
    )
    asked.post(activity)
    asked.post(activity)
    assert says_999(microsoft.wait_for(5)[4])


def test_connector_that_recovers_gets_the_safety_card_first(
    asked: Chat, microsoft: Microsoft
) -> None:
    microsoft.failures.extend([(503, {"Retry-After": "0"}), (429, {"Retry-After": "0"})])
    asked.say(f"{EMERGENCY}, her number is 07700 900123")
    safety, privacy = microsoft.wait_for(6)[4:]
    assert is_the_safety_card(safety)
    assert "Please delete your message" in " ".join(texts(privacy))


def test_connector_that_is_down_is_logged_without_words(
    asked: Chat, microsoft: Microsoft, told: Told
) -> None:
    microsoft.failures.append((403, {}))
    asked.say(EMERGENCY)
    assert told.once.wait(PATIENCE_S)
    assert told.said == [("teams.not_sent", {"reason": "the connector answered 403"})]
