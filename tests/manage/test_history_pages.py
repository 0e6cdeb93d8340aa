"""The history, what an edition changed, going back, and what practitioners see of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import httpx
import pytest
import yaml
from fastapi import FastAPI

from bot.app import answer_from, container_of, create_app
from bot.container import Container, over
from bot.manage.roles import Role
from bot.operations.citations import CitationGraph
from bot.operations.editions import EditionFollower
from knowledge.documents import read_document_of, read_stored, sha256_of
from knowledge.editions import Edition, Editions
from knowledge.known_gaps import GapReply, NewGap, add_gap
from knowledge.library import Library
from knowledge.notices import NoticesFile, notice_name
from knowledge.recutting import split, withhold
from knowledge.retiring import take_out
from knowledge.revision.open_places import with_assigned, with_opened
from knowledge.revision.review import (
    Acceptance,
    Assignment,
    PlaceReview,
    Review,
    read_review,
    write_review,
)
from knowledge.revision.sign_off import with_signature
from knowledge.written_questions import add_question
from tests.api.listener import listening
from tests.api.standins import Make, Shelf, StandIn
from tests.manage.people import accounts_in, add, send, sign_in
from tests.operations.test_differences import replaced
from tests.shipped import LIBRARY

WHOLE, PART = "003.2.1.1", "003.2.4.3"
DECISION = Acceptance(by="Bo Roe", role="lead", on=date(2026, 11, 21))


def opens(current: Container, edition: Edition) -> Container:
    """As the assistant does it, without an index."""
    shelf = Shelf()
    shelf.library = Library.read(current.editions.folder(edition.id)).of(edition)
    return over(current, shelf)


@pytest.fixture
def app(make_container: Make, rasa: StandIn, tmp_path: Path) -> FastAPI:
    return create_app(make_container(state_dir=tmp_path, content_dir=tmp_path / "content"))


@pytest.fixture
def client(app: FastAPI, tmp_path: Path) -> Iterator[httpx.Client]:
    with listening(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        sign_in(client, add(accounts_in(tmp_path), Role.APPROVER))
        yield client


@pytest.fixture
def editions(app: FastAPI) -> Editions:
    return container_of(app).editions


def look(app: FastAPI) -> None:
    follower = EditionFollower(
        lambda: container_of(app), lambda container: answer_from(app, container), opens
    )
    asyncio.run(follower.look())


def publish(editions: Editions, summary: str = "Another <title>") -> Edition:
    with editions.draft() as draft:
        with (draft.folder / "words.yaml").open("a") as changed:
            changed.write(f"# {summary}\n")
        entry = draft.folder / "documents" / "003" / "document.yaml"
        text = entry.read_text().partition("owner:")[0]
        entry.write_text(f"{text}owner: Policy officer\n# {summary}\n")
        return editions.publish(draft, "Ann Example", "Because.", summary)


def test_an_edition_says_who_what_when_and_why(client: httpx.Client, editions: Editions) -> None:
    new = publish(editions)
    for path in ("/manage/history", f"/manage/history/{new.id}"):
        page = client.get(path).text
        for shown in ("Ann Example", "Another &lt;title&gt;", "Because.", new.id):
            assert shown in page
    page = client.get(f"/manage/history/{new.id}").text
    assert re.search(r'<h3><a href="/sources/003">([^<]+)</a></h3>', page)
    assert "Owner: “none” becomes “Policy officer”." in page
    assert "<h3>Words that mean the same</h3>" in page
    assert "<code>words.yaml</code> <span>changed" in page
    assert client.get("/manage/history/nothing").status_code == 404


def test_an_edition_is_called_by_what_the_person_wrote(
    client: httpx.Client, app: FastAPI, editions: Editions
) -> None:
    new = publish(editions, "Another one; " * 20)
    listed = client.get("/manage/history").text
    assert f'<h2><a href="/manage/history/{new.id}">Because.</a></h2>' in listed
    below = listed.partition(new.id)[2].partition("</li>")[0]
    assert re.search(r"<details><summary>What was changed.*?Another one; Another one", below, re.S)
    assert "<h1>Because.</h1>" in client.get(f"/manage/history/{new.id}").text
    look(app)
    assert f'<a href="/manage/history/{new.id}">Because.</a>' in client.get("/manage").text
    editions.rollback("shipped", "Ann Example", "")
    unsaid = client.get("/manage/history").text
    assert re.search(r"<h2><a [^>]*>Back to edition shipped of ", unsaid)
    assert "(“Because.”) is" in client.get(f"/manage/history/{new.id}/back").text


def test_a_long_history_has_pages(client: httpx.Client, editions: Editions) -> None:
    for number in range(21):
        publish(editions, f"Change number {number}.")
    first, second = (client.get(f"/manage/history?page={n}").text for n in (1, 2))
    assert "Change number 20." in first
    assert "page=2" in first
    assert "Change number 0." not in first
    assert "Change number 0." in second
    assert "page=3" not in second


def test_going_back_asks_why_and_says_when_the_server_has_gone_over(
    client: httpx.Client, app: FastAPI, editions: Editions
) -> None:
    publish(editions)
    look(app)
    back = "/manage/history/shipped/back"
    assert "Why do you go back?" in client.get(back).text
    unsaid = send(client, back, why=" ")
    assert (unsaid.status_code, "Say why" in unsaid.text) == (422, True)
    done = send(client, back, why="A slip.")
    live = editions.live()
    assert (live.who, live.why) == ("Approver Example", "A slip.")
    assert done.headers["Location"] == f"/manage/history/{live.id}"
    assert "is going over to it" in client.get(done.headers["Location"]).text
    assert "is published, and" in client.get("/manage").text
    look(app)
    assert "This server answers from it" in client.get(done.headers["Location"]).text
    again = send(client, back, why="Once more.")
    assert (again.status_code, "is the same as edition" in again.text) == (409, True)


def test_what_is_lost_by_going_back_stands_above_the_button(
    client: httpx.Client, editions: Editions
) -> None:
    with editions.draft() as draft:
        add_question(draft.folder, "003.2.3.2", "what on earth is owed")
        add_gap(
            draft.folder,
            NewGap(GapReply("Duty rota", "No rota.", ("manager",)), ("which rota",)),
            date(2026, 11, 21),
        )
        replaced(draft.folder / "data" / "contacts.yaml", "01632 960004", "01632 960999")
        editions.publish(draft, "Ann Example", "", "Many changes")
    page = unescape(client.get("/manage/history/shipped/back").text)
    lost, _, other = page.partition("What is otherwise then")
    assert "Known gap: Duty rota" in lost.partition("What is lost by it")[2]
    other, _, _ = other.partition("Go back to this edition</button>")
    assert "Question taken out: “what on earth is owed”." in other
    assert re.search(r"960999[^<]*becomes[^<]*960004", other)


def test_a_later_edition_of_a_document_and_its_signatures_are_lost_by_going_back(
    client: httpx.Client, editions: Editions
) -> None:
    was = LIBRARY.documents["003"]
    with editions.draft() as draft:
        folder = draft.folder
        replaced(folder / "documents/003/document.yaml", was.version, "June 2027")
        for document_id in ("003", "004"):
            document = read_document_of(folder, document_id)
            signed = with_signature(read_review(folder, document_id), document, DECISION)
            decided = PlaceReview(
                place="gap/x",
                cited=document_id,
                passage_sha256="0" * 64,
                citing_sha256="0" * 64,
                accepted=DECISION,
            )
            signed = signed.model_copy(update={"places": (decided,)})
            write_review(folder, document_id, signed)
        record = NoticesFile.model_validate(yaml.safe_load((folder / "notices.yaml").read_text()))
        first = record.notices[0]
        signature = f"{{by: Bo Roe, role: lead, on: 2026-11-21, text_sha256: {first.sha256}}}"
        replaced(
            folder / "notices.yaml",
            f"  - id: {first.id}\n",
            f"  - id: {first.id}\n    signatures: [{signature}]\n",
        )
        signed_edition = editions.publish(draft, "Ann Example", "", "Signed, in many ways")
    page = unescape(client.get("/manage/history/shipped/back").text)
    lost, _, other = page.partition("What is lost by it")[2].partition("What is otherwise then")
    assert "3 things are there now" in lost
    for told in (
        was.title,
        f"Its edition “June 2027”. What is quoted then is “{was.version}”.",
        LIBRARY.documents["004"].title,
        f"Notice: {notice_name(first.id)}",
    ):
        assert told in lost
    assert lost.count("What was decided on 1 place beside it.") == 2
    assert lost.count("The signature of Bo Roe, lead, of 21 November 2026.") == 3
    assert f"Version: “June 2027” becomes “{was.version}”." in other
    with editions.draft() as draft:
        take_out(draft.folder, "004")
        editions.publish(draft, "Ann Example", "", "Retired")
    forward = unescape(client.get(f"/manage/history/{signed_edition.id}/back").text)
    assert "What is lost by it" not in forward


def test_questions_that_were_dealt_with_since_wait_again(
    client: httpx.Client, app: FastAPI, editions: Editions
) -> None:
    """Not those that the edition holds itself, nor what is not for us."""
    store = container_of(app).use.asked
    with editions.draft() as draft:
        add_question(draft.folder, "003.2.3.2", "What on earth is owed?")
        first = editions.publish(draft, "Ann Example", "", "One question")
    with editions.draft() as draft:
        gap = NewGap(GapReply("Duty rota", "No rota.", ("manager",)), ("which rota",))
        add_gap(draft.folder, gap, date(2026, 11, 21))
        editions.publish(draft, "Ann Example", "", "A gap")
    day = first.published_at.date()
    store.settle(["what on earth is owed"], "question", day)
    store.settle(["which rota"], "gap", day)
    store.settle(["will it rain"], "hidden", day)
    back = f"/manage/history/{first.id}/back"
    assert "1 question that was written for a passage or as a known gap" in client.get(back).text
    send(client, "/manage/history/nothing/back", why="A slip.")
    assert set(store.settled()) == {"what on earth is owed", "which rota", "will it rain"}
    send(client, back, why="A slip.")
    assert set(store.settled()) == {"what on earth is owed", "will it rain"}
    assert "2 questions" not in client.get("/manage/history/shipped/back").text
    send(client, "/manage/history/shipped/back", why="Further.")
    assert set(store.settled()) == {"will it rain"}


def test_the_board_is_told_of_places_that_nobody_has_looked_at(
    client: httpx.Client, app: FastAPI, editions: Editions
) -> None:
    assert "to look at it" not in client.get("/manage/report").text
    data = container_of(app).settings.data_dir
    with editions.draft() as draft:
        (citation, *_) = CitationGraph.read(draft.folder, data).of("000.p1")
        review = with_opened(Review(), [citation], {"000.p1": "0" * 64})
        write_review(draft.folder, "000", review)
        editions.publish(draft, "Ann Example", "", "Opened a place")
    assert "1 place waits for somebody to look at it" in client.get("/manage/report").text


@pytest.mark.parametrize("to", ["approver  EXAMPLE", "Approver-one"])
def test_whoever_was_given_a_place_is_told_on_the_first_page(
    client: httpx.Client, app: FastAPI, editions: Editions, to: str
) -> None:
    data = container_of(app).settings.data_dir
    assert "given to you" not in client.get("/manage").text
    with editions.draft() as draft:
        (citation, *_) = CitationGraph.read(draft.folder, data).of("000.p1")
        given = Assignment(to=to, by="Ann Example", on=date(2026, 11, 21))
        review = with_assigned(Review(), [citation], {"000.p1": "0" * 64}, given)
        write_review(draft.folder, "000", review)
        editions.publish(draft, "Ann Example", "", "Gave a place")
    told = '<a href="/manage/reviews#places"><strong>1</strong> place was given to you to look at'
    assert told in client.get("/manage").text


def test_whoever_goes_back_from_what_is_broken_is_not_held_up(
    client: httpx.Client, editions: Editions
) -> None:
    with editions.draft() as draft:
        (draft.folder / "questions.jsonl").write_text('{"id": 1}\n')
        editions.publish(draft, "Ann Example", "", "A slip")
    page = client.get("/manage/history/shipped/back")
    assert page.status_code == 200
    assert "What is lost by it cannot be told" in page.text
    assert "Go back to this edition</button>" in page.text


def test_practitioners_see_what_changed_once_it_counts_and_never_by_whom(
    client: httpx.Client, app: FastAPI, editions: Editions
) -> None:
    client.cookies.clear()
    new = publish(editions)
    assert new.id not in client.get("/changes").text
    look(app)
    page = client.get("/changes").text
    since = f"Since {new.published_at:%-d %B %Y}"
    for shown in (f'id="{new.id}"', since, "Which words are taken to mean the same", "As it came"):
        assert shown in page
    for hidden in ("Ann Example", "Because.", "Another", "words.yaml", "Policy officer"):
        assert hidden not in page
    assert page.index(new.id) < page.index('id="shipped"')
    assert 'href="/changes"' in client.get("/sources").text


def changed(editions: Editions, name: str, before: str, after: str) -> Edition:
    with editions.draft() as draft:
        file = draft.folder / name
        text = file.read_text("utf-8")
        assert before in text
        file.write_text(text.replace(before, after, 1), "utf-8")
        return editions.publish(draft, "Ann Example", "Because.", f"Changed {name}")


def test_each_edition_says_what_changed_in_it(
    client: httpx.Client, app: FastAPI, editions: Editions
) -> None:
    """A new edition, a contact, a notice, upkeep alone, a document less, and back."""
    entry = "documents/003/document.yaml"
    edition = changed(editions, entry, "version: December 2016", "version: June 2027")
    contact = changed(editions, "data/contacts.yaml", "01632 960002", "01632 960777")
    notice = changed(editions, "notices.yaml", "Older than current", "Much older than current")
    upkeep = changed(editions, "notices.yaml", "review_by: 2027", "review_by: 2028")
    with editions.draft() as draft:
        take_out(draft.folder, "004")
        retired = editions.publish(draft, "Ann Example", "Because.", "Retired")
    back = editions.rollback("shipped", "Ann Example", "A slip.")
    look(app)
    page = client.get("/changes").text
    told = {part[:12]: part for part in page.split('<section class="passage" id="')[1:]}
    key, gone = (LIBRARY.documents[each].title for each in ("003", "004"))
    for published, words in {
        edition: (key, "New edition: “June 2027”"),
        contact: ("Children&#39;s social care", "01632 960777", "01632 960002"),
        notice: ("Notice beside", "Changed: “Much older than current"),
        upkeep: ("No words that you are shown. It was upkeep",),
        retired: (gone, "Retired: it is no longer quoted."),
        back: (key, "in place of “June 2027”", gone, "It is quoted again: ", "01632 960002"),
    }.items():
        for word in words:
            assert word in told[published.id], (published.summary, word)
        kept = client.get(f"/manage/history/{published.id}").text
        assert "where the history begins" not in kept
        assert "<h3>" in kept.partition("What it changed")[2]
    assert "where the history begins" in client.get("/manage/history/shipped").text
    assert "It can be quoted now" not in page
    kept = client.get(f"/manage/history/{back.id}").text
    assert "Back, as it was there before, with " in kept


ONE = {"seen in isolation": "looked at alone"}
MANY = {
    "Take part in regularly": "Join in regularly",
    "dictates that information": "means that information",
    "willingness to listen to families": "habit of listening to families",
    "broader social factors": "wider social factors",
}


def changed_words(editions: Editions, words: dict[str, str]) -> Edition:
    """In a document's text, and in the passages that quote it."""
    with editions.draft() as draft:
        folder = draft.folder / "documents" / "003"
        sums = [sha256_of((folder / "text.txt").read_text("utf-8"))]
        for was, becomes in words.items():
            for name in ("text.txt", "passages.json"):
                replaced(folder / name, was, becomes)
        sums.append(sha256_of((folder / "text.txt").read_text("utf-8")))
        replaced(folder / "document.yaml", *sums)
        return editions.publish(draft, "Ann Example", "Because.", "Changed words")


