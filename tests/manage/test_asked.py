"""Whoever looks after the content sees what was asked, and does something about it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from bot.asked.groups import AlikeQuestions
from bot.container import Container
from bot.manage.roles import Role
from bot.messages import AnswerMessage, Message, NotCoveredMessage
from bot.operations.content_folder import open_drafts
from knowledge import Answer, Knowledge
from knowledge.library import Library
from knowledge.questions import Questions
from tests.api.gateway import served
from tests.api.standins import Make, Shelf, StandIn, Talk
from tests.asked.test_groups import by_first_word
from tests.manage.people import accounts_in, add, csrf, sign_in
from tests.shipped import LIBRARY

QUOTE = LIBRARY.quote("000.p1")
MISSING = NotCoveredMessage(text="n", reason="not_in_sources", related=[QUOTE], edition="shipped")
ANSWER = AnswerMessage(text="a", lead="a", quotes=[QUOTE], edition="shipped")
WORDS = "is there a rota for the duty desk"


@dataclass
class Desk:
    """A server, somebody who asks there, and people who look after its content."""

    client: httpx.Client
    container: Container
    state: Path
    rasa: StandIn

    def ask(self, said: str, reply: Message = MISSING) -> Talk:
        self.rasa.reply = lambda _: [{"custom": reply.model_dump(mode="json")}]
        talk = Talk(self.client)
        assert talk.say(said).status_code == 200
        return talk

    def sign_in(self, role: Role) -> None:
        sign_in(self.client, add(accounts_in(self.state), role))

    def group(self, **wanted: str) -> httpx.Response:
        """The page of the one group that is shown."""
        page = self.client.get("/manage/asked", params=wanted)
        path = page.text.split('<h2><a href="')[1].split('"')[0].replace("&amp;", "&")
        return self.client.get(path)

    def send(self, act: str, **fields: object) -> httpx.Response:
        page = self.group()
        own = csrf(self.client.get("/manage"))
        return self.client.post(
            f"{page.url.path}/{act}", params=page.url.params, data={"csrf": own, **fields}
        )


@pytest.fixture
def desk(make_container: Make, rasa: StandIn, tmp_path: Path) -> Iterator[Desk]:
    with desk_of(make_container, rasa, tmp_path, keep_asked=True) as made:
        yield made


@contextmanager
def desk_of(
    make: Make,
    rasa: StandIn,
    state: Path,
    knowledge: Knowledge | None = None,
    **settings: object,
) -> Iterator[Desk]:
    container = replace(make(state_dir=state, **settings), alike=AlikeQuestions(by_first_word))
    if knowledge:
        container = replace(container, knowledge=knowledge)
    with served(container) as client:
        yield Desk(client, container, state, rasa)


def draft_folder(desk: Desk) -> Path:
    drafts = open_drafts(desk.container.settings)
    draft = drafts.open()
    assert draft
    return drafts.folder(draft)


def test_a_reader_sees_groups_and_may_not_act(desk: Desk) -> None:
    desk.ask("Is there a rota for the duty desk?")
    desk.ask("is there a rota for the duty desk")
    desk.sign_in(Role.READER)
    page = desk.client.get("/manage/asked")
    assert WORDS in page.text
    assert "Asked 2 times" in page.text
    assert "Nothing found" in page.text
    assert "not kept" not in page.text
    group = desk.group()
    assert "An editor can" in group.text
    assert "<textarea" not in group.text
    assert WORDS.split()[-1] not in str(group.url)
    assert desk.send("hide", text=WORDS).status_code == 403


def test_a_question_that_got_only_the_nearest_passages_is_a_kind_of_its_own(desk: Desk) -> None:
    desk.ask(WORDS, ANSWER.model_copy(update={"confidence": "closest"}))
    desk.sign_in(Role.READER)
    page = desk.client.get("/manage/asked").text
    assert WORDS in page
    assert "Only the nearest passages shown" in page
    assert WORDS in desk.client.get("/manage/asked?kind=nearest_only").text
    assert WORDS not in desk.client.get("/manage/asked?kind=not_found").text


def test_what_got_something_else_hides_no_question_that_looks_alike(desk: Desk) -> None:
    """The stand-in groups by the first word."""
    desk.ask(WORDS)
    nearest = "is there a form for the duty desk"
    desk.ask(nearest, ANSWER.model_copy(update={"confidence": "closest"}))
    alike = "is there a chair at the duty desk"
    desk.ask(alike)
    desk.sign_in(Role.READER)
    page = desk.client.get("/manage/asked").text
    assert "2 groups of alike questions" in page
    assert f">{nearest}</a></h2>" in page
    assert "1 other wording</summary>" in page
    assert WORDS in page
    assert alike in page


class Doubted(Shelf):
    """Sure of a question only where it has no mark at its end."""

    def answer(self, query: str, *_: object, **__: object) -> Answer:
        return Answer("answerable", confidence="closest" if query.endswith("?") else "answers")


def test_what_a_question_gets_now_is_what_the_chat_says(
    make_container: Make, rasa: StandIn, tmp_path: Path
) -> None:
    with desk_of(make_container, rasa, tmp_path, Doubted(), keep_asked=True) as desk:
        desk.ask(WORDS)
        desk.sign_in(Role.READER)
        assert "Now: only the nearest passages shown" in desk.client.get("/manage/asked").text
        assert "Only the nearest passages shown." in desk.group().text


def test_filters_are_kept_from_page_to_page(desk: Desk) -> None:
    desk.ask(WORDS)
    desk.sign_in(Role.READER)
    page = desk.client.get("/manage/asked", params={"kind": "unhelpful", "days": "90"})
    assert WORDS not in page.text
    assert '<option value="90" selected>' in page.text
    assert WORDS in desk.group(kind="not_found", area="none", days="90").text
    assert WORDS in desk.client.get("/manage/asked?kind=nonsense&area=nowhere").text


def test_switched_off_the_page_says_how_to_switch_it_on(
    make_container: Make, rasa: StandIn, tmp_path: Path
) -> None:
    with desk_of(make_container, rasa, tmp_path) as desk:
        desk.ask(WORDS)
        desk.sign_in(Role.READER)
        page = desk.client.get("/manage/asked")
    assert "FP_KEEP_ASKED=true" in page.text
    assert WORDS not in page.text


def test_an_editor_writes_it_for_a_passage_in_the_draft(desk: Desk) -> None:
    desk.ask(WORDS)
    desk.sign_in(Role.EDITOR)
    refused = desk.send("question", passage="999.x", questions=WORDS)
    assert refused.status_code == 422
    assert "there is no such passage" in refused.text
    assert 'value="999.x"' in refused.text
    nothing = desk.send("question", questions=WORDS)
    assert "Choose a passage" in nothing.text
    done = desk.send("question", passage="000.p2", questions=f"{WORDS}\n\nwho is on duty\n")
    assert done.status_code == 303
    folder = draft_folder(desk)
    written = Questions.read(Library.read(folder), folder).answered["000.p2"]
    assert written[-2:] == (WORDS, "who is on duty")
    shown = desk.client.get(done.headers["Location"])
    assert "in the draft" in shown.text
    assert WORDS not in shown.text


def test_a_passage_is_looked_for_by_its_words(desk: Desk) -> None:
    desk.ask(WORDS)
    desk.sign_in(Role.EDITOR)
    first = desk.group().text
    assert "Look for passages by words" in first
    assert "by its id" not in first
    assert "score" not in first
    words = LIBRARY.quote("001.EO.p2").text[:60].upper()
    found = desk.send("question", do="look", find=words, questions="in my words")
    assert found.status_code == 200
    assert "in my words" in found.text
    assert 'value="001.EO.p2"' in found.text
    entered = desk.send("question", find="2.2.3", looked="", passage="000.p2", questions=WORDS)
    assert 'value="003.2.2.3"' in entered.text
    assert 'name="passage" value="000.p2" checked' in entered.text


def test_an_editor_adds_a_known_gap(desk: Desk) -> None:
    desk.ask(WORDS)
    desk.sign_in(Role.EDITOR)
    form = desk.group().text
    assert 'name="ask" value="safeguarding_lead" checked' in form
    assert 'name="ask" value="early_help">' in form
    refused = desk.send("gap", topic="Duty rota", says="", questions=WORDS, by_name="")
    assert "a gap needs what to say, whom to ask" in refused.text
    assert 'value="Duty rota"' in refused.text
    given = {"topic": "Duty rota", "says": "No rota here.", "questions": WORDS}
    refused = desk.send("gap", **given, ask=["early_help", "duty manager"], by_name="the union")
    assert "there is no contact" in refused.text
    assert 'name="ask" value="early_help" checked' in refused.text
    assert ">the union</textarea>" in refused.text
    assert desk.send("gap", **given, ask=["manager"], by_name="the union\n").is_redirect
    folder = draft_folder(desk)
    gap = Questions.read(Library.read(folder), folder).gaps["duty_rota"]
    assert (gap.reason, gap.whom) == ("No rota here.", ("manager", "the union"))
    assert (gap.questions, gap.near) == ((WORDS,), ("000.p1",))


@pytest.mark.parametrize("way", ["undo", "discard"])
def test_a_question_waits_again_where_what_was_written_for_it_is_taken_back(
    desk: Desk, way: str
) -> None:
    other = "is there a duty desk form"
    desk.ask(WORDS)
    desk.ask(other)
    desk.sign_in(Role.EDITOR)
    for words in (other, WORDS):
        desk.send("question", passage="000.p2", questions=words)
    assert WORDS not in desk.client.get("/manage/asked").text
    draft = open_drafts(desk.container.settings).open()
    assert draft
    own = csrf(desk.client.get("/manage"))
    fields = {"csrf": own, "seen": draft.id}
    assert desk.client.post(f"/manage/changes/{way}", data=fields).is_redirect
    page = desk.client.get("/manage/asked").text
    assert WORDS in page
    assert (other in page) is (way == "discard")


@pytest.mark.parametrize("act", ["question", "gap"])
def test_what_is_taken_out_of_the_form_stays_in_the_list(desk: Desk, act: str) -> None:
    other = "is there a duty desk form"
    desk.ask(WORDS)
    desk.ask(other)
    desk.sign_in(Role.EDITOR)
    fields = {"passage": "000.p2", "topic": "Duty rota", "says": "No rota.", "ask": "manager"}
    done = desk.send(act, questions=f"{WORDS.upper()}?", **fields)
    page = desk.client.get(done.headers["Location"]).text
    assert "1 question of the group, which you took out or put in other words, stays" in page
    assert f">{other}</a></h2>" in page
    assert WORDS not in page


def test_what_is_not_for_us_is_hidden_and_noted_without_its_words(desk: Desk) -> None:
    desk.ask(WORDS)
    desk.sign_in(Role.EDITOR)
    assert desk.send("hide", text=[WORDS, "words that nobody asked"]).is_redirect
    desk.ask(WORDS)
    page = desk.client.get("/manage/asked")
    assert WORDS not in page.text
    assert set(desk.container.use.asked.settled()) == {WORDS}


def test_what_changed_meanwhile_is_said(desk: Desk) -> None:
    desk.sign_in(Role.EDITOR)
    page = desk.client.get("/manage/asked/0123456789ab")
    assert page.status_code == 404
    assert "have changed" in page.text


def test_a_rating_brings_an_answer_here_and_a_deletion_takes_it_away(desk: Desk) -> None:
    talk = desk.ask(WORDS, ANSWER)
    desk.sign_in(Role.EDITOR)
    assert WORDS not in desk.client.get("/manage/asked").text
    rated = desk.client.post(
        "/api/v1/feedback",
        json={"conversation_id": talk.id, "turn": 1, "rating": "not_useful"},
        headers=talk.headers,
    )
    assert rated.status_code == 204
    assert "This is wrong: choose the right passage" in desk.group().text
    page = desk.client.get("/manage/asked").text
    assert "Whoever deletes their conversation takes back what they asked in it" in page
    assert "90 days after it was asked" in page
    path = f"/api/v1/conversations/{talk.id}"
    assert desk.client.delete(path, headers=talk.headers).status_code == 204
    assert WORDS not in desk.client.get("/manage/asked").text
