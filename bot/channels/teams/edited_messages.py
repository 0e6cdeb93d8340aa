"""What an edited message changes: the answer that it gave, or nothing, and then it says so.

Which question a message answered is read from the turns that are kept, so that a restart forgets
nothing: its turn is kept under the message's id, and the turns before it show what was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot import choices
from bot.choices import Choice
from bot.content.phrases import TeamsPhrases
from bot.conversation.offers import on_offer
from bot.conversation.store import Conversation, ConversationStore, StoredTurn
from bot.flows import Flows, match
from bot.messages import Message, Option, OutcomeMessage, QuestionMessage, TextMessage
from knowledge.asking import asks


@dataclass(frozen=True)
class Edits:
    """`danger_choices`: the ids of the answers that mean danger."""

    conversations: ConversationStore
    flows: Flows
    danger_choices: frozenset[str]
    phrases: TeamsPhrases

    def meaning(
        self, conversation: Conversation, message_id: str, words: str
    ) -> str | TextMessage | None:
        """What the new words of a message come to. Synchronous: two statements.

        The id of the choice that they make, or what is to be said because they change nothing;
        None where they are to be answered like a message of their own.
        """
        turns = self.conversations.exchange(conversation)
        if not turns:
            return TextMessage(text=self.phrases.edit_gone)
        first = self.conversations.state(conversation, message_id, None).first
        change = first and change_of(first, turns)
        if change:
            button = Option(id=change, label=self.phrases.change)
            not_changed = TextMessage(text=self.phrases.edit_not_changed, options=[button])
            return self._choice(Choice.parse(change).argument, words) or not_changed
        return self._anew([message for turn in turns for message in turn.messages], words)

    def _anew(self, shown: Sequence[Message], words: str) -> str | TextMessage | None:
        """Of the question that is open now an edit answers only that there is danger."""
        asked = of_a_walk(shown)
        choice = self._choice(_ref(asked), words) if isinstance(asked, QuestionMessage) else None
        if choice in self.danger_choices:
            return choice
        is_bare = match.bare(words, self.flows.answers)
        if is_bare or (waits_for_an_answer(shown) and not asks(words)):
            return TextMessage(text=self.phrases.edit_not_taken)
        return None

    def _choice(self, ref: str, words: str) -> str | None:
        """The option of a step that the words say; None also where the step is no more."""
        try:
            step = self.flows.step(ref)
        except KeyError:
            return None
        option = match.said(words, step)
        return choices.step(step.flow, step.id, option.id) if option else None


def change_of(turn: StoredTurn, turns: Iterable[StoredTurn]) -> str | None:
    """The choice that changes the answer given in `turn`, one of `turns`; None if it gave none."""
    now = of_a_walk(turn.messages)
    before = of_a_walk(
        message for each in turns if each.number < turn.number for message in each.messages
    )
    if now is None or before is None:
        return None
    given = _given(now)
    asked = f"change:{_ref(before)}" if isinstance(before, QuestionMessage) else ""
    asks_again = isinstance(now, QuestionMessage) and _ref(now) == _ref(before)
    if asked in given and not asks_again:
        return asked
    had = _given(before)
    corrected = [each for each in given if each in had and given[each] != had[each]]
    return corrected[0] if len(corrected) == 1 else None


def of_a_walk(messages: Iterable[Message]) -> QuestionMessage | OutcomeMessage | None:
    """The last of them that shows where a walk stands."""
    found = [each for each in messages if isinstance(each, QuestionMessage | OutcomeMessage)]
    return found[-1] if found else None


def waits_for_an_answer(shown: Sequence[Message]) -> bool:
    """Whether the last question, of a flow or of a quiz, may still be open."""
    for message in reversed(shown):
        if isinstance(message, OutcomeMessage) and message.final:
            return False
        if any(Choice.parse(each).verb in ("step", "quiz") for each in on_offer([message])):
            return True
    return False


def _given(message: QuestionMessage | OutcomeMessage) -> dict[str, str]:
    """The answers so far, each under the choice that changes it."""
    return {each.change: each.answer for each in message.answers if each.change}


def _ref(message: QuestionMessage | OutcomeMessage) -> str:
    return f"{message.flow.id}/{message.flow.step}"
