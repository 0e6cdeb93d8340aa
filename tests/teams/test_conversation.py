"""Chats as people have them: activities in over HTTP, cards out to the connector."""

from __future__ import annotations

import html
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from bot.container import Container
from tests.shipped import PHRASES
from tests.teams.client import Chat
from tests.teams.consent import CONSENT, DANGER, FLOW, IDENTIFIES, PURPOSE, step
from tests.teams.microsoft import BOT, Microsoft, actions, texts
from tests.teams.walker import LEAD, Walker


def test_install_is_welcomed_once(chat: Chat, microsoft: Microsoft) -> None:
    chat.post(chat.activity("installationUpdate", action="add"))
    chat.post(chat.activity("installationUpdate", action="add"))
    chat.say("what about consent")
    welcome, menu, answer = microsoft.wait_for(3)
    said = " ".join(texts(welcome))
    assert "call 999" in said
    assert "leave out names" in said
    assert CONSENT in " ".join(texts(menu))
    assert [each["title"] for each in actions(welcome)][-1] == "Remove this conversation"
    assert LEAD in texts(answer)


def test_first_message_is_welcomed_then_answered(chat: Chat, microsoft: Microsoft) -> None:
    chat.say("what about consent")
    _, menu, answer = microsoft.wait_for(3)
    assert CONSENT in " ".join(texts(menu))
    assert LEAD in texts(answer)


def test_consent_flow_is_walked_through_cards(asked: Chat, microsoft: Microsoft) -> None:
    asked.choose(step("s1", "no"))
    assert IDENTIFIES in texts(microsoft.wait_for(5, updates=1)[4])
    asked.choose(step("s2", "yes"))
    assert PURPOSE in texts(microsoft.wait_for(6, updates=2)[5])
    asked.choose(step("s3", "i_share"))
    microsoft.wait_for(7, updates=3)
    asked.choose(step("s4", "refused"))
    microsoft.wait_for(8, updates=4)
    asked.choose(step("s5_ref", "yes"))
    outcome = texts(microsoft.wait_for(9, updates=5)[8])
    assert "The sources support this" in outcome
    assert "Get the record" in outcome
    assert {"Useful", "Not useful"} <= set(outcome)


def test_record_is_a_link_to_a_page(asked: Chat, microsoft: Microsoft) -> None:
    asked.choose(step("s1", "no"))
    microsoft.wait_for(5, updates=1)
    asked.choose(step("s2", "no"))
    microsoft.wait_for(6, updates=2)
    asked.choose("Get the record")
    (opened,) = actions(microsoft.wait_for(7)[6])
    path = httpx.URL(opened["url"]).path
    page = asked.gateway.get(path)
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert html.escape(DANGER) in page.text


def test_answered_card_shows_the_choice_to_everyone(asked: Chat, microsoft: Microsoft) -> None:
    asked.choose(step("s1", "no"))
    microsoft.wait_for(5, updates=1)
    card_id, update = microsoft.updated[0]
    shown = texts(update["attachments"][0]["content"])
    assert card_id == "card-4"
    assert shown == [CONSENT, DANGER, "Your answer", "No", "Change this answer"]


def test_question_in_between_is_answered_and_the_step_asked_again(
    asked: Chat, microsoft: Microsoft
) -> None:
    asked.say("what do the sources say about the best interests of the child?")
    caution, answer, question = microsoft.wait_for(7)[4:]
    assert "999" in texts(caution)[0]
    assert LEAD in texts(answer)
    assert DANGER in texts(question)


def test_old_card_corrects_its_own_step(asked: Chat, microsoft: Microsoft) -> None:
    asked.choose(step("s1", "no"))
    microsoft.wait_for(5, updates=1)
    asked.choose(step("s2", "yes"))
    microsoft.wait_for(6, updates=2)
    asked.choose(step("s2", "no"), card=4)
    no = FLOW.steps["s2"].option("no")
    corrected = texts(microsoft.wait_for(7, updates=3)[6])
    assert PURPOSE not in corrected
    assert texts(microsoft.updated[2][1]["attachments"][0]["content"])[3] == no.label


def test_choice_that_was_never_offered_is_closed(asked: Chat, microsoft: Microsoft) -> None:
    forged = {"choice": step("s9", "yes")}
    asked.click({"type": "Action.Execute", "verb": "choose", "data": forged})
    assert texts(microsoft.wait_for(5)[4]) == [PHRASES.teams.closed]


def test_card_of_a_removed_conversation_is_closed(asked: Chat, microsoft: Microsoft) -> None:
    asked.post(asked.activity("installationUpdate", action="remove"))
    asked.choose(step("s1", "no"))
    assert texts(microsoft.wait_for(5)[4]) == [PHRASES.teams.closed]


def test_undeleted_message_asks_nothing(chat: Chat, microsoft: Microsoft, rasa: Walker) -> None:
    chat.say("what about consent")
    microsoft.wait_for(3)
    undo = chat.activity("messageUpdate", text="what about consent")
    undo["channelData"]["eventType"] = "undeleteMessage"
    chat.post(undo)
    chat.say("what about records")
    microsoft.wait_for(4)
    assert rasa.heard[-1] == "what about records"
    assert len(rasa.heard) == 3


