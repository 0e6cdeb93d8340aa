"""The chat for a browser without scripts: each form leads to a page that can be loaded again."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from bot.messages import FlowPosition, OutcomeMessage, QuestionMessage
from bot.storage.engine import open_store
from tests.api.standins import Serve, StandIn, Talk
from tests.shipped import PHRASES

DANGER = "he has a knife and she is not breathing"
CHILD = "im 9 and my dad hits me"
ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}
FLOW = FlowPosition(id="share_without_consent", title="Sharing", step="s1", steps_done=1)
OPTIONS = [{"id": f"step:share_without_consent/s1/{each}", "label": each} for each in ("yes", "no")]


class Form:
    """One conversation, as a browser without scripts has it."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.address = "/ask"

    def send(self, **fields: str) -> httpx.Response:
        sent = self.client.post(self.address, data=fields)
        if sent.status_code == 303:
            self.address = sent.headers["Location"].partition("?")[0]
        return sent

    def say(self, text: str) -> str:
        return self.show(self.send(text=text))

    def show(self, sent: httpx.Response) -> str:
        assert sent.status_code == 303, sent.text
        return self.client.get(sent.headers["Location"]).text


@pytest.fixture
def form(client: httpx.Client) -> Form:
    client.cookies.clear()
    return Form(client)


def heading(page: str) -> str:
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return " ".join(re.sub("<[^>]*>", "", found).split())


