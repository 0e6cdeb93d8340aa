"""Sources, passages, flows and feedback over the API."""

from __future__ import annotations

import httpx

from tests.api.standins import Shelf, Talk


def test_a_search_takes_the_same_care_as_a_turn(client: httpx.Client) -> None:
    asked: dict[str, str | int] = {"q": "can I share NHS number 999 000 0018", "k": 3}
    found = client.get("/api/v1/search", params=asked).json()
    assert "0018" not in found["query"]
    assert found["safety"] is None
    assert len(found["passages"]) == 3
    assert {"passage_id", "text", "citation", "notices", "score"} <= set(found["passages"][0])
    danger = client.get("/api/v1/search", params={"q": "she is not breathing"}).json()
    assert danger["safety"]["text"].startswith("Call 999")
    assert danger["passages"] == []


def test_the_search_page_takes_it_too(client: httpx.Client) -> None:
    def page(q: str) -> str:
        return client.get("/sources", params={"q": q}).text

    assert "0018" not in page("can I share NHS number 999 000 0018")
    assert "Call 999 now" in page("she is not breathing")
    assert "too long" in page("x" * 2001)


def test_every_passage_is_a_slice_of_its_source(client: httpx.Client, shelf: Shelf) -> None:
    seen = 0
    for summary in client.get("/api/v1/sources").json():
        source = client.get(f"/api/v1/sources/{summary['id']}").json()
        for passage in source["passages"]:
            text = source["text"][passage["start"] : passage["end"]]
            assert text == shelf.library.passages[passage["id"]].text
            seen += 1
    assert seen == len(shelf.library.passages)


def test_a_passage_comes_with_its_neighbours(client: httpx.Client, shelf: Shelf) -> None:
    first, second = [each for each in shelf.library.order if each.startswith("003.")][:2]
    shown = client.get(f"/api/v1/passages/{first}").json()
    assert shown["before"] is None
    assert shown["after"]["passage_id"] == second
    assert shown["passage"]["citation"]["url"].startswith("/sources/003#")


def test_a_flow_is_shown_whole(client: httpx.Client) -> None:
    listed = client.get("/api/v1/flows").json()
    for flow in listed:
        graph = client.get(f"/api/v1/flows/{flow['id']}").json()
        steps = {step["id"] for step in graph["steps"]}
        nodes = steps | {outcome["id"] for outcome in graph["outcomes"]}
        others = {other["id"] for other in listed}
        assert graph["start"] in steps
        for step in graph["steps"]:
            assert {option["go"] for option in step["options"]} <= nodes | others


def test_feedback_has_fixed_reasons_and_needs_the_token(talk: Talk) -> None:
    talk.say("hello")

    def rate(turn: int, reason: str | None, headers: dict[str, str]) -> int:
        body = {"conversation_id": talk.id, "turn": turn, "rating": "not_useful", "reason": reason}
        return talk.client.post("/api/v1/feedback", json=body, headers=headers).status_code

    assert rate(1, "missing", talk.headers) == 204
    assert rate(1, None, talk.headers) == 204
    assert rate(1, "because of Jane", talk.headers) == 422
    assert rate(9, "missing", talk.headers) == 404
    assert rate(1, "missing", {}) == 401