def test_mention_is_taken_out_and_colleagues_are_not_named(
    gateway: httpx.Client, microsoft: Microsoft, rasa: Walker
) -> None:
    group = Chat(gateway, microsoft, "groupChat")
    mentions = [
        {"type": "mention", "mentioned": BOT, "text": "<at>First Principles</at>"},
        {"type": "mention", "mentioned": {"id": "29:b", "name": "B C"}, "text": "<at>B C</at>"},
    ]
    group.say("<at>First Principles</at> can <at>B C</at> see this &amp; that?", entities=mentions)
    microsoft.wait_for(3)
    assert rasa.heard[-1] == "can [name] see this & that?"


def test_reply_stays_in_its_thread(gateway: httpx.Client, microsoft: Microsoft) -> None:
    thread = Chat(gateway, microsoft, "channel", ";messageid=1234")
    thread.say("what about consent")
    microsoft.wait_for(3)
    assert {each["conversation_id"] for each in microsoft.posted} == {thread.place}


def test_chats_do_not_share_a_walk(
    asked: Chat, gateway: httpx.Client, microsoft: Microsoft
) -> None:
    other = Chat(gateway, microsoft, "groupChat")
    other.say("what about consent")
    assert not any(DANGER in texts(card) for card in microsoft.wait_for(7)[4:])


def test_retried_activity_is_answered_once(chat: Chat, microsoft: Microsoft, rasa: Walker) -> None:
    sent = chat.say("what about consent")
    assert chat.post(sent).status_code == 202
    microsoft.wait_for(3)
    assert chat.post(sent).status_code == 202
    chat.say("what about records")
    microsoft.wait_for(4)
    assert [each for each in rasa.heard if "choose" not in each] == [
        "what about consent",
        "what about records",
    ]


def test_two_people_at_once_each_get_their_answer(
    gateway: httpx.Client, microsoft: Microsoft
) -> None:
    group = Chat(gateway, microsoft, "groupChat")
    with ThreadPoolExecutor() as people:
        sent = list(people.map(group.say, ["what about consent", "what about records"]))
    microsoft.wait_for(4)
    answers = [each["replyToId"] for each in microsoft.posted[-2:]]
    assert sorted(answers) == sorted(each["id"] for each in sent)


@pytest.mark.parametrize(
    "failure", [(429, {"Retry-After": "0"}), (500, {}), (503, {})], ids=["429", "500", "503"]
)
def test_connector_that_recovers_gets_every_card_in_order(
    chat: Chat, microsoft: Microsoft, failure: tuple[int, dict[str, str]]
) -> None:
    microsoft.failures.append(failure)
    chat.say("what about consent")
    _, menu, answer = microsoft.wait_for(3)
    assert CONSENT in " ".join(texts(menu))
    assert LEAD in texts(answer)


def test_connector_that_refuses_does_not_stop_the_next_message(
    chat: Chat, microsoft: Microsoft
) -> None:
    microsoft.failures.append((403, {}))
    chat.say("what about consent")
    chat.say("what about records")
    assert LEAD in texts(microsoft.wait_for(1)[0])


def test_rasa_down_is_said_plainly_with_999(chat: Chat, microsoft: Microsoft, rasa: Walker) -> None:
    rasa.is_down = True
    chat.say("what about consent")
    shown = microsoft.wait_for(3)
    assert all("999" in " ".join(texts(card)) for card in shown)


def test_danger_is_answered_first_even_with_rasa_down(
    chat: Chat, microsoft: Microsoft, rasa: Walker
) -> None:
    rasa.is_down = True
    chat.say("he is not breathing")
    (card,) = microsoft.wait_for(1)
    assert "999" in texts(card)[0]
    assert rasa.heard == []


def test_personal_data_card_says_to_delete_the_message(
    chat: Chat, microsoft: Microsoft, rasa: Walker
) -> None:
    chat.say("her number is 07700 900123, can I share it?")
    privacy = " ".join(texts(microsoft.wait_for(4)[2]))
    assert "Please delete your message" in privacy
    assert not any("07700" in heard for heard in rasa.heard)


def test_file_without_words_is_answered(chat: Chat, microsoft: Microsoft) -> None:
    chat.say("", attachments=[{"contentType": "application/pdf", "name": "notes.pdf"}])
    assert texts(microsoft.wait_for(3)[2]) == [PHRASES.teams.no_text]


def test_feedback_is_kept(chat: Chat, microsoft: Microsoft, container: Container) -> None:
    chat.say("what about consent")
    microsoft.wait_for(3)
    told = chat.choose("Not useful").json()
    assert told["value"].startswith("Thank you")
    assert told["type"] == "application/vnd.microsoft.activity.message"


def test_conversation_is_removed_on_request(chat: Chat, microsoft: Microsoft, rasa: Walker) -> None:
    chat.say("what about consent")
    microsoft.wait_for(3)
    chat.choose("Remove this conversation", card=0)
    assert "removed here" in texts(microsoft.wait_for(4)[3])[0]


def test_source_is_linked_from_every_quotation(chat: Chat, microsoft: Microsoft) -> None:
    chat.say("what about consent")
    answer = microsoft.wait_for(3)[2]
    links = [each["url"] for each in actions(answer) if each["type"] == "Action.OpenUrl"]
    assert links == ["http://127.0.0.1:8000/sources/003#2.3.4"]
