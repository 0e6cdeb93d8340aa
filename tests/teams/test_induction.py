"""Every module of the induction in Teams: cards out, clicks in, every option chosen once."""

from __future__ import annotations

from typing import Any

import pytest

from bot.induction import Module, read_programme
from bot.induction.model import QuizQuestion
from bot.settings import HOME
from knowledge.library import Library
from tests.induction.passes import Picked, clicks, due, passages_due, passes, verdict
from tests.teams.client import Chat
from tests.teams.microsoft import Microsoft, actions, texts
from tests.teams.walker import START_INDUCTION

PROGRAMME = read_programme(HOME / "data" / "induction")
LIBRARY = Library.read()


class Learner:
    """Clicks, and waits for the cards that a click is to bring."""

    def __init__(self, chat: Chat, microsoft: Microsoft) -> None:
        self.chat = chat
        self.microsoft = microsoft
        chat.say(START_INDUCTION)
        self.cards = microsoft.wait_for(3)

    def click(self, choice: str, brings: int = 1) -> list[Any]:
        seen = len(self.cards)
        self.chat.choose(choice)
        self.cards = self.microsoft.wait_for(seen + brings)
        return self.cards[seen:]

    def answer(self, module: Module, picks: dict[str, Picked]) -> Any:
        """Every question of the quiz; returns the card at its end."""
        (asked,) = self.click("module:on")
        for question in module.quiz:
            assert question.ask in texts(asked)[0]
            *picked, last = clicks(module, question, picks[question.id])
            for choice in picked:
                self.click(choice)
            marked, asked = self.click(last, brings=2)
            check_explained(marked, question, picks[question.id])
        return asked


def check_explained(card: Any, question: QuizQuestion, picked: Picked) -> None:
    shown = "\n".join(texts(card))
    assert shown.startswith(verdict(question, picked))
    assert all(option.why in shown for option in due(question, picked))
    assert all(note in shown for note in (question.superseded, question.fixed) if note)
    for passage in passages_due(question, picked):
        assert all(line in shown for line in lines_of(passage))


def lines_of(passage: str) -> list[str]:
    return [line for line in LIBRARY.quote(passage).text.split("\n") if line.strip()]


@pytest.fixture
def learner(chat: Chat, microsoft: Microsoft) -> Learner:
    return Learner(chat, microsoft)


@pytest.mark.parametrize("module", PROGRAMME.modules, ids=lambda module: module.id)
def test_a_module_is_walked_and_every_option_explained(learner: Learner, module: Module) -> None:
    assert len(actions(learner.cards[-1])) > len(PROGRAMME.modules)
    learner.click(f"module:open/{module.id}", brings=2)
    for picks in passes(module):
        intro, passages = learner.cards[-2:]
        assert module.aim in texts(intro)
        for reading in module.read:
            assert set(lines_of(reading.passage)) <= set(texts(passages))
        (scenario,) = learner.click("module:on")
        assert module.scenario.text in texts(scenario)[0]
        end = texts(learner.answer(module, picks))
        right = sum(question.is_right(picks[question.id]) for question in module.quiz)
        assert end[0] == f"Module: {module.title} finished. {right} of {len(module.quiz)} right."
        learner.click("module:list")
        learner.click(f"module:open/{module.id}", brings=2)


def test_the_scenarios_flow_is_walked_and_leads_back(learner: Learner) -> None:
    module = PROGRAMME.modules[0]
    learner.click(f"module:open/{module.id}", brings=2)
    learner.click("module:on")
    learner.click(f"start:{module.scenario.flow}", brings=2)
    learner.click(f"step:{module.scenario.flow}/s1/no")
    *_, reminder = learner.click(f"step:{module.scenario.flow}/s2/children", brings=2)
    assert texts(reminder)[0].startswith(f"You are in induction: {module.title}.")
    (asked,) = learner.click("module:on")
    assert module.quiz[0].ask in texts(asked)[0]


def test_a_code_is_shown_and_a_role_changes_the_example(learner: Learner) -> None:
    (code,) = learner.click("module:join")
    assert "Your code is" in texts(code)[0]
    learner.click("module:list")
    learner.click("module:role/police")
    module = PROGRAMME.modules[0]
    learner.click(f"module:open/{module.id}", brings=2)
    (scenario,) = learner.click("module:on")
    assert module.scenario.roles["police"] in texts(scenario)[0]
