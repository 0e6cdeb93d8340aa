"""Induction beside flows and questions: which of them an utterance belongs to."""

from __future__ import annotations

from random import Random

import pytest

from actions.pipeline import Pipeline
from bot.choices import Choice
from bot.flows import DialogueStack
from bot.induction.codes import PLACEHOLDER, find, learner_id, new_code
from bot.induction.course import Course
from bot.messages import OutcomeMessage
from bot.understanding.turn import TurnInput
from tests.actions.conftest import Make
from tests.shipped import FLOWS, answered

ANSWER = "These are the words of"


class Talk:
    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.dialogue = DialogueStack()
        self.course = Course()

    def take(
        self,
        text: str = "",
        choice: str = "",
        action: str = "action_question",
        learner: str | None = None,
    ) -> list[str]:
        reply = self.pipeline.reply(
            TurnInput(
                text=text,
                choice=Choice.parse(choice) if choice else None,
                action="action_choose" if choice else action,
                learner=learner,
                dialogue=self.dialogue,
                course=self.course,
            )
        )
        if "dialogue" in reply.slots:
            self.dialogue = DialogueStack.from_json(reply.slots["dialogue"], FLOWS)
        if "induction" in reply.slots:
            self.course = Course.model_validate(reply.slots["induction"])
        self.messages = reply.messages
        return [message.text for message in reply.messages]


@pytest.fixture
def talk(make: Make) -> Talk:
    return Talk(make(answered("003.2.3.4")))


def test_a_question_in_the_quiz_is_answered_and_the_quiz_goes_on(talk: Talk) -> None:
    talk.take(choice="module:open/child_first")
    talk.take("continue")
    talk.take("continue")
    said = talk.take("what does Knowsley say about recording?")
    assert said[0].startswith(ANSWER)
    assert said[1].startswith("Question 1 of 4")


def test_the_scenario_opens_its_flow_and_leads_back(talk: Talk) -> None:
    talk.take(choice="module:open/child_first")
    talk.take("continue")
    said = talk.take(choice="start:rights_conflict")
    assert "immediate danger" in said[-1]
    assert not any("induction" in text for text in said)
    talk.take("no")
    said = talk.take(choice="step:rights_conflict/s2/children")
    assert any(isinstance(message, OutcomeMessage) for message in talk.messages)
    assert said[-1].startswith("You are in induction: The child first")
    assert talk.take("continue")[-1].startswith("Question 1 of 4")


def test_a_number_belongs_to_the_flow_while_one_is_open(talk: Talk) -> None:
    talk.take(choice="module:open/child_first")
    talk.take("continue")
    talk.take("continue")
    talk.take(choice="start:rights_conflict")
    assert "Who is in conflict" in talk.take("3")[-1]


def test_a_code_takes_the_learner_up_again_whatever_is_open(talk: Talk) -> None:
    said = talk.take(choice="module:join")
    code = find(said[0])
    assert code
    talk.dialogue, talk.course = DialogueStack(), Course()
    talk.take(choice="start:rights_conflict")
    said = talk.take(f"my code is {PLACEHOLDER}", learner=learner_id(code))
    assert said[0].startswith("This is induction")
    assert talk.course.learner == learner_id(code)
    assert "Who is in conflict" in talk.take("no")[-1]


def test_a_code_that_nobody_has_is_said_to_be_unknown_and_leaves_no_trace(talk: Talk) -> None:
    learner = learner_id(new_code(Random(0).choice))
    assert "not known" in talk.take(PLACEHOLDER, learner=learner)[0]
    assert learner not in f"{talk.dialogue}{talk.course}"
    assert talk.take(f"my code is {PLACEHOLDER}")[0].startswith(ANSWER)


def test_without_induction_nothing_is_added(talk: Talk) -> None:
    (said,) = talk.take("what does Knowsley say about recording?")
    assert said.startswith(ANSWER)
    assert talk.take(action="action_induction")[0].startswith("This is induction")
