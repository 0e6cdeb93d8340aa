"""The actions that walk flows: each is one thing a person may do, passed to the dialogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from actions.base import ActionInput, ActionResult, TurnAction
from actions.dialogue_manager import DialogueManager, asks, asks_to_be_led, decides
from actions.question import AnswerQuestion
from bot.choices import Choice, Verb
from bot.flows import DialogueStack, Flows, Move
from bot.flows.match import tells

# What is put as a question starts a flow only from here on.
CERTAIN = 0.95

Command = Callable[[DialogueStack, Flows], Move]
COMMANDS: dict[str, Command] = {
    "back": DialogueStack.back,
    "why": DialogueStack.why,
    "stop": DialogueStack.stop,
    "restart": DialogueStack.restart,
    "where": DialogueStack.where,
    "resume": DialogueStack.resume,
    "switch": DialogueStack.switch,
    "menu": DialogueStack.menu,
}


class StepFirst(TurnAction):
    """Any action, unless the words typed are one of the choices shown or of the open question.

    Words that begin with "actually" change an answer, unless they were understood as a command.
    Words that tell of the case answer the open question or nothing: they are not looked up.
    """

    def __init__(
        self, manager: DialogueManager, choose: TurnAction, change: TurnAction, action: TurnAction
    ) -> None:
        self.name = action.name
        self._manager = manager
        self._choose = choose
        self._change = change
        self._action = action

    def reply(self, turn: ActionInput) -> ActionResult:
        return self._manager.noting(turn, self._reply(turn))

    def _reply(self, turn: ActionInput) -> ActionResult:
        if quick_reply := self._manager.quick_reply(turn):
            return self._choose.reply(replace(turn, text="", choice=quick_reply))
        if said := self._manager.said(turn):
            return said
        if self._takes_back(turn):
            return self._manager.meant(turn) or self._change.reply(turn)
        if self._tells(turn):
            return self._manager.meant(turn) or self._manager.unclear(turn)
        return self._action.reply(turn)

    def _takes_back(self, turn: ActionInput) -> bool:
        if turn.choice or self.name not in (AnswerQuestion.name, StartFlow.name):
            return False
        rest = self._manager.dialogue(turn).taken_back(turn.text)
        return bool(rest) and not asks(rest)

    def _tells(self, turn: ActionInput) -> bool:
        if turn.choice or self.name != AnswerQuestion.name or not self._manager.is_open(turn):
            return False
        asked = asks(turn.text) or asks_to_be_led(turn.text)
        return tells(turn.text) and not asked and not self._manager.triggered(turn)


def step_first(manager: DialogueManager, actions: Sequence[TurnAction]) -> list[TurnAction]:
    named = {action.name: action for action in actions}
    choose, change = named[Choose.name], named[ChangeAnswer.name]
    return [StepFirst(manager, choose, change, action) for action in actions]


class WalkCommand(TurnAction):
    def __init__(self, manager: DialogueManager, command: str) -> None:
        self.name = f"action_{command}"
        self._manager = manager
        self._command = COMMANDS[command]

    def reply(self, turn: ActionInput) -> ActionResult:
        return self._manager.reply(self._command(self._manager.dialogue(turn), self._manager.flows))


class StartFlow(TurnAction):
    """Starts the flow that the words fit.

    What is put as a question is answered, with the flow offered beside the answer, unless it
    asks to be led through it, or asks what the person is to do, can hardly mean anything else,
    and no walk is open.
    """

    name = "action_start_flow"

    def __init__(self, manager: DialogueManager, question: TurnAction) -> None:
        self._manager = manager
        self._question = question

    def reply(self, turn: ActionInput) -> ActionResult:
        if meant := self._manager.meant(turn):
            return meant
        sure = turn.ranking[0].confidence
        led = asks_to_be_led(turn.text)
        task = led or not asks(turn.text) or (decides(turn.text) and sure >= CERTAIN)
        if not task or (asks(turn.text) and not led and self._manager.is_open(turn)):
            return self._question.reply(turn)
        return self._manager.start(turn, turn.intent.removeprefix("start_"))


class ChangeAnswer(TurnAction):
    name = "action_change_answer"

    def __init__(self, manager: DialogueManager) -> None:
        self._manager = manager

    def reply(self, turn: ActionInput) -> ActionResult:
        dialogue = self._manager.dialogue(turn)
        return self._manager.reply(
            dialogue.amend(turn.text, self._manager.flows, self._manager.similarity)
        )


class Choose(TurnAction):
    """What a click does. `others` answer the choices that are not about flows."""

    name = "action_choose"

    def __init__(
        self, manager: DialogueManager, others: Mapping[Verb, Callable[[ActionInput], ActionResult]]
    ) -> None:
        self._manager = manager
        self._others = others

    def reply(self, turn: ActionInput) -> ActionResult:
        choice = turn.choice
        if choice is None:
            return self._manager.unclear(turn)
        if choice.verb in self._others:
            return self._others[choice.verb](turn)
        move = self._move(choice, self._manager.dialogue(turn))
        return self._manager.reply(move) if move else self._manager.unclear(turn)

    def _move(self, choice: Choice, dialogue: DialogueStack) -> Move | None:
        flows = self._manager.flows
        match choice.verb, choice.argument.split("/"):
            case "step", [flow, step, option]:
                return dialogue.choose(f"{flow}/{step}", option, flows)
            case "change", [flow, step]:
                return dialogue.change(f"{flow}/{step}", flows)
            case "start", [flow] if flow in flows:
                return dialogue.start(flow, flows)
            case "do", [command] if command in COMMANDS:
                return COMMANDS[command](dialogue, flows)
            case "safety", _:
                return dialogue.where(flows)
        return None


def flow_actions(
    manager: DialogueManager,
    question: TurnAction,
    others: Mapping[Verb, Callable[[ActionInput], ActionResult]],
) -> list[TurnAction]:
    commands = ("back", "stop", "restart", "why", "where", "resume", "menu")
    walking = [WalkCommand(manager, command) for command in commands]
    return [*walking, StartFlow(manager, question), ChangeAnswer(manager), Choose(manager, others)]
