"""Greetings, thanks and what the assistant is: a line of its own, then back to the question."""

from __future__ import annotations

from typing import Literal

from actions.desk import Desk
from actions.replies import Replies
from actions.turn import Reply, Turn, TurnAction
from bot import choices
from bot.messages import Option, TextMessage

Subject = Literal["greet", "goodbye", "thanks", "about"]
SUBJECTS: tuple[Subject, ...] = ("greet", "goodbye", "thanks", "about")


class SmallTalk(TurnAction):
    def __init__(self, desk: Desk, replies: Replies, subject: Subject) -> None:
        self.name = f"action_{subject}"
        self._desk = desk
        menu = Option(id=choices.do("menu"), label=replies.menu_label)
        offered = [menu] if subject in ("greet", "about") else []
        self._message = TextMessage(text=getattr(replies, subject), options=offered)

    def reply(self, turn: Turn) -> Reply:
        return self._desk.again(turn, [self._message])
