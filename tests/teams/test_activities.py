from __future__ import annotations

from typing import Any

import pytest

from bench.shapes import cpu_ms
from bot.channels.teams.activities import LONGEST_TEXT, Typed, read
from tests.teams.microsoft import BOT, TENANT

OURS = "<at>First Principles</at>"
THEIRS = "<at>B C</at>"


def mention(text: str | None, who: str = "29:b", name: str = "B C") -> dict[str, Any]:
    return {"type": "mention", "mentioned": {"id": who, "name": name}, "text": text}


OUR_MENTION = mention(OURS, BOT["id"])


def activity(text: str, *entities: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "id": "activity-1",
        "channelId": "msteams",
        "serviceUrl": "https://smba.example.org/uk/",
        "from": {"id": "29:person", "name": "Alex Practitioner"},
        "recipient": BOT,
        "conversation": {"id": "19:chat", "tenantId": TENANT},
        "channelData": {"tenant": {"id": TENANT}},
        "text": text,
        "entities": list(entities),
        **fields,
    }


def typed(body: dict[str, Any]) -> str:
    event = read(body, frozenset({TENANT})).event
    assert isinstance(event, Typed)
    return event.text


@pytest.mark.parametrize(
    ("text", "entities", "heard"),
    [
        (f"{OURS} can {THEIRS} see?", [OUR_MENTION, mention(THEIRS)], "can [name] see?"),
        (f"{OURS} hello", [mention(None, BOT["id"], BOT["name"])], "hello"),
        (f"{THEIRS} and {THEIRS}", [mention(THEIRS)], "[name] and [name]"),
        (f"{THEIRS} again", [], "[name] again"),
        ("<at>Ann &amp; Bo</at> &lt;3", [mention("<at>Ann &amp; Bo</at>")], "[name] <3"),
        ("who is at work", [mention("a")], "who is at work"),
        ("Mum &#38; dad", [], "Mum & dad"),
    ],
)
def test_mentions_are_taken_out(text: str, entities: list[dict[str, Any]], heard: str) -> None:
    assert typed(activity(text, *entities)) == heard


def test_a_mention_is_not_looked_for_in_what_stands_for_another() -> None:
    mentions = [mention(letter) for letter in "[name]"] * 3
    assert typed(activity(f"{THEIRS} nodded", *mentions)) == "[name] nodded"


def test_a_number_of_thousands_of_digits_is_no_character() -> None:
    assert typed(activity(f"a &#{'9' * 5_000}; b")) == "a \ufffd b"


def test_of_a_text_too_long_for_teams_both_ends_are_read() -> None:
    text = typed(activity("he" + " has" * LONGEST_TEXT + " a knife"))
    assert len(text) == LONGEST_TEXT
    assert text.startswith("he has")
    assert text.endswith("a knife")


@pytest.mark.parametrize(
    "body",
    [
        activity("n" * 1_000, *[mention("n")] * 20_000),
        activity("hello", *[mention(f"<at>{number}</at>") for number in range(20_000)]),
        activity(f"<at>{'a' * 35_000}</at>", mention(f"<at>{'a' * 35_000}</at>")),
        activity(f"{THEIRS} " * 20_000, *[mention(THEIRS)] * 20_000),
        activity("<at>" * 250_000),
        activity("<at " * 250_000),
        activity("a" * 100_000, *[mention("a" * 17_000 + "b")] * 20),
        activity("&" * 1_000_000),
        activity("&a" * 500_000),
        activity("&#1;" * 250_000),
        activity("hello", attachments=[{"contentType": "text/html", "content": "a"}] * 40_000),
    ],
    ids=range(11),
)
def test_no_activity_takes_long_to_read(body: dict[str, Any]) -> None:
    assert cpu_ms(lambda: typed(body)) < 100


@pytest.mark.parametrize(
    "broken",
    [
        {"entities": "x"},
        {"entities": [5, None, {"type": "mention", "mentioned": 5}]},
        {"timestamp": "x"},
        {"locale": 5},
    ],
)
def test_a_field_that_is_broken_hides_no_words(broken: dict[str, Any]) -> None:
    assert typed(activity("he has a knife", **broken)) == "he has a knife"
