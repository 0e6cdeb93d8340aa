"""A policy officer adds a flow: one file, and everything else finds it."""

from __future__ import annotations

import os
import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest

from bot.flows import DialogueStack, Flows, Utterance, read_flows
from bot.flows.check import problems
from bot.flows.draw import contents
from bot.operations.rasa_process import PYTHON
from bot.settings import HOME
from knowledge.library import Library

LEND = """
id: lend
title: May I lend this book?
task: Sharing information
triggers: [may I lend my library book]
examples:
  - he wants to borrow my library book, is that alright
start: s1
steps:
  s1:
    ask: Is it yours?
    why: You can lend only what is yours.
    options:
      - {id: yes, label: "Yes", go: o_lend}
      - {id: no, label: "No", go: o_ask}
outcomes:
  o_lend: {kind: info, say: The sources say that it is yours to lend., quotes: [000.p1]}
  o_ask: {kind: info, say: The sources say to ask the owner., quotes: [000.p1]}
"""
IN_RASA = """
from bot.rasa.components.importer import FlowImporter
importer = FlowImporter(flows="data/flows")
print([m.get("text") for m in importer.get_nlu_data().intent_examples
       if m.get("intent") == "start_lend"])
print("start_lend" in importer.get_domain().intents)
print([s.block_name for s in importer.get_stories().story_steps if "lend" in s.block_name])
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("added") / "data"
    shutil.copytree(HOME / "data" / "flows", data / "flows")
    for shared in ("flows_shared.yaml", "citation_rules.yaml"):
        shutil.copy(HOME / "data" / shared, data)
    (data / "flows" / "lend.yaml").write_text(LEND, "utf-8")
    return data


@pytest.fixture(scope="module")
def added(data: Path) -> Flows:
    return read_flows(data / "flows")


def test_it_is_read_checked_and_in_the_menu(added: Flows) -> None:
    assert problems(added, Library.read().passages) == []
    (menu,) = DialogueStack().menu(added).responses
    assert isinstance(menu, Utterance)
    offered = {reply.choice: reply.group for reply in menu.quick_replies}
    assert offered["start:lend"] == "Sharing information"
    assert "[May I lend this book?](lend.md)" in contents(added)


def test_words_that_start_another_flow_already_are_named(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data, tmp_path / "data")
    wrong = LEND.replace("may I lend my library book", "first safeguarding concern")
    (tmp_path / "data" / "flows" / "lend.yaml").write_text(wrong.lstrip(), "utf-8")
    found = problems(read_flows(tmp_path / "data" / "flows"), Library.read().passages)
    assert [str(each) for each in found] == [
        "flows/lend.yaml:1: “first safeguarding concern” stands in flows/new_concern.yaml too"
    ]


@pytest.mark.rasa
def test_rasa_learns_its_examples_its_intent_and_its_rule(data: Path) -> None:
    done = subprocess.run(
        [HOME / PYTHON, "-W", "ignore", "-c", textwrap.dedent(IN_RASA)],
        cwd=data.parent,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-3:] == [
        "['may I lend my library book', 'he wants to borrow my library book, is that alright']",
        "True",
        "['start lend']",
    ]
