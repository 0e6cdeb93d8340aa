"""Nothing is published by which an answer gets worse, unless an approver says that it is meant."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.app import create_app
from bot.container import Container
from bot.manage.draft_pages import CHECKING
from bot.manage.roles import Role
from bot.operations.content_folder import open_drafts, open_editions
from bot.operations.previews import Preview, Previews
from bot.operations.replay.checks import AnswerChecks
from bot.settings import Settings
from knowledge.editions import WaitingDraft
from knowledge.errors import ContentError, Location
from tests.api.listener import listening
from tests.api.standins import Make, StandIn
from tests.manage.people import accounts_in, add, send, sign_in
from tests.manage.waiting import is_over, until
from tests.operations.replay.scripted import Scripted
from tests.shipped import LIBRARY

PASSAGE, OTHER = "000.p1", "001.LC"
WRITTEN = {PASSAGE: ("who may be told", "how are they treated")}
SOUND = dict.fromkeys(WRITTEN[PASSAGE], PASSAGE)
WORSE = {"who may be told": OTHER, "how are they treated": OTHER}


class Draft:
    """What the draft replies; it can be held up, and be unreadable."""

    def __init__(self) -> None:
        self.replies = dict(SOUND)
        self.opened = threading.Event()
        self.opened.set()
        self.error: Exception | None = None
        self.times = 0

    def opens(self, container: Container, draft: WaitingDraft, folder: Path) -> Preview:
        self.times += 1
        assert self.opened.wait(20)
        if self.error:
            raise self.error
        return Preview(Scripted(self.replies, written=WRITTEN), container.pipeline)


@pytest.fixture
def draft() -> Draft:
    return Draft()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path)


@pytest.fixture
def live() -> Scripted:
    return Scripted(SOUND, written=WRITTEN)


@pytest.fixture
def app(
    make_container: Make, rasa: StandIn, tmp_path: Path, draft: Draft, live: Scripted
) -> FastAPI:
    app = create_app(replace(make_container(state_dir=tmp_path), knowledge=live))
    app.state.answer_checks = AnswerChecks(Previews(draft.opens))
    return app


@pytest.fixture
def client(app: FastAPI, tmp_path: Path) -> Iterator[httpx.Client]:
    with listening(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        sign_in(client, add(accounts_in(tmp_path), Role.APPROVER))
        yield client


def waits(settings: Settings, words: str = "# More\n") -> WaitingDraft:
    def apply(folder: Path) -> None:
        with (folder / "words.yaml").open("a") as file:
            file.write(words)

    return open_drafts(settings).change("bo", words, apply)


def checked(client: httpx.Client) -> str:
    page = client.get("/manage/changes?check=true", follow_redirects=True)
    looks = partial(client.get, CHECKING, follow_redirects=True)
    return (page if is_over(page) else until(looks, is_over)).text


def publish(client: httpx.Client, waiting: WaitingDraft, *meant: str) -> httpx.Response:
    fields: dict[str, str | list[str]] = {"seen": waiting.id, "why": "agreed", "meant": list(meant)}
    return send(client, "/manage/changes/publish", **fields)


def test_an_unchecked_draft_is_checked_and_not_published_yet(
    client: httpx.Client, settings: Settings, draft: Draft
) -> None:
    waiting = waits(settings)
    draft.opened.clear()
    refused = publish(client, waiting)
    assert refused.status_code == 409
    assert "is checked first" in refused.text
    assert "The draft is being opened" in refused.text
    draft.opened.set()
    assert "No answer got worse" in checked(client)
    assert draft.times == 1
    assert publish(client, waiting).status_code == 303
    assert open_editions(settings).live().why.startswith("agreed")


def test_what_gets_worse_is_listed_and_each_must_be_ticked(
    client: httpx.Client, settings: Settings, draft: Draft
) -> None:
    waiting = waits(settings)
    draft.replies = WORSE
    page = checked(client)
    assert "2 answers got worse" in page
    for each in (PASSAGE, OTHER):
        citation = LIBRARY.citation(each)
        assert page.count(f"Answered: {citation.reference} of {citation.title}") == 2
    ids = re.findall(r'name="meant" value="(\w+)"', page)
    assert len(ids) == 2
    for ticked in ((), ids[:1], (ids[0], "other")):
        refused = publish(client, waiting, *ticked)
        assert refused.status_code == 409
        kept = [each for each in ticked if each in ids]
        assert f"{2 - len(kept)} of them " in refused.text
        assert refused.text.count(" checked>") == len(kept)
        assert "agreed</textarea>" in refused.text
    assert publish(client, waiting, *ids).status_code == 303
    reason = open_editions(settings).live().why
    assert "Published although these answers are worse with it; this is meant:" in reason
    assert all(question in reason for question in WORSE)


def test_a_group_is_ticked_at_once_and_what_was_typed_stays(
    client: httpx.Client, settings: Settings, draft: Draft
) -> None:
    waiting = waits(settings)
    draft.replies = {**WORSE, "how are they treated": f"{OTHER} {PASSAGE}"}
    page = checked(client)
    lost, elsewhere = (page.index(f'<h4 id="group-{kind}">') for kind in ("lost", "document"))
    first, second = (page.index(f">{each}</h5>") for each in WORSE)
    assert lost < first < elsewhere < second
    ids = re.findall(r'name="meant" value="(\w+)"', page)

    def ticked(group: str, *meant: str) -> tuple[str, list[str]]:
        path = "/manage/changes/tick"
        sent = send(client, path, seen=waiting.id, why="agreed", meant=list(meant), group=group)
        assert "agreed</textarea>" in sent.text
        return sent.text, re.findall(r'value="(\w+)" form="publish" checked', sent.text)

    page, found = ticked("lost")
    assert (found, "1 of 1 ticked" in page, "0 of 1 ticked" in page) == (ids[:1], True, True)
    assert ticked("document", *ids[:1])[1] == ids
    assert ticked("lost", *ids)[1] == ids[1:]
    assert ticked("none", *ids)[1] == ids
    assert open_editions(settings).live().id == "shipped"
    assert publish(client, waiting, *ids).status_code == 303


def test_what_is_otherwise_and_not_worse_is_looked_at_on_a_page_of_its_own(
    client: httpx.Client, settings: Settings, draft: Draft
) -> None:
    path = "/manage/changes/answers"
    assert client.get(path).headers["Location"] == "/manage/changes#check"
    waits(settings)
    draft.replies = {"who may be told": f"{PASSAGE} {OTHER}", "how are they treated": PASSAGE}
    page = checked(client)
    assert "No answer got worse" in page
    assert f'href="{path}?kind=further"' in page
    answers = client.get(f"{path}?kind=further").text
    assert "who may be told" in answers
    assert "how are they treated" not in answers
    assert f"Then {LIBRARY.citation(OTHER).reference} of " in answers
    assert "who may be told" in client.get(f"{path}?kind=lost&page=7").text
    draft.replies = dict(SOUND)
    waits(settings, "# Even more\n")
    checked(client)
    assert "No answer changes." in client.get(path).text


def test_another_draft_is_checked_anew_and_the_live_edition_is_not_asked_again(
    client: httpx.Client, settings: Settings, draft: Draft, live: Scripted
) -> None:
    waits(settings)
    checked(client)
    waiting = waits(settings, "# Even more\n")
    assert "Check the draft</a> first" in client.get("/manage/changes").text
    draft.replies = WORSE
    assert "2 answers got worse" in checked(client)
    assert len(live.asked) == 2
    assert publish(client, waiting).status_code == 409


def test_a_draft_that_cannot_be_opened_says_why_and_a_failure_can_be_tried_again(
    client: httpx.Client, settings: Settings, draft: Draft
) -> None:
    waiting = waits(settings)
    draft.error = ContentError.at(Location("flows/x.yaml", 3), "there is no passage 'y'")
    assert "there is no passage" in checked(client)
    assert "cannot be answered from" in publish(client, waiting).text
    waiting = waits(settings, "# Even more\n")
    draft.error = RuntimeError("broken")
    assert "could not be checked" in checked(client)
    draft.error = None
    assert publish(client, waiting).status_code == 409
    assert "No answer got worse" in checked(client)
    assert publish(client, waiting).status_code == 303
