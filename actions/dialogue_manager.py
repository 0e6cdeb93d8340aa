"""Where actions meet the dialogue: read from a slot, moved on, spoken and put back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from actions.base import ActionInput, ActionResult
from bot.choices import Choice
from bot.flows import DialogueStack, Flows, Move, QuickReply
from bot.flows.match import Similarity, folded
from bot.messages import Message, QuestionMessage
from bot.rendering.flows import FlowRenderer
from knowledge.encoder import Encoder

QUESTION = re.compile(
    r".*\?|(?:(?:at|in|on|for|to|by|from|with|under) )?"
    r"(?:what|who|whom|whose|when|where|why|how|which|do|does|did|can|could|should|shall|may"
    r"|is|are|am|was|were|will|would|must)(?:s|nt)?\b",
    re.DOTALL,
)
DECIDING = re.compile(
    r"\b(?:can|could|do|should|shall|may|must|am|are|is it ok to|what do|who do|how do) (?:i|we)\b"
)
LED = re.compile(
    r"\b(?:"
    + "|".join(
        (
            r"(?:take|walk|talk|guide|lead|step|go|run) (?:me|us|it|this) (?:thr|on|w)",
            r"(?:go|work|run|think|talk|step) (?:it |this |that )?thr(?:ough|u)\b",
            r"step by step|(?:guide|lead|coach|step) me\b|set me up|start me on|sort me out",
            r"(?:a|one|1) \w+ at a time|where (?:do|shud|should) i (?:start|begin)",
            r"(?:check|tick) ?list|(?:my|the|what|which|next) steps?\b",
            r"help me\b(?! (?:understand|find|with what|see what|know what))|give me a hand",
        )
    )
    + ")"
)


class DialogueManager:
    """`similarity` compares what was typed with the wordings of options."""

    def __init__(self, script: FlowRenderer, similarity: Similarity) -> None:
        self.script = script
        self.similarity = similarity

    @property
    def flows(self) -> Flows:
        return self.script.flows

    def dialogue(self, turn: ActionInput) -> DialogueStack:
        return DialogueStack.from_json(turn.dialogue, self.flows)

    def reply(self, move: Move) -> ActionResult:
        return ActionResult(
            self.script.messages(move.responses), {"dialogue": move.dialogue.to_json()}
        )

    def said(self, turn: ActionInput) -> ActionResult | None:
        """The answer to the open question that the words typed are, exactly."""
        move = None if turn.choice else self.dialogue(turn).say(turn.text, self.flows)
        return self.reply(move) if move else None

    def meant(self, turn: ActionInput) -> ActionResult | None:
        """The answer to the open question that the words typed clearly paraphrase."""
        if turn.choice or asks(turn.text):
            return None
        move = self.dialogue(turn).paraphrase(turn.text, self.flows, self.similarity)
        return self.reply(move) if move else None

    def start(self, turn: ActionInput, flow: str) -> ActionResult:
        return self.reply(self.dialogue(turn).start(flow, self.flows))

    def triggered(self, turn: ActionInput) -> str | None:
        """The flow that has the words among its triggers."""
        words = folded(turn.text)
        calls = ((each.id, map(folded, each.triggers)) for each in self.flows.values())
        return next((flow for flow, triggers in calls if words in triggers), None)

    def is_open(self, turn: ActionInput) -> bool:
        """Whether a question waits for an answer."""
        return self.dialogue(turn).asking(self.flows) is not None

    def again(self, turn: ActionInput, messages: Sequence[Message]) -> ActionResult:
        """What was said in between, then the open question again."""
        if not self.is_open(turn):
            return ActionResult(messages)
        asked = self.reply(self.dialogue(turn).ask_again(self.flows))
        return ActionResult([*messages, *asked.messages], asked.slots)

    def unclear(self, turn: ActionInput) -> ActionResult:
        return self.reply(self.dialogue(turn).unclear_reply(self.flows))

    def offer(self, turn: ActionInput, flows: Sequence[str]) -> ActionResult:
        """The flows that what was said may be about, for the person to choose."""
        return self.reply(self.dialogue(turn).suggest(tuple(flows), "fits", self.flows))

    def quick_reply(self, turn: ActionInput) -> Choice | None:
        """The choice shown last that was typed by its number or label."""
        chosen = None if turn.choice else self.dialogue(turn).quick_reply(turn.text, self.flows)
        return Choice.parse(chosen) if chosen else None

    def noting(self, turn: ActionInput, reply: ActionResult) -> ActionResult:
        """The reply, with the choices that it shows last noted in the dialogue."""
        last = reply.messages[-1] if reply.messages else None
        shown = [] if last is None or isinstance(last, QuestionMessage) else last.options
        now = DialogueStack.from_json(reply.slots.get("dialogue", turn.dialogue), self.flows)
        noted = replace(
            now, quick_replies=tuple(QuickReply(option.id, option.label) for option in shown)
        )
        return ActionResult(reply.messages, {**reply.slots, "dialogue": noted.to_json()})


def asks(text: str) -> bool:
    """Whether the words are put as a question, so that they are never taken for an answer."""
    return QUESTION.match(re.sub("['’]", "", text.lower())) is not None


def is_task(text: str) -> bool:
    """Whether the words are a task in hand, and not a question about what is written."""
    return not asks(text) or decides(text) or asks_to_be_led(text)


def decides(text: str) -> bool:
    """Whether a question is about what the person is to do, and so may be a task in hand."""
    return DECIDING.search(re.sub("['’]", "", text.lower())) is not None


def asks_to_be_led(text: str) -> bool:
    """Whether the words ask to be taken through something, however else they are put."""
    return LED.search(text.lower()) is not None


class EncoderSimilarity:
    """Cosine similarity by the encoder; the wordings of options are encoded once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._lock = Lock()

    def __call__(self, text: str, phrases: Sequence[str]) -> list[float]:
        with self._lock:
            missing = [phrase for phrase in dict.fromkeys(phrases) if phrase not in self._vectors]
            if missing:
                self._vectors.update(zip(missing, self._encoder.encode(missing), strict=True))
        known = np.stack([self._vectors[phrase] for phrase in phrases])
        scores: list[float] = (known @ self._encoder.query(text)).tolist()
        return scores
