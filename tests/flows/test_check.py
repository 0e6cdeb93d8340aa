from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.flows import Flows, read_flows
from bot.flows.check import problems, unquotable
from knowledge.errors import ContentError
from knowledge.library import Library

SHARED = """
tasks: [Sharing]
cards: {}
decides: {info: You decide., safety: Call now.}
answers: {"Yes": [yeah], "No": [nope]}
"""

FLOW = """
id: lend
title: May I lend this book?
task: Sharing
triggers: [may I lend it]
start: s1
steps:
  s1:
    ask: Is it yours?
    why: You can lend only what is yours.
    options:
      - {id: yes, label: "Yes", go: o_lend}
      - {id: no, label: "No", go: o_ask}
outcomes:
  o_lend: {kind: info, say: The sources say it is yours to lend., quotes: [000.p1]}
  o_ask: {kind: info, say: The sources say to ask the owner., quotes: [000.p1]}
"""


def written(folder: Path, flow: str, shared: str = SHARED) -> Flows:
    (folder / "flows").mkdir()
    (folder / "flows_shared.yaml").write_text(shared)
    (folder / "citation_rules.yaml").write_text("{outcomes: [], decides: []}")
    (folder / "flows" / "lend.yaml").write_text(flow.lstrip())
    return read_flows(folder / "flows")


def test_the_flows_that_are_here_have_no_problems(flows: Flows) -> None:
    assert [str(each) for each in problems(flows, Library.read().passages)] == []


@pytest.mark.parametrize(
    ("was", "becomes", "line", "words"),
    [
        ("why: You can", "whi: You can", 9, "unknown key 'whi'"),
        ("    why: You can lend only what is yours.\n", "", 8, "'why' is missing"),
        ('"No", go: o_ask}', '"No"}', 12, "'go' is missing"),
        ("go: o_ask", "go: o_gone", 12, "'o_gone' is no step, outcome or flow"),
        ("kind: info, say: The sources say to", "kind: advice, say: To", 15, "lacks 'advice'"),
        ("start: s1", "start: s9", 1, "start 's9' is not a step"),
        ("go: o_ask", "go: o_lend", 15, "nothing leads to 'o_ask'"),
        ("id: lend", "id: borrow", 1, "must be the file's name"),
        ("task: Sharing", "task: Sharin", 3, "unknown task 'Sharin'"),
        ("id: no,", "id: yes,", 11, "two options have the same id"),
        ("kind: info, say: The sources say to", "kind: maybe, say: To", 15, "unknown kind 'maybe'"),
        ("title: May", "title: May I\ntitle: May", 3, "'title' is written twice"),
        ("title: May I lend this book?", "title: [", 4, "not YAML"),
        ("    why: You", "\twhy: You", 9, "this line holds a tab"),
        ("say: The sources say to ask the owner.", 'say: ""', 15, "this is empty"),
        ("triggers: [may I lend it]", "triggers: often", 4, "a list is expected"),
        (
            "say: The sources say to ask the owner.",
            "say: Ask., then: o_ask",
            15,
            "comes back to itself without a question",
        ),
        (
            "say: The sources say to ask the owner.",
            "say: Ask., offer: {label: On, step: s1, option: maybe}",
            15,
            "offers 's1/maybe'",
        ),
    ],
)
def test_a_flow_that_cannot_be_walked_is_refused_with_file_and_line(
    tmp_path: Path, was: str, becomes: str, line: int, words: str
) -> None:
    assert was in FLOW
    with pytest.raises(ContentError, match=re.escape(words)) as refused:
        written(tmp_path, FLOW.replace(was, becomes))
    assert str(refused.value.violations[0].place) == f"flows/lend.yaml:{line}"


def test_what_cannot_be_quoted_is_named_apart_from_what_reads_badly(tmp_path: Path) -> None:
    flows = written(tmp_path, FLOW.replace("owner., quotes: [000.p1]", "owner., quotes: [000.p9]"))
    assert [str(each) for each in unquotable(flows, {"000.p1"})] == [
        "flows/lend.yaml:15: there is no passage '000.p9'"
    ]


def test_a_file_in_another_code_is_refused_with_file_and_line(tmp_path: Path) -> None:
    written(tmp_path, FLOW)
    curly = FLOW.lstrip().replace("Is it yours?", "Isn’t it yours?").encode("cp1252")
    (tmp_path / "flows" / "lend.yaml").write_bytes(curly)
    with pytest.raises(ContentError, match="save this file as UTF-8") as refused:
        read_flows(tmp_path / "flows")
    assert str(refused.value.violations[0].place) == "flows/lend.yaml:8"


@pytest.mark.parametrize(
    ("was", "becomes", "line", "words"),
    [
        ("ask the owner., quotes: [000.p1]", "ask the owner.", 15, "has no source"),
        ("owner., quotes: [000.p1]", "owner., quotes: [000.p99]", 15, "no passage '000.p99'"),
        ("owner., quotes", "owner., cards: [gone], quotes", 15, "no card 'gone'"),
        ("The sources say to ask", "You should share it with", 15, "never decides"),
        ("Is it yours?", "Is it " + "really " * 30 + "yours?", 8, "`ask` has 33 words"),
        ('label: "No"', 'label: "Yeah"', 8, "'yeah' would fit more than one option"),
        ("kind: info, say: The sources say to", "kind: safety, say: To", 15, "about safety"),
    ],
)
def test_what_a_reader_would_stumble_over_is_named_with_file_and_line(
    tmp_path: Path, was: str, becomes: str, line: int, words: str
) -> None:
    assert was in FLOW
    found = problems(written(tmp_path, FLOW.replace(was, becomes)), {"000.p1"})
    assert any(words in each.text for each in found), found
    assert {str(each.place) for each in found} == {f"flows/lend.yaml:{line}"}


def test_the_small_flow_itself_is_sound(tmp_path: Path) -> None:
    assert problems(written(tmp_path, FLOW), {"000.p1"}) == []