def shown(page: str) -> dict[str, str]:
    """What the page of changes says of each edition."""
    return {part[:12]: part for part in page.split('<section class="passage" id="')[1:]}


def test_practitioners_read_which_words_are_new(
    client: httpx.Client, app: FastAPI, editions: Editions
) -> None:
    one, many = (changed_words(editions, words) for words in (ONE, MANY))
    look(app)
    client.cookies.clear()
    told = shown(client.get("/changes").text)
    ((old, new),) = ONE.items()
    assert f'<del><span class="unseen">[taken out: </span>{old}' in told[one.id]
    assert f'<ins><span class="unseen">[put in: </span>{new}' in told[one.id]
    assert "<details>" not in told[one.id]
    for each in (one.id, many.id):  # Of one day, and yet told apart.
        assert f'aria-labelledby="change-{each} number-{each}"' in told[each]
        assert f'id="number-{each}"' in told[each]
    folded = told[many.id].partition("<details>")[2].partition("</details>")[0]
    assert "Before and now: the words of 4 paragraphs" in folded
    assert folded.count("<ins>") == folded.count("<del>") == len(MANY)
    words = unescape(re.sub(r'<span class="unseen">[^<]*</span>|<[^>]+>', "", folded))
    quoted = LIBRARY.passages["003.2.4.3"].text.removeprefix("2.4.3 ")
    assert quoted in words
    assert quoted.replace("willingness to listen", "habit of listening") in words


