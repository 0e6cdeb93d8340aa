"""What a click means, or a choice that was typed."""

from __future__ import annotations

from collections.abc import Callable

from bot.choices import Choice
from bot.flows import DialogueStack, Flows, Move
from bot.understanding.meaning import CourseChoice, FlowMove, Lookup, Meaning
from bot.understanding.questions import QuestionReader
from bot.understanding.turn import TurnInput
from bot.understanding.walks import WalkReader

# The commands that a yes may mean. It never changes an answer, or starts again and loses them.
OFFERED_COMMANDS = ("answer", "switch", "resume")

FlowCommand = Callable[[DialogueStack, Flows], Move]
FLOW_COMMANDS: dict[str, FlowCommand] = {
    "back": DialogueStack.back,
    "why": DialogueStack.why,
    "stop": DialogueStack.stop,
    "restart": DialogueStack.restart,
    "where": DialogueStack.where,
    "resume": DialogueStack.resume,
    "switch": DialogueStack.switch,
    "menu": DialogueStack.menu,
}
ANSWER_INSTEAD = Choice("do", "answer")
"""Look up the words that a flow was started for."""


def known_choices(flows: Flows) -> frozenset[str]:
    """The ids of all that a button may do outside a walk."""
    commands = (str(Choice("do", command)) for command in FLOW_COMMANDS)
    starts = (str(Choice("start", flow)) for flow in flows)
    return frozenset([*commands, *starts, str(Choice("module", "list"))])


def is_offer(choice: Choice) -> bool:
    return choice.verb == "start" or (choice.verb == "do" and choice.argument in OFFERED_COMMANDS)


class ChoiceReader:
    def __init__(self, flows: Flows, walks: WalkReader, questions: QuestionReader) -> None:
        self._flows = flows
        self._walks = walks
        self._questions = questions

    def read(self, turn: TurnInput, choice: Choice | None) -> Meaning:
        if choice is None:
            return self._walks.unclear(turn)
        if choice.verb in ("module", "quiz"):
            return CourseChoice(choice)
        if choice == ANSWER_INSTEAD:
            return self._answered_instead(turn)
        move = self._clicked(turn.dialogue, choice)
        return FlowMove(move) if move else self._walks.unclear(turn)

    def _answered_instead(self, turn: TurnInput) -> Meaning:
        """The last question looked up, of which something else was made."""
        if not turn.topic:
            return self._walks.unclear(turn)
        *earlier, asked = turn.topic
        return Lookup(self._questions.answered(asked, turn, earlier), asked=asked)

    def _clicked(self, dialogue: DialogueStack, choice: Choice) -> Move | None:
        flows = self._flows
        match choice.verb, choice.argument.split("/"):
            case "step", [flow, step, option]:
                return dialogue.choose(f"{flow}/{step}", option, flows)
            case "change", [flow, step]:
                return dialogue.change(f"{flow}/{step}", flows)
            case "start", [flow] if flow in flows:
                return dialogue.start(flow, flows)
            case "do", [command] if command in FLOW_COMMANDS:
                return FLOW_COMMANDS[command](dialogue, flows)
            case "safety", _:
                return dialogue.where(flows)
        return None
