"""Every action of the domain, with what each needs."""

from __future__ import annotations

from pathlib import Path

from actions.desk import Desk, Nearness
from actions.flow import flow_actions, step_first
from actions.induction import InductionAction, LearnerFirst
from actions.manners import MannersFirst
from actions.question import Question
from actions.replies import read_replies
from actions.smalltalk import SUBJECTS, SmallTalk
from actions.turn import TurnAction
from bot.contacts import read_contacts
from bot.flows import read_flows
from bot.induction.tutor import Tutor
from bot.safety.manners import Manners
from bot.script import Script
from knowledge import Knowledge


def every_action(knowledge: Knowledge, data: Path, tutor: Tutor) -> list[TurnAction]:
    """Reads the flows and the words in the folder `data`. Raises what their readers raise."""
    script = Script(read_flows(data / "flows"), knowledge.quote)
    desk = Desk(script, Nearness(knowledge.encoder))
    replies = read_replies(data / "replies.yaml")
    contacts = read_contacts(data / "contacts.yaml")
    question = Question(desk, knowledge, contacts, replies)
    asked = MannersFirst(desk, question, Manners(data / "safety"), contacts, knowledge.quote)
    small_talk = [SmallTalk(desk, replies, subject) for subject in SUBJECTS]
    induction = InductionAction(tutor)
    walking = flow_actions(desk, question, {"module": induction.reply, "quiz": induction.reply})
    actions = [*walking, asked, *small_talk, induction]
    return [LearnerFirst(desk, tutor, each) for each in step_first(desk, actions)]