def box(page: str) -> str:
    """What stands in the box; a browser drops the first line end."""
    (found,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    return str(found)


def key_of(page: str) -> str:
    return str(re.findall(r'name="key" value="(\w+)"', page)[0])


def question(chosen: str | None = None) -> list[dict[str, Any]]:
    asked = QuestionMessage.model_validate(
        {
            "text": "May I?",
            "lead": "May I?",
            "flow": FLOW,
            "why": None,
            "options": OPTIONS,
            "chosen": chosen,
        }
    )
    return [{"custom": asked.model_dump(mode="json")}]


def outcome(*, final: bool = True) -> list[dict[str, Any]]:
    message = OutcomeMessage(
        text="You may.", lead="You may.", flow=FLOW, kind="supported", answers=[], final=final
    )
    return [{"custom": message.model_dump(mode="json")}]


def test_a_question_leads_to_a_page_that_can_be_loaded_again(form: Form, rasa: StandIn) -> None:
    sent = form.send(text="who keeps the chronology")
    assert re.fullmatch(r"/ask/[\w-]{20,}\?turn=1", sent.headers["Location"])
    page = form.show(sent)
    assert heading(page) == "who keeps the chronology"
    heard = len(rasa.heard)
    assert heading(form.client.get(sent.headers["Location"]).text) == heading(page)
    assert len(rasa.heard) == heard


def test_the_last_reply_is_on_top_and_those_before_are_folded(form: Form) -> None:
    form.say("who keeps the chronology")
    form.say("and for how long")
    page = form.client.get(form.address).text
    assert heading(page) == "and for how long"
    last, earlier = page.split("Earlier in this conversation")
    assert "heard and for how long" in last
    assert "You said: who keeps the chronology" in earlier
    assert "heard who keeps the chronology" in earlier


def test_a_reply_before_stays_at_its_own_address_for_the_way_back(form: Form) -> None:
    first = form.send(text="who keeps the chronology").headers["Location"]
    second = form.send(text="and for how long").headers["Location"]
    assert first != second
    page = form.client.get(first).text
    assert heading(page) == "who keeps the chronology"
    assert f'href="{form.address}"' in page
    assert "and for how long" not in page
    assert f'href="{form.address}"' not in form.client.get(second).text


def test_the_token_stands_in_a_cookie_of_its_conversation_alone(form: Form) -> None:
    sent = form.send(text="who keeps the chronology")
    said, *parts = sent.headers["Set-Cookie"].split("; ")
    token = said.partition("=")[2]
    assert set(parts) == {"HttpOnly", f"Path={form.address}", "SameSite=strict"}
    page = form.client.get(sent.headers["Location"]).text
    assert token
    assert token not in page + sent.headers["Location"]


def test_behind_tls_the_cookie_stays_there(serve: Serve) -> None:
    client = serve(public_url="https://principles.test")
    assert "Secure" in client.post("/ask", data={"text": "hello"}).headers["Set-Cookie"]


def test_two_conversations_live_side_by_side(client: httpx.Client) -> None:
    client.cookies.clear()
    one, two = Form(client), Form(client)
    one.say("about one")
    two.say("about two")
    assert one.address != two.address
    for form, said, other in ((one, "one", "two"), (two, "two", "one")):
        page = form.say("and then")
        assert f"about {said}" in page
        assert f"about {other}" not in page


def test_a_form_sent_twice_is_taken_once(form: Form, rasa: StandIn) -> None:
    key = key_of(form.say("hello"))
    sent = [form.send(text="who keeps the chronology", key=key) for _ in range(2)]
    assert sent[0].headers["Location"] == sent[1].headers["Location"]
    assert rasa.messages.count("who keeps the chronology") == 1


def test_what_was_clicked_is_said_in_its_words(form: Form, rasa: StandIn) -> None:
    rasa.reply = lambda _: question()
    form.say("may I share")
    rasa.reply = lambda _: outcome()
    page = form.show(form.send(choice=OPTIONS[1]["id"]))
    assert heading(page) == "no"


def test_where_a_walk_goes_on_below_an_outcome_a_link_leads_to_the_question(
    form: Form, rasa: StandIn
) -> None:
    rasa.reply = lambda _: [*outcome(final=False), *question()]
    page = form.say("may I share")
    assert f'<a href="#question">{PHRASES.widget.next_question}</a>' in page
    assert page.count('id="question"') == 1
    rasa.reply = lambda _: outcome()
    page = form.show(form.send(choice=OPTIONS[1]["id"]))
    assert 'href="#question"' not in page


@pytest.mark.parametrize("chosen", ["s1/yes", "s1/no"])
def test_the_old_answer_is_chosen_where_it_is_asked_again(
    form: Form, rasa: StandIn, chosen: str
) -> None:
    rasa.reply = lambda _: question(f"step:share_without_consent/{chosen}")
    page = form.say("change my answer")
    assert re.findall(r'value="([^"]*)" required checked', page) == [
        f"step:share_without_consent/{chosen}"
    ]


def test_on_the_way_back_the_answer_that_was_given_is_chosen(form: Form, rasa: StandIn) -> None:
    rasa.reply = lambda _: question()
    asked = form.send(text="may I share").headers["Location"]
    assert " checked" not in form.client.get(asked).text
    form.send(choice=OPTIONS[1]["id"])
    page = form.client.get(asked).text
    assert re.findall(r'value="([^"]*)" required checked', page) == [OPTIONS[1]["id"]]


def test_danger_comes_before_everything_and_can_be_rung(form: Form) -> None:
    page = form.say(DANGER)
    main = page[page.index("<main") :]
    assert main.index('class="alarm"') < main.index("<h1")
    assert '<a class="call" href="tel:999">' in main[: main.index("<h1")]
    assert heading(page) == DANGER
    assert '<a href="tel:08001111">0800 1111</a>.' in main[: main.index("<h1")]


def test_the_words_of_a_child_are_not_shown_again(form: Form) -> None:
    page = form.say(CHILD)
    assert "dad hits me" not in page
    assert "dad hits me" not in form.say("hello")


def test_a_new_code_is_shown_once(form: Form, rasa: StandIn) -> None:
    code = "BCDF-GHJK-MNPQ-RSTV-WXZB"
    form.say("hello")
    rasa.reply = lambda _: [{"custom": {"type": "text", "text": f"Your code is {code}"}}]
    shown = form.send(text="give me a code")
    assert (shown.status_code, code in shown.text) == (200, True)
    again = form.client.get(form.address).text
    assert "Your code is" in again
    assert code not in again


def test_a_text_that_is_too_long_is_given_back(form: Form) -> None:
    form.say("hello")
    text = "record <b> " * 300
    reply = form.send(text=text)
    assert reply.status_code == 422
    assert "2,000 characters" in reply.text
    assert box(reply.text) == text.replace("<", "&lt;").replace(">", "&gt;")
    assert 'aria-invalid="true"' in reply.text
    assert f'action="{form.address}"' in reply.text
    assert "heard hello" in form.client.get(form.address).text


def test_who_asks_too_often_is_told_how_long_to_wait_and_keeps_the_words(serve: Serve) -> None:
    form = Form(serve(conversation_limit="1/minute"))
    form.say("hello")
    reply = form.send(text="who keeps the chronology")
    assert reply.status_code == 429
    assert "Retry-After" in reply.headers
    assert box(reply.text) == "who keeps the chronology"


@pytest.mark.parametrize("how", ["no cookie", "another's", "made up"])
def test_a_conversation_that_cannot_be_shown_says_so_and_offers_another(
    form: Form, client: httpx.Client, how: str
) -> None:
    form.say("who keeps the chronology")
    client.cookies.clear()
    value = {"another's": Talk(client).opened["token"], "made up": "x"}.get(how)
    headers = {"Cookie": f"fp_conversation={value}"} if value else {}
    for reply in (
        client.get(form.address, headers=headers),
        client.post(form.address, data={"text": "and for how long"}, headers=headers),
        client.get(f"{form.address}/delete", headers=headers),
        client.post(f"{form.address}/delete", headers=headers),
        client.get(f"{form.address}/record", params={"turn": 1}, headers=headers),
        client.post(
            f"{form.address}/feedback", data={"turn": 1, "rating": "useful"}, headers=headers
        ),
    ):
        assert reply.status_code == 401
        assert heading(reply.text) == "This conversation cannot be shown"
        assert "chronology" not in reply.text
        assert '<form method="post" action="/ask" class="composer"' in reply.text
        assert '<details class="help" open>' in reply.text
    assert client.get(form.address).status_code == 401


def test_what_was_typed_to_a_conversation_that_is_over_can_be_sent_anew(
    serve: Serve, tmp_path: Any
) -> None:
    form = Form(serve())
    form.say("hello")
    with open_store(f"sqlite:///{tmp_path / 'conversations.db'}").begin() as database:
        database.exec_driver_sql("UPDATE conversations SET expires_at = 1")
    page = form.client.get(form.address)
    assert (page.status_code, heading(page.text)) == (401, "This conversation is over")
    reply = form.send(text="and for how long")
    assert box(reply.text) == "and for how long"
    assert 'action="/ask" class="composer"' in reply.text


def test_danger_is_answered_in_a_conversation_that_is_not_there(client: httpx.Client) -> None:
    reply = client.post("/ask/unknown", data={"text": DANGER})
    assert (reply.status_code, 'class="alarm"' in reply.text) == (200, True)


def test_a_form_of_another_site_is_refused_and_danger_is_not(form: Form) -> None:
    reply = form.client.post("/ask", data={"text": "planted words"}, headers=ELSEWHERE)
    assert reply.status_code == 403
    assert "Set-Cookie" not in reply.headers
    assert "planted" not in reply.text
    form.say("hello")
    for act in ("", "/delete", "/feedback"):
        data = {"text": "hello", "turn": "1", "rating": "useful"}
        sent = form.client.post(form.address + act, data=data, headers=ELSEWHERE)
        assert sent.status_code == 403, act
    assert "heard hello" in form.client.get(form.address).text
    danger = form.client.post("/ask", data={"text": DANGER}, headers=ELSEWHERE)
    assert (danger.status_code, "Set-Cookie" in danger.headers) == (200, False)
    assert 'class="alarm"' in danger.text


def test_deletion_asks_first_and_leaves_no_cookie(form: Form, rasa: StandIn) -> None:
    page = form.say("hello")
    assert f'href="{form.address}/delete"' in page
    asking = form.client.get(f"{form.address}/delete").text
    assert PHRASES.widget.delete_sure in asking
    assert f'<a href="{form.address}">{PHRASES.widget.delete_no}</a>' in asking
    assert "heard hello" in form.client.get(form.address).text
    deleted = form.client.post(f"{form.address}/delete")
    assert (deleted.status_code, deleted.headers["Location"]) == (303, "/ask/deleted")
    assert rasa.forgotten == [form.address.removeprefix("/ask/")]
    assert not [each for each in form.client.cookies.jar if each.name == "fp_conversation"]
    assert heading(form.client.get("/ask/deleted").text) == PHRASES.widget.deleted.rstrip(".")
    assert form.client.get(form.address).status_code == 401


def test_a_deletion_that_fails_removes_nothing_and_says_so(form: Form, rasa: StandIn) -> None:
    form.say("hello")
    rasa.healthy = False
    reply = form.client.post(f"{form.address}/delete")
    assert reply.status_code == 503
    assert "Nothing was removed" in reply.text
    assert "heard hello" in form.client.get(form.address).text


def test_an_outcome_has_its_record_to_print_and_for_word(form: Form, rasa: StandIn) -> None:
    form.say("hello")
    rasa.reply = lambda _: outcome()
    page = form.say("no")
    record = f"{form.address}/record"
    assert f'<form action="{record}"' in page
    assert 'name="turn" value="2"' in page
    shown = form.client.get(record, params={"turn": 2})
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert "script-src" not in shown.headers["Content-Security-Policy"]
    word = form.client.get(record, params={"turn": 2, "format": "docx"})
    assert word.content.startswith(b"PK")
    assert word.headers["Content-Disposition"].startswith("attachment")
    none = form.client.get(record, params={"turn": 1})
    assert (none.status_code, none.headers["Content-Type"][:9]) == (404, "text/html")


@pytest.mark.parametrize(
    "given",
    [
        {"rating": "useful", "reason": "helped"},
        {"rating": "not_useful", "reason": "missing"},
    ],
)
def test_feedback_is_counted_and_thanked_for(
    form: Form, rasa: StandIn, given: dict[str, str]
) -> None:
    rasa.reply = lambda _: outcome()
    page = form.say("no")
    assert PHRASES.widget.helped in page
    assert PHRASES.widget.thanks not in page
    sent = form.client.post(f"{form.address}/feedback", data={"turn": "1", **given})
    assert (sent.status_code, sent.headers["Location"]) == (
        303,
        f"{form.address}?turn=1#helped",
    )
    assert PHRASES.widget.thanks in form.client.get(form.address).text


@pytest.mark.parametrize("wrong", [{"turn": "9"}, {"rating": "grand"}, {"reason": "free text"}])
def test_feedback_that_is_none_of_the_fixed_is_refused(form: Form, wrong: dict[str, str]) -> None:
    form.say("hello")
    data = {"turn": "1", "rating": "useful", **wrong}
    headers = {"Accept": "text/html"}
    reply = form.client.post(f"{form.address}/feedback", data=data, headers=headers)
    assert reply.status_code in (404, 422)
    assert "text/html" in reply.headers["Content-Type"]


def test_many_choices_stand_under_their_headings(form: Form, rasa: StandIn) -> None:
    options = [
        {"id": f"start:{name}", "label": name, "group": group}
        for name, group in (("a", "Sharing"), ("b", "Sharing"), ("c", "Meetings"))
    ]
    menu = {"type": "text", "text": "Choose", "lead": "Choose", "options": options}
    rasa.reply = lambda _: [{"custom": menu}]
    page = form.say("menu")
    assert re.findall(r"<summary>(Sharing|Meetings)</summary>", page) == ["Sharing", "Meetings"]
    assert re.findall(r'value="start:(\w)"', page) == ["a", "b", "c"]


def test_the_address_of_the_form_leads_to_it(client: httpx.Client) -> None:
    reply = client.get("/ask")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/")


def test_the_box_says_what_it_is_for(client: httpx.Client) -> None:
    page = client.get("/").text
    (area,) = re.findall(r"<textarea[^>]*>", page)
    assert 'rows="4"' in area
    hint = re.findall(r'id="text-hint"[^>]*>(.*?)</p>', page)[0]
    assert 'aria-describedby="text-hint"' in area
    assert "2,000 characters" in hint


def test_in_a_frame_each_form_opens_a_tab_where_the_cookie_counts(client: httpx.Client) -> None:
    forms = re.findall(r'<form method="post" action="/ask"[^>]*>', client.get("/chat").text)
    assert len(forms) > 3
    assert all('target="_blank"' in each for each in forms)
    assert "target=" not in client.get("/").text
