"""What words are to the walk that is open, if one is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bot import choices
from bot.choices import Choice
from bot.flows import Flows
from bot.flows.danger import danger_choices
from bot.flows.match import ReadsOptions, folded, guessed, several, torn, yes_first
from bot.understanding.meaning import FlowMove
from bot.understanding.turn import TurnInput
from knowledge.asking import MOST, SENTENCE, told

# Words of a title that nobody types by chance.
TITLE = 7
ONE_OF = re.compile(
    r"(?<!\bis )(?<!\bwas )(?<!\bare )\b(?:the|that)\b.*\bones?\b|\byou (?:offered|had|showed)\b"
)
# "I have just been through that one" asks for another.
HAD = re.compile(r"\b(?:been through|already|done that|did that)\b")
THE_ONE = re.compile(r"\b(?:do|start|try|through) the (\w+(?: \w+)?) one\b")
# Flows offered beside an answer, and as many other readings of the words. More is a list to choose
# from, such as the menu, which everybody is shown at first.
OFFERS = 4
# Letters by which words are held to be the same: "interpreter" and "interpreting".
STEM = 6
# Of titles, what says nothing of which one is meant.
NOT_TELLING = frozenset({"child", "this", "with", "about", "first", "that", "information", "does"})


def answering_parts(text: str) -> list[str]:
    """What of a reply may answer the open question: all that it tells, then each sentence of it.
    Nothing of several numbers, or of a yes beside a no, which do not say which is meant."""
    words = told(text)
    if not words or several(words) or torn(words):
        return []
    return list(dict.fromkeys((words, *SENTENCE.split(words)[:MOST])))


def telling(word: str) -> bool:
    return len(word) > 3 and word not in NOT_TELLING


class WalkReader:
    """`reads` says which options of a question a reply may mean."""

    def __init__(self, flows: Flows, reads: ReadsOptions) -> None:
        self._flows = flows
        self._reads = reads
        self._danger = danger_choices(flows)
        self._titles = {flow.id: folded(flow.title) for flow in flows.values()}
        self._triggers = {
            folded(trigger): flow.id for flow in flows.values() for trigger in flow.triggers
        }

    def is_open(self, turn: TurnInput) -> bool:
        """Whether a question waits for an answer."""
        return turn.dialogue.asking(self._flows) is not None

    def asks_of_danger(self, turn: TurnInput) -> bool:
        """Whether the open question is whether somebody is in danger now."""
        step = turn.dialogue.asking(self._flows)
        return step is not None and any(
            choices.step(step.flow, step.id, option.id) in self._danger for option in step.options
        )

    def paraphrase(self, turn: TurnInput) -> FlowMove | None:
        """The answer to the open question that the words typed, or a sentence of them, clearly
        mean, whatever they ask beside it."""
        parts = [] if turn.choice else answering_parts(turn.text)
        step = turn.dialogue.asking(self._flows)
        if step and yes_first(turn.text, step):
            # What follows a yes answers nothing else.
            parts = parts[:1]
        moves = (turn.dialogue.paraphrase(each, self._flows, self._reads) for each in parts)
        return next((FlowMove(move) for move in moves if move), None)

    def amendment(self, turn: TurnInput) -> FlowMove:
        return FlowMove(turn.dialogue.amend(turn.text, self._flows, self._reads))

    def asked_again(self, turn: TurnInput) -> FlowMove:
        """The open question again: the words answer it in no way."""
        return FlowMove(turn.dialogue.unclear_reply(self._flows))

    def unclear(self, turn: TurnInput) -> FlowMove:
        """The open question again, with the answer that the words may mean."""
        step, parts = turn.dialogue.asking(self._flows), answering_parts(turn.text)
        likely = guessed(parts[0], step, self._reads) if step and parts else None
        return FlowMove(turn.dialogue.unclear_reply(self._flows, likely))

    def asked_for(self, turn: TurnInput) -> str | None:
        """The flow that is asked for as one of those on offer, or as one to do, by a word of its
        title: "the one about parents who refuse", "can I do the mistake one"."""
        words = folded(turn.text)
        if not ONE_OF.search(words) or HAD.search(words):
            return None
        offers = [Choice.parse(each.choice) for each in turn.dialogue.quick_replies]
        offered = [each.argument for each in offers if each.verb == "start"]
        if len(offered) <= OFFERS and (flow := self._named_in(words, offered)):
            return flow
        # Of those offered earlier in the conversation: "can I do the mistake one".
        named = THE_ONE.search(words) if turn.topic else None
        return self._named_in(named[1], list(self._flows)) if named else None

    def _named_in(self, words: str, flows: Sequence[str]) -> str | None:
        """The one of the flows of whose title the most telling words stand in the text."""
        named = Counter({flow: self._shared(words, flow) for flow in flows}).most_common(2)
        if not named or not named[0][1] or (len(named) > 1 and named[0][1] == named[1][1]):
            return None
        return named[0][0]

    def _shared(self, words: str, flow: str) -> int:
        """How many telling words of the flow's title stand in the text, as far as they begin
        alike."""
        title = {word[:STEM] for word in self._titles[flow].split() if telling(word)}
        return len(title & {word[:STEM] for word in words.split() if telling(word)})

    def started(self, turn: TurnInput, flow: str) -> FlowMove:
        return FlowMove(turn.dialogue.start(flow, self._flows))

    def triggered(self, turn: TurnInput) -> str | None:
        words = folded(turn.text)
        return self._triggers.get(words) or self._named(words)

    def _named(self, words: str) -> str | None:
        """The flow whose title stands within the words. What begins with it goes on with it, and so
        is a question of its own: "can I share this information without consent from dad"."""
        return next(
            (
                flow
                for flow, title in self._titles.items()
                if len(title.split()) >= TITLE and words.find(f" {title}") > 0
            ),
            None,
        )
