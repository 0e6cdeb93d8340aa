"""The actions that walk flows: each is one thing a person may do, passed to the dialogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from actions.desk import Desk, asks, asks_to_be_led, decides
from actions.question import Question
from actions.turn import Reply, Turn, TurnAction
from bot.choices import Choice, Verb
from bot.flows import Dialogue, Flows, Move
from bot.flows.match import tells

# What is put as a question starts a flow only from here on.
CERTAIN = 0.95

Command = Callable[[Dialogue, Flows], Move]
COMMANDS: dict[str, Command] = {
    "back": Dialogue.back,
    "why": Dialogue.why,
    "stop": Dialogue.stop,
    "restart": Dialogue.restart,
    "where": Dialogue.where,
    "resume": Dialogue.resume,
    "switch": Dialogue.switch,
    "menu": Dialogue.menu,
}


class StepFirst(TurnAction):
    """Any action, unless the words typed are one of the choices shown or of the open question.

    Words that begin with "actually" change an answer, unless they were understood as a command.
    Words that tell of the case answer the open question or nothing: they are not looked up.
    """

    def __init__(
        self, desk: Desk, choose: TurnAction, change: TurnAction, action: TurnAction
    ) -> None:
        self.name = action.name
        self._desk = desk
        self._choose = choose
        self._change = change
        self._action = action

    def reply(self, turn: Turn) -> Reply:
        return self._desk.noting(turn, self._reply(turn))

    def _reply(self, turn: Turn) -> Reply:
        if way := self._desk.way(turn):
            return self._choose.reply(replace(turn, text="", choice=way))
        if said := self._desk.said(turn):
            return said
        if self._takes_back(turn):
            return self._desk.meant(turn) or self._change.reply(turn)
        if self._tells(turn):
            return self._desk.meant(turn) or self._desk.unclear(turn)
        return self._action.reply(turn)

    def _takes_back(self, turn: Turn) -> bool:
        if turn.choice or self.name not in (Question.name, StartFlow.name):
            return False
        rest = self._desk.dialogue(turn).taken_back(turn.text)
        return bool(rest) and not asks(rest)

    def _tells(self, turn: Turn) -> bool:
        if turn.choice or self.name != Question.name or not self._desk.is_open(turn):
            return False
        asked = asks(turn.text) or asks_to_be_led(turn.text)
        return tells(turn.text) and not asked and not self._desk.triggered(turn)


def step_first(desk: Desk, actions: Sequence[TurnAction]) -> list[TurnAction]:
    named = {action.name: action for action in actions}
    choose, change = named[Choose.name], named[ChangeAnswer.name]
    return [StepFirst(desk, choose, change, action) for action in actions]


class WalkCommand(TurnAction):
    def __init__(self, desk: Desk, command: str) -> None:
        self.name = f"action_{command}"
        self._desk = desk
        self._command = COMMANDS[command]

    def reply(self, turn: Turn) -> Reply:
        return self._desk.reply(self._command(self._desk.dialogue(turn), self._desk.flows))


class StartFlow(TurnAction):
    """Starts the flow that the words fit.

    What is put as a question is answered, with the flow offered beside the answer, unless it
    asks to be led through it, or asks what the person is to do, can hardly mean anything else,
    and no walk is open.
    """

    name = "action_start_flow"

    def __init__(self, desk: Desk, question: TurnAction) -> None:
        self._desk = desk
        self._question = question

    def reply(self, turn: Turn) -> Reply:
        if meant := self._desk.meant(turn):
            return meant
        sure = turn.ranking[0].confidence
        led = asks_to_be_led(turn.text)
        task = led or not asks(turn.text) or (decides(turn.text) and sure >= CERTAIN)
        if not task or (asks(turn.text) and not led and self._desk.is_open(turn)):
            return self._question.reply(turn)
        return self._desk.start(turn, turn.intent.removeprefix("start_"))


class ChangeAnswer(TurnAction):
    name = "action_change_answer"

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def reply(self, turn: Turn) -> Reply:
        dialogue = self._desk.dialogue(turn)
        return self._desk.reply(dialogue.amend(turn.text, self._desk.flows, self._desk.similarity))


class Choose(TurnAction):
    """What a click does. `others` answer the choices that are not about flows."""

    name = "action_choose"

    def __init__(self, desk: Desk, others: Mapping[Verb, Callable[[Turn], Reply]]) -> None:
        self._desk = desk
        self._others = others

    def reply(self, turn: Turn) -> Reply:
        choice = turn.choice
        if choice is None:
            return self._desk.unclear(turn)
        if choice.verb in self._others:
            return self._others[choice.verb](turn)
        move = self._move(choice, self._desk.dialogue(turn))
        return self._desk.reply(move) if move else self._desk.unclear(turn)

    def _move(self, choice: Choice, dialogue: Dialogue) -> Move | None:
        flows = self._desk.flows
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
    desk: Desk, question: TurnAction, others: Mapping[Verb, Callable[[Turn], Reply]]
) -> list[TurnAction]:
    commands = ("back", "stop", "restart", "why", "where", "resume", "menu")
    walking = [WalkCommand(desk, command) for command in commands]
    return [*walking, StartFlow(desk, question), ChangeAnswer(desk), Choose(desk, others)]
