"""The flow that the chats walk through, and its questions."""

from __future__ import annotations

from bot import choices
from tests.shipped import FLOWS

FLOW = FLOWS["share_without_consent"]
CONSENT = FLOW.title
DANGER, IDENTIFIES, PURPOSE = (FLOW.steps[step].ask for step in ("s1", "s2", "s3"))
OTHER = next(flow for flow in FLOWS.values() if flow.id != FLOW.id)


def step(name: str, option: str) -> str:
    return choices.step(FLOW.id, name, option)
