"""The pages of the sources as a reader gets them: found by the real search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import lxml.html
import pytest

from bot.settings import Settings
from knowledge import Knowledge
from tests.api.gateway import served
from tests.api.standins import Make, Serve
from tests.shipped import LIBRARY, PHRASES

pytestmark = pytest.mark.encoder

QUERIES = (
    *("recording", "safegaurding", "what must I write down about a child's wishes"),
    *("consent to share", "don't blame", "Principle 2", "2.2.3", "<b>law</b> & order", "pizza"),
)
NEAREST = "These are the nearest passages. They may not answer what you typed."


@pytest.fixture(scope="module")
def reader(
    make_container: Make, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """A browser without scripts, in front of the real search."""
    knowledge = Knowledge.open(Settings.read().state_dir)
    state: Path = tmp_path_factory.mktemp("state")
    container = make_container(state_dir=state, client_limit="60000/minute")
    search = replace(container.search, knowledge=knowledge)
    with served(replace(container, knowledge=knowledge, search=search)) as client:
        yield client


def drawn(client: httpx.Client, address: str, **query: str) -> lxml.html.HtmlElement:
    reply = client.get(address, params=query)
    assert reply.status_code == 200
    return lxml.html.document_fromstring(reply.text)


@pytest.fixture(scope="module")
def anchors(reader: httpx.Client) -> dict[str, set[str]]:
    """What can be linked to on the page of each document."""
    return {
        each: set(drawn(reader, f"/sources/{each}").xpath("//@id")) for each in LIBRARY.documents
    }


def linked(page: lxml.html.HtmlElement) -> list[str]:
    """The ids of the passages that are shown, by where their links lead."""
    links = page.xpath(".//figure//figcaption//a/@href")
    return [link.removeprefix("/sources/").replace("#", ".") for link in links]


@pytest.mark.parametrize("document_id", LIBRARY.documents)
def test_every_entry_of_the_contents_leads_somewhere_and_back(
    client: httpx.Client, document_id: str
) -> None:
    page = drawn(client, f"/sources/{document_id}")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = page.xpath("//*[@id='contents']//a/@href")
    assert links
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert page.xpath("//*[@id='contents']//details//a")
    assert page.xpath("//article//a[@href='#contents']")


@pytest.mark.parametrize("q", ["2.3.4", "§2.3.4", "para 2.3.4", "Knowsley 2.3.4", "2.3.4 knowsley"])
def test_a_place_that_is_named_comes_first_and_alone(reader: httpx.Client, q: str) -> None:
    assert linked(drawn(reader, "/sources", q=q)) == ["003.2.3.4"]


def test_every_document_with_such_a_place_is_named(reader: httpx.Client) -> None:
    page = drawn(reader, "/sources", q="Principle 2")
    assert linked(page) == ["002.P2", "000.p2", "002.NF.b2"]
    (told,) = page.xpath("//h2[.='At this place']/following-sibling::p[1]")
    assert all(LIBRARY.documents[each].title in told.text_content() for each in ("000", "002"))
    both = linked(drawn(reader, "/sources", q="what does 2.3.4 say about sharing information"))
    assert both[0] == "003.2.3.4"
    assert len(both) == len(set(both)) > 1


@pytest.mark.parametrize(
    ("typed", "meant", "first"),
    [
        ("safegaurding", "safeguarding", "002.DEF.b1"),
        ("recroding", "recording", "003.2.6.1"),
        ("confidentialty", "confidentiality", "003.2.3.6"),
        ("intepreter", "interpreters", "002.P2"),
    ],
)
def test_a_misspelt_word_finds_what_it_means_and_says_so(
    reader: httpx.Client, typed: str, meant: str, first: str
) -> None:
    page = drawn(reader, "/sources", q=typed)
    assert linked(page)[0] == first
    assert f"Searched also for: {meant}" in page.text_content()
    assert NEAREST not in page.text_content()
    assert page.xpath("//input[@name='q']/@value") == [typed]


def test_what_the_conversation_takes_words_for_is_not_changed(reader: httpx.Client) -> None:
    asked: dict[str, str | int] = {"q": "safegaurding", "k": 1}
    assert reader.get("/api/v1/search", params=asked).json()["query"] == "safegaurding"


def test_what_may_not_answer_is_said_gently(reader: httpx.Client) -> None:
    page = drawn(reader, "/sources", q="pizza").text_content()
    assert NEAREST in page
    assert "None of these" not in page


@pytest.mark.parametrize("address", ["/sources", "/sources/compare"])
@pytest.mark.parametrize("q", QUERIES)
def test_a_quotation_is_the_passage_letter_for_letter_and_leads_to_it(
    reader: httpx.Client, anchors: dict[str, set[str]], address: str, q: str
) -> None:
    page = drawn(reader, address, q=q)
    shown = page.xpath("//figure//blockquote/p")
    assert shown or PHRASES.sources.none_near in page.text_content()
    for at, words in zip(linked(page), shown, strict=True):
        assert words.text_content() == LIBRARY.passages[at].text
        document_id, _, anchor = LIBRARY.citation(at).url.removeprefix("/sources/").partition("#")
        assert anchor in anchors[document_id]


def test_the_words_searched_for_are_marked_and_no_others(reader: httpx.Client) -> None:
    marked = drawn(reader, "/sources", q="what of recording?").xpath("//blockquote//mark/text()")
    assert marked
    assert {each.lower() for each in marked} <= {"record", "records", "recorded", "recording"}
    assert drawn(reader, "/sources", q="recroding").xpath("//blockquote//mark")


def test_documents_stand_side_by_side_and_one_says_that_it_has_nothing(
    reader: httpx.Client,
) -> None:
    page = drawn(reader, "/sources/compare", q="recording")
    columns = {
        column.xpath("./h2/@id")[0].removeprefix("document-"): column
        for column in page.xpath("//*[@class='columns']/section")
    }
    assert list(columns) == list(LIBRARY.documents)
    for document_id, column in columns.items():
        document = LIBRARY.documents[document_id]
        words = column.text_content()
        assert document.title in words
        assert document.version in words
        assert (document.area or "Not for one area").lower() in words.lower()
        assert {each.split(".")[0] for each in linked(column)} <= {document_id}
    assert linked(columns["003"])[0] in {"003.2.6.1", "003.2.6.2"}
    assert linked(columns["001"])[0] == "001.LC"
    assert linked(columns["004"])
    assert not linked(columns["000"])
    assert "nothing near this topic" in columns["000"].text_content()


def test_where_no_document_says_anything_it_is_said_once(reader: httpx.Client) -> None:
    page = drawn(reader, "/sources/compare", q="zxqv")
    assert PHRASES.sources.none_near in page.text_content()
    assert not page.xpath("//*[@class='columns']")
    assert PHRASES.sources.nearest_of_each not in page.text_content()
    assert page.xpath("//a[@href='/sources?q=zxqv']")


def test_every_notice_of_a_comparison_stands_once_below(reader: httpx.Client) -> None:
    page = drawn(reader, "/sources/compare", q="sharing information without consent")
    tags = page.xpath("//*[@class='tags']//a/@href")
    assert len(tags) > len(set(tags)) > 1
    notices = [each.get("id") for each in page.xpath("//ol[@class='notices']/li")]
    assert {tag.removeprefix("#") for tag in tags} == set(notices)
    assert not page.xpath("//*[@class='columns']//*[@role='note']")


def test_the_pages_lead_to_each_other(reader: httpx.Client) -> None:
    assert drawn(reader, "/sources").xpath("//a[@href='/sources/compare']")
    asked = drawn(reader, "/sources", q="consent & sharing")
    assert asked.xpath("//a[@href='/sources/compare?q=consent%20%26%20sharing']")
    compared = drawn(reader, "/sources/compare", q="consent & sharing")
    assert compared.xpath("//a[@href='/sources?q=consent%20%26%20sharing']")


@pytest.mark.parametrize("address", ["/sources", "/sources/compare"])
def test_both_take_the_care_of_a_search(reader: httpx.Client, address: str) -> None:
    def page(q: str) -> str:
        return reader.get(address, params={"q": q}).text

    assert "0018" not in page("can I share NHS number 999 000 0018")
    danger = page("she is not breathing")
    assert "Call 999 now" in danger
    assert "<figure" not in danger
    doubted = page("she may not be breathing, i doubt it")
    found = max(doubted.find(PHRASES.sources.none_near), doubted.lower().find("nearest passages"))
    assert doubted.index("Do not wait for this chat.") < found
    assert "too long" in page("x" * 2001)


@pytest.mark.parametrize("address", ["/sources", "/sources/compare"])
def test_whoever_asks_too_often_is_told(serve: Serve, address: str) -> None:
    client = serve(client_limit="1/minute")
    assert client.get(address, params={"q": "recording"}).status_code == 200
    refused = client.get(address, params={"q": "recording"})
    assert refused.status_code == 429
    assert PHRASES.refusals["too-many-requests"].title in refused.text
    assert client.get(address).status_code == 200
