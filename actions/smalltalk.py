"""Greetings, thanks and what the assistant is: a line of its own, then back to the question."""

from __future__ import annotations

from typing import Literal

from actions.base import ActionInput, ActionResult, TurnAction
from actions.dialogue_manager import DialogueManager
from bot import choices
from bot.content.replies import Replies
from bot.messages import Option, TextMessage

Subject = Literal["greet", "goodbye", "thanks", "about"]
SUBJECTS: tuple[Subject, ...] = ("greet", "goodbye", "thanks", "about")


class SmallTalk(TurnAction):
    def __init__(self, manager: DialogueManager, replies: Replies, subject: Subject) -> None:
        self.name = f"action_{subject}"
        self._manager = manager
        menu = Option(id=choices.do("menu"), label=replies.menu_label)
        offered = [menu] if subject in ("greet", "about") else []
        self._message = TextMessage(text=getattr(replies, subject), options=offered)

    def reply(self, turn: ActionInput) -> ActionResult:
        return self._manager.again(turn, [self._message])
