"""Scripted decision flows: read from files, checked, and walked one answer at a time."""

from __future__ import annotations

from bot.flows.dialogue import Dialogue, Move
from bot.flows.model import Card, Flow, Flows, Option, Outcome, Step
from bot.flows.reader import read_flows
from bot.flows.sayings import Ask, Remark, Saying, Tell, Way
from bot.flows.source import FlowError
from bot.flows.walk import Trace, Walk, paths

__all__ = [
    "Ask",
    "Card",
    "Dialogue",
    "Flow",
    "FlowError",
    "Flows",
    "Move",
    "Option",
    "Outcome",
    "Remark",
    "Saying",
    "Step",
    "Tell",
    "Trace",
    "Walk",
    "Way",
    "paths",
    "read_flows",
]
