from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.settings import HOME
from bot.understanding.normalisation import normalise
from bot.understanding.safety.head import NONE
from bot.understanding.training.messages import (
    OF_AUTHORS,
    AuthorsLine,
    Collection,
    Labelled,
    _add_authors_line,
    authors_lines,
    read_messages,
)
from knowledge.errors import ContentError
from knowledge.heads import KINDS
from knowledge.text_pairs import with_asked
from tests.shipped import FLOWS, LIBRARY


def line(**more: object) -> AuthorsLine:
    return AuthorsLine.model_validate({"q": "x", "kind": "answer", "author": "a test", **more})


@pytest.fixture(scope="module")
def messages() -> list[Labelled]:
    return read_messages(HOME, lambda text: text)


@pytest.mark.parametrize(
    ("kind", "reason", "danger"),
    [
        ("emergency", None, "immediate_danger"),
        ("emergency", "self_harm", "self_harm"),
        ("emergency", "grief", "immediate_danger"),
        ("role", "child_user", "child_user"),
        ("role", "accused", NONE),
        ("answer", "child_user", NONE),
        ("reply", "self_harm", "self_harm"),
        ("reply", None, NONE),
    ],
)
def test_what_an_author_says_of_danger(kind: str, reason: str | None, danger: str) -> None:
    assert line(kind=kind, reason=reason).danger == danger


def test_every_message_of_the_authors_is_learnt_from(messages: list[Labelled]) -> None:
    known = {each.text: each for each in messages}
    texts = [
        with_asked(each.asked, normalise(each.text)) if each.asked else normalise(each.text)
        for each in authors_lines(HOME)
        if not each.options or each.option
    ]
    assert len(texts) > 3000
    assert {known[text].weight for text in texts} == {OF_AUTHORS}


def test_a_reply_is_read_after_what_was_asked_and_alone_only_if_it_is_calm() -> None:
    found = Collection(str)
    asked = "Is the child in danger now?"
    _add_authors_line(found, line(kind="reply", asked=asked, q="not any more"))
    _add_authors_line(
        found, line(kind="reply", asked=asked, q="yes", reason="immediate_danger", certain=True)
    )
    assert {text: each.danger for text, each in found.messages.items()} == {
        f"{asked} [SEP] not any more": NONE,
        "not any more": NONE,
        f"{asked} [SEP] yes": "immediate_danger",
    }


def test_a_reply_in_own_words_is_read_beside_each_option() -> None:
    found = Collection(str)
    reply = {"kind": "reply", "asked": "Who would interpret?", "options": ["A relative", "Nobody"]}
    _add_authors_line(found, line(**reply, q="the aunt", option="A relative"))
    _add_authors_line(found, line(**reply, q="why?"))
    beside = {text: each.means for text, each in found.messages.items() if each.means is not None}
    assert beside == {
        "Who would interpret? [SEP] the aunt [SEP] A relative": True,
        "Who would interpret? [SEP] the aunt [SEP] Nobody": False,
        "Who would interpret? [SEP] why? [SEP] A relative": False,
        "Who would interpret? [SEP] why? [SEP] Nobody": False,
    }
    # Of a reply that settles nothing nobody has said whether it tells of danger.
    assert "Who would interpret? [SEP] why?" not in found.messages
    assert {each.danger for each in found.messages.values() if each.means is not None} == {None}


def test_the_words_before_stand_on_the_other_side_of_the_mark() -> None:
    assert line(context=["he left", "on Monday"], q="who writes it?").text == (
        "he left\non Monday [SEP] who writes it?"
    )


def test_what_is_known_names_what_is_there(messages: list[Labelled]) -> None:
    assert {each.kind for each in messages} <= {None, *KINDS}
    assert {each.flow for each in messages} <= {None, *FLOWS}
    assert set().union(*(each.passages for each in messages)) <= set(LIBRARY.passages)


def test_each_text_is_learnt_once_and_redacted() -> None:
    found = Collection(lambda text: text.replace("Kieran", "[name]"))
    found.add("Kieran is late", kind="answer")
    found.add("[name] is late", passages=frozenset({"000.p1"}))
    found.add(" ")
    assert list(found.messages.values()) == [
        Labelled("[name] is late", NONE, "answer", passages=frozenset({"000.p1"}))
    ]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({"q": "x", "kind": "answer"}, r"new\.jsonl:1: 'author' is missing"),
        ({"q": "x", "kind": "answer", "author": "a", "danger": True}, r"unknown key 'danger'"),
        ({"q": "x", "kind": "role", "author": "a", "reason": "boredom"}, r"new\.jsonl:1"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, written: object, problem: str) -> None:
    folder = tmp_path / "data" / "messages"
    folder.mkdir(parents=True)
    (folder / "new.jsonl").write_text(f"{json.dumps(written)}\n", "utf-8")
    with pytest.raises(ContentError, match=problem):
        list(authors_lines(tmp_path))
