"""Induction in conversation: what was clicked or asked for goes to the tutor."""

from __future__ import annotations

from dataclasses import replace

from actions.base import ActionInput, ActionResult, TurnAction
from actions.dialogue_manager import DialogueManager
from bot.induction.course import Course
from bot.induction.tutor import CourseReply, Tutor

COMMANDS = {
    "start_induction": "list",
    "continue_induction": "on",
    "skip_module": "skip",
    "my_progress": "where",
}


class InductionAction(TurnAction):
    name = "action_induction"

    def __init__(self, tutor: Tutor) -> None:
        self.tutor = tutor

    def reply(self, turn: ActionInput) -> ActionResult:
        return remembered(self._step(turn, course_of(turn)))

    def _step(self, turn: ActionInput, course: Course) -> CourseReply:
        if turn.choice:
            return self.tutor.choose(course, turn.choice)
        if turn.intent == "quiz_me":
            return self.tutor.quiz_on(course, turn.text)
        return self.tutor.command(course, COMMANDS.get(turn.intent, "list"))


class LearnerFirst(TurnAction):
    """Any action, unless a learner types their code or answers the quiz in words.

    An open flow comes before induction: its questions are never taken for the quiz's. A code
    answers nobody's question, so it is taken wherever it is typed.
    """

    def __init__(self, manager: DialogueManager, tutor: Tutor, action: TurnAction) -> None:
        self.name = action.name
        self._manager = manager
        self._tutor = tutor
        self._action = action

    def reply(self, turn: ActionInput) -> ActionResult:
        course = course_of(turn)
        if turn.learner:
            return remembered(self._tutor.resume(course, turn.learner))
        heard = None if self._manager.is_open(turn) else self._tutor.hear(course, turn.text)
        if heard:
            return remembered(heard)
        reply = self._action.reply(turn)
        after = replace(turn, dialogue=reply.slots.get("dialogue", turn.dialogue))
        if "induction" in reply.slots or self._manager.is_open(after):
            return reply
        return ActionResult([*reply.messages, *self._tutor.ask_again(course)], reply.slots)


def course_of(turn: ActionInput) -> Course:
    return Course.model_validate(turn.induction or {})


def remembered(step: CourseReply) -> ActionResult:
    course, messages = step
    return ActionResult(messages, {"induction": course.model_dump(mode="json")})
