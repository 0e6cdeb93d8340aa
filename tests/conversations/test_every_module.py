"""Every module of the induction, from start to finish with the real assistant over its API."""

from __future__ import annotations

from itertools import islice

import pytest

from bot.flows import Walk, paths
from bot.induction import Module, read_programme
from bot.messages import AnswerMessage, OutcomeMessage
from bot.settings import HOME
from knowledge.library import Library
from tests.assistant import Assistant, Talk
from tests.induction.passes import Picked, check_explained, clicks, passes
from tests.shipped import FLOWS

pytestmark = pytest.mark.rasa

MODULES = read_programme(HOME / "data" / "induction").modules
LIBRARY = Library.read()


def read(talk: Talk, module: Module) -> None:
    """Its passages, one after the other and word for word, and what to notice in each."""
    intro, passages = talk.choose(f"module:open/{module.id}")
    assert module.aim in intro.text
    assert all(reading.notice in intro.text for reading in module.read)
    assert isinstance(passages, AnswerMessage)
    assert [(quote.passage_id, quote.text) for quote in passages.quotes] == [
        (reading.passage, LIBRARY.quote(reading.passage).text) for reading in module.read
    ]


def try_the_flow(talk: Talk, module: Module) -> None:
    """By its shortest path, to an outcome that leads back to the module."""
    walk = min(paths(module.scenario.flow, FLOWS), key=ends_soon)
    talk.choose(f"start:{walk.flow}")
    for ref, option in walk.answers.items():
        replies = talk.choose(f"step:{ref}/{option}")
    outcome = next(each for each in replies if isinstance(each, OutcomeMessage) and each.final)
    end = walk.trace(FLOWS).outcome
    assert end
    assert (outcome.flow.id, outcome.flow.step) == (end.flow, end.id)
    assert replies[-1].text.startswith(f"You are in induction: {module.title}.")


def ends_soon(walk: Walk) -> tuple[bool, int]:
    outcome = walk.trace(FLOWS).outcome
    return outcome is None or outcome.kind == "safety", len(walk.answers)


def answer(talk: Talk, module: Module, picks: dict[str, Picked]) -> str:
    """Every question of the quiz; returns what is said at its end."""
    (asked,) = talk.choose("module:on")
    for question in module.quiz:
        assert question.ask in asked.text
        for click in clicks(module, question, picks[question.id]):
            replies = talk.choose(click)
        marked, asked = replies
        check_explained(marked, question, picks[question.id], LIBRARY)
    return asked.text


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_a_module_is_walked_from_start_to_finish(assistant: Assistant, module: Module) -> None:
    talk = assistant.talk()
    menu = talk.say("I'm new here")[-1]
    assert f"module:open/{module.id}" in [option.id for option in menu.options]
    read(talk, module)
    (scenario,) = talk.say("continue")
    assert module.scenario.text in scenario.text
    try_the_flow(talk, module)
    end = answer(talk, module, next(passes(module)))
    assert end.startswith(f"Module: {module.title} finished.")
    assert f"{len(module.quiz)} of {len(module.quiz)} right" in end


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_every_wrong_option_is_chosen_and_explained(assistant: Assistant, module: Module) -> None:
    talk = assistant.talk(mode="induction")
    for picks in islice(passes(module), 1, None):
        read(talk, module)
        talk.choose("module:on")
        right = sum(question.is_right(picks[question.id]) for question in module.quiz)
        assert f"{right} of {len(module.quiz)} right" in answer(talk, module, picks)
