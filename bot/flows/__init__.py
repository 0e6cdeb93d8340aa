"""Scripted decision flows: read from files, checked, and walked one answer at a time."""

from __future__ import annotations

from bot.flows.dialogue_stack import DialogueStack, Move
from bot.flows.model import AdviceCard, Flow, Flows, Outcome, Step, StepOption
from bot.flows.reader import read_flows
from bot.flows.responses import AskStep, FlowResponse, QuickReply, TellOutcome, Utterance
from bot.flows.walk import Trace, Walk, paths

__all__ = [
    "AdviceCard",
    "AskStep",
    "DialogueStack",
    "Flow",
    "FlowResponse",
    "Flows",
    "Move",
    "Outcome",
    "QuickReply",
    "Step",
    "StepOption",
    "TellOutcome",
    "Trace",
    "Utterance",
    "Walk",
    "paths",
    "read_flows",
]
