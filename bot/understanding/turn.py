"""One turn as it is to be understood: what was said, and what Rasa and the tracker know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from bot.choices import Choice
from bot.flows import DialogueStack
from bot.induction.course import Course
from bot.understanding.personal_data.placeholders import TAKEN_OUT
from bot.understanding.shown import Shown

KEY = "/"
START = "start_"


@dataclass(frozen=True)
class RankedIntent:
    """An intent that the message may have, with how sure the classifier is (0 to 1)."""

    intent: str
    confidence: float

    @property
    def flow(self) -> str | None:
        """The flow that the intent starts, if it starts one."""
        return self.intent[len(START) :] if self.intent.startswith(START) else None

    def key_of(self, intent: str) -> str | None:
        """Which key of the retrieval intent it is: of `documents/newest` it is `newest`."""
        name, _, key = self.intent.partition(KEY)
        return key if name == intent and key else None


@dataclass(frozen=True)
class TurnInput:
    """What was typed or clicked, what Rasa took it for, and what the conversation remembers.

    `action` is the one that Rasa's rule for the `intent` names. `text` is redacted, and empty for
    a click. `learner` is the id of the code that was typed in it. `before` was typed a moment
    before it. `doubtful`: it may tell of danger. `after_999`: 999 alone was said before it.
    `documents`: the ids of those that only words named which were taken out of it; of the last
    messages they are in `documents_before`, by their redacted words. `topic` holds the last
    questions, oldest first; `shown` is the answer shown last; `noticed` holds the key of each
    notice that was said, as often as it was.
    """

    text: str = ""
    choice: Choice | None = None
    action: str = "action_question"
    intent: str = "question"
    ranking: tuple[RankedIntent, ...] = ()
    area: str | None = None
    learner: str | None = None
    before: str | None = None
    doubtful: bool = False
    after_999: bool = False
    documents: tuple[str, ...] = ()
    documents_before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dialogue: DialogueStack = field(default_factory=DialogueStack)
    course: Course = field(default_factory=Course)
    topic: tuple[str, ...] = ()
    shown: Shown = field(default_factory=Shown)
    noticed: tuple[str, ...] = ()

    def ranked_with(self, flows: Mapping[str, float]) -> TurnInput:
        """The turn with each flow's confidence halfway between Rasa's and the chance in `flows`."""
        known = {each.intent: each.confidence for each in self.ranking}
        halfway = {
            (intent := f"{START}{flow}"): (known.get(intent, 0.0) + chance) / 2
            for flow, chance in flows.items()
        }
        ranked = sorted((known | halfway).items(), key=lambda each: -each[1])
        return replace(self, ranking=tuple(RankedIntent(*each) for each in ranked))

    def taken_out_of(self, text: str) -> tuple[str, ...]:
        """The ids of the documents that words named which were taken out of `text`: the message, a
        part of it, or a question before it."""
        if text == self.text:
            return self.documents
        if not TAKEN_OUT.search(text):
            return ()
        before = self.documents_before.items()
        of_before = [ids for words, ids in before if text in words or words in text]
        if text in self.text or not of_before:
            return self.documents
        return tuple(dict.fromkeys(chain.from_iterable(of_before)))

    @property
    def key(self) -> str:
        """The likeliest key of the retrieval intent; empty for an intent without keys."""
        keys = (each.key_of(self.intent) for each in self.ranking)
        return next(filter(None, keys), "")

    @property
    def sure(self) -> float:
        """How likely the intent is, all its keys together."""
        shares = (
            each.confidence
            for each in self.ranking
            if each.intent == self.intent or each.key_of(self.intent)
        )
        return sum(shares)
