"""Which written questions a draft answers otherwise, for one document that it changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.app import create_app
from bot.container import Container
from bot.manage.roles import Role
from bot.operations.content_folder import open_drafts
from bot.operations.previews import Preview, Previews
from bot.settings import Settings
from knowledge.editions import WaitingDraft
from knowledge.retiring import take_out as take_out_document
from tests.api.listener import listening
from tests.api.standins import Make, StandIn
from tests.manage.people import accounts_in, add, sign_in
from tests.manage.waiting import until
from tests.operations.replay.scripted import Scripted
from tests.shipped import LIBRARY

PATH = "/manage/documents/000/answers"
GONE, OTHER = "000.p1", "001.LC"
WRITTEN = {GONE: ("moves", "becomes the nearest", "stays", "is answered no more")}
BEFORE = dict.fromkeys(WRITTEN[GONE], GONE)
AFTER = {"moves": OTHER, "becomes the nearest": f"?{GONE}", "stays": GONE}


def opens(container: Container, draft: WaitingDraft, folder: Path) -> Preview:
    return Preview(Scripted(AFTER, written=WRITTEN), container.pipeline)


@pytest.fixture
def app(make_container: Make, rasa: StandIn, tmp_path: Path) -> FastAPI:
    live = Scripted(BEFORE, written=WRITTEN)
    app = create_app(replace(make_container(state_dir=tmp_path), knowledge=live))
    app.state.previews = Previews(opens)
    return app


@pytest.fixture
def client(app: FastAPI, tmp_path: Path) -> Iterator[httpx.Client]:
    with listening(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        sign_in(client, add(accounts_in(tmp_path), Role.READER))
        yield client


def take_out(folder: Path) -> None:
    passages = folder / "documents" / "000" / "passages.json"
    entries = json.loads(passages.read_text("utf-8"))
    passages.write_text(json.dumps([each for each in entries if each["id"] != GONE]), "utf-8")


def test_what_a_person_is_told_otherwise_is_shown_with_both_replies(
    client: httpx.Client, tmp_path: Path
) -> None:
    assert "no answer changes by it" in client.get(PATH).text
    open_drafts(Settings(state_dir=tmp_path)).change("bo", "A passage goes", take_out)
    page = until(lambda: client.get(PATH), lambda each: "refresh" not in each.text).text
    assert "3 of 4 questions are answered otherwise" in page
    told = page.split('<section class="change"')[1:]
    assert [part.split("</h3>")[0].rsplit(">", 1)[1] for part in told] == [
        *("moves", "becomes the nearest", "is answered no more")
    ]
    moves, nearest, gone = told
    title = LIBRARY.documents["001"].title
    assert f"Answered: {LIBRARY.passages[OTHER].reference} of {title}" in moves
    assert "Answered: " in nearest.split('class="after"')[0]
    assert "Nearest: " in nearest.split('class="after"')[1]
    assert "<strong>Not answered</strong>" in gone


def test_order_and_further_passages_are_folded_below_what_weighs_more(
    client: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(AFTER, "stays", f"{GONE} {OTHER}")
    open_drafts(Settings(state_dir=tmp_path)).change("bo", "A passage goes", take_out)
    page = until(lambda: client.get(PATH), lambda each: "refresh" not in each.text).text
    assert "3 of 4 questions are answered otherwise" in page
    weighty, _, folded = page.partition("<summary>1 answer</summary>")
    assert ">stays</h3>" in folded
    assert ">stays</h3>" not in weighty
    assert weighty.index('id="group-lost"') < weighty.index('id="group-verdict"')


def test_a_new_document_is_asked_about_as_well(client: httpx.Client, tmp_path: Path) -> None:
    def copied(folder: Path) -> None:
        documents = folder / "documents"
        text = (documents / "000" / "passages.json").read_text("utf-8")
        shutil.copytree(documents / "000", documents / "900")
        (documents / "900" / "passages.json").write_text(text.replace("000.", "900."), "utf-8")

    open_drafts(Settings(state_dir=tmp_path)).change("bo", "A document", copied)
    path = "/manage/documents/900/answers"
    page = until(lambda: client.get(path), lambda each: "refresh" not in each.text).text
    assert "answered otherwise" in page
    assert f'href="{path}"' in client.get("/manage/changes").text


def test_what_the_questions_of_a_document_that_goes_get_now_is_shown(
    client: httpx.Client, tmp_path: Path
) -> None:
    drafts = open_drafts(Settings(state_dir=tmp_path))
    drafts.change("Ann", "Retired it", lambda folder: take_out_document(folder, "000"))
    assert f'href="{PATH}">See what its questions get now' in client.get("/manage/changes").text
    page = until(lambda: client.get(PATH), lambda each: "refresh" not in each.text).text
    assert "moves" in page
    assert "The passage that stood first is no longer shown" in page
