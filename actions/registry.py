"""Every action of the domain, with what each needs."""

from __future__ import annotations

from pathlib import Path

from actions.base import TurnAction
from actions.dialogue_manager import DialogueManager, EncoderSimilarity
from actions.flow import flow_actions, step_first
from actions.guardrails import GuardrailFirst
from actions.induction import InductionAction, LearnerFirst
from actions.question import AnswerQuestion
from actions.smalltalk import SUBJECTS, SmallTalk
from bot.content.contacts import read_contacts
from bot.content.replies import read_replies
from bot.flows import read_flows
from bot.induction.tutor import Tutor
from bot.rendering.flows import FlowRenderer
from bot.understanding.guardrails import Guardrails
from knowledge import Knowledge


def every_action(knowledge: Knowledge, data: Path, tutor: Tutor) -> list[TurnAction]:
    """Reads the flows and the words in the folder `data`. Raises what their readers raise."""
    script = FlowRenderer(read_flows(data / "flows"), knowledge.quote)
    manager = DialogueManager(script, EncoderSimilarity(knowledge.encoder))
    replies = read_replies(data / "replies.yaml")
    contacts = read_contacts(data / "contacts.yaml")
    question = AnswerQuestion(manager, knowledge, contacts, replies)
    asked = GuardrailFirst(
        manager, question, Guardrails(data / "safety"), contacts, knowledge.quote
    )
    small_talk = [SmallTalk(manager, replies, subject) for subject in SUBJECTS]
    induction = InductionAction(tutor)
    walking = flow_actions(manager, question, {"module": induction.reply, "quiz": induction.reply})
    actions = [*walking, asked, *small_talk, induction]
    return [LearnerFirst(manager, tutor, each) for each in step_first(manager, actions)]
