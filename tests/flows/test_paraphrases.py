"""Replies in people's own words, with the real encoder: some are understood, none wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from actions.desk import Nearness, asks
from bot.flows import Flows, match
from bot.settings import Settings
from knowledge.encoder import Encoder

REPLIES = yaml.load(  # every scalar is text: `no` and `yes` are options here
    Path(__file__).with_name("paraphrases.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,
)
# Of 53 replies that mean an option, how many are taken at once; the others are asked again.
TAKEN = 18


@pytest.mark.encoder
def test_a_reply_is_understood_or_asked_again_and_never_taken_wrongly(flows: Flows) -> None:
    near = Nearness(Encoder.open(Settings().models_dir).encode)
    right = 0
    for ref, replies in REPLIES.items():
        step = flows.step(ref)
        for text, meaning in replies:
            option = match.said(text, step)
            if option is None and not asks(text):
                option = match.meant(text, step, near)
            assert option is None or option.id == meaning, (ref, text, option)
            right += option is not None
    assert right >= TAKEN