def test_practitioners_read_no_words_that_are_not_quotable_now(
    client: httpx.Client, app: FastAPI, editions: Editions
) -> None:
    """Of a passage that goes, and of one of which a part goes."""
    ((old, new),) = ONE.items()
    first, second = (changed_words(editions, words) for words in (ONE, MANY))
    look(app)
    page = client.get("/changes").text
    assert new in page
    assert "habit of listening" in page
    with editions.draft() as draft:
        text = next(
            each.text for each in read_stored(draft.folder, "003").passages if each.id == PART
        )
        split(draft.folder, "003", PART, text.index("There should"))
        (rest,) = (
            each.id for each in read_stored(draft.folder, "003").passages if "habit of" in each.text
        )
        withhold(draft.folder, "003", {WHOLE, rest}, "A slip")
        editions.publish(draft, "Ann Example", "", "Withheld")
    look(app)
    told = shown(client.get("/changes").text)
    assert "Other words: §2.1.1." in told[first.id]
    for hidden in (old, new, "habit of listening", "willingness to listen"):
        assert hidden not in " ".join(told.values())
    assert "</span>wider " in told[second.id]
    for each in (first, second):
        assert "Words that are no longer quoted are not shown." in told[each.id]


def test_an_edition_that_cannot_be_read_hides_no_other(
    client: httpx.Client, app: FastAPI, editions: Editions
) -> None:
    changed(editions, "notices.yaml", "Older than current", "Much older than current")
    entry = "documents/003/document.yaml"
    broken = changed(editions, entry, "title: ", "titel: ")
    changed(editions, entry, "titel: ", "title: ")
    look(app)
    page = client.get("/changes").text
    assert "Changed: “Much older than current" in page
    assert "What was changed cannot be shown" in page.partition(f'id="{broken.id}"')[2]


def test_editions_that_cannot_be_read_leave_the_page_of_changes(
    client: httpx.Client, app: FastAPI, editions: Editions, tmp_path: Path
) -> None:
    new = publish(editions)
    look(app)
    (tmp_path / "content" / "editions.git" / "refs" / "heads" / "main").write_text("damaged")
    assert new.id in client.get("/changes").text
    broken = client.get("/manage/history")
    assert (broken.status_code, "put the folder back" in broken.text.lower()) == (409, True)
