"""What words are to the walk that is open, if one is."""

from __future__ import annotations

from bot.flows import Flows
from bot.flows.match import Similarity, folded
from bot.understanding.meaning import FlowMove
from bot.understanding.turn import TurnInput
from knowledge.asking import asks


# Words of a title that nobody types by chance.
TITLE = 7


class WalkReader:
    """`similarity` compares what was typed with the wordings of options."""

    def __init__(self, flows: Flows, similarity: Similarity) -> None:
        self._flows = flows
        self._similarity = similarity

    def is_open(self, turn: TurnInput) -> bool:
        """Whether a question waits for an answer."""
        return turn.dialogue.asking(self._flows) is not None

    def paraphrase(self, turn: TurnInput) -> FlowMove | None:
        """The answer to the open question that the words typed clearly paraphrase."""
        if turn.choice or asks(turn.text):
            return None
        move = turn.dialogue.paraphrase(turn.text, self._flows, self._similarity)
        return FlowMove(move) if move else None

    def amendment(self, turn: TurnInput) -> FlowMove:
        return FlowMove(turn.dialogue.amend(turn.text, self._flows, self._similarity))

    def unclear(self, turn: TurnInput) -> FlowMove:
        return FlowMove(turn.dialogue.unclear_reply(self._flows))

    def started(self, turn: TurnInput, flow: str) -> FlowMove:
        return FlowMove(turn.dialogue.start(flow, self._flows))

    def triggered(self, turn: TurnInput) -> str | None:
        words = folded(turn.text)
        calls = ((each.id, map(folded, each.triggers)) for each in self._flows.values())
        return next((flow for flow, triggers in calls if words in triggers), self._named(words))

    def _named(self, words: str) -> str | None:
        """The flow whose title stands within the words. What begins with it goes on with it, and so
        is a question of its own: "can I share this information without consent from dad"."""
        titles = ((each.id, folded(each.title)) for each in self._flows.values())
        return next(
            (
                flow
                for flow, title in titles
                if len(title.split()) >= TITLE and words.find(f" {title}") > 0
            ),
            None,
        )
