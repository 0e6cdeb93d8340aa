"""Replies in people's own words, with the real encoder: some are understood, none wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.flows import Flows, match
from bot.settings import Settings
from bot.understanding.options import OptionReader
from knowledge.asking import told
from knowledge.encoder import Encoder
from knowledge.heads import MessageHeads

REPLIES = yaml.load(  # every scalar is text: `no` and `yes` are options here
    Path(__file__).with_name("paraphrases.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,
)
# Of 53 replies that mean an option, how many are taken at once; the others are asked again.
TAKEN = 19


@pytest.fixture(scope="module")
def reads() -> OptionReader:
    return OptionReader(Encoder.open(Settings().models_dir).read, MessageHeads.read())


@pytest.mark.encoder
def test_a_reply_is_understood_or_asked_again_and_never_taken_wrongly(
    flows: Flows, reads: OptionReader
) -> None:
    right = 0
    for ref, replies in REPLIES.items():
        step = flows.step(ref)
        for text, meaning in replies:
            option = match.said(text, step)
            if option is None and (words := told(text)):
                option = match.meant(words, step, reads)
            assert option is None or option.id == meaning, (ref, text, option)
            right += option is not None
    assert right >= TAKEN


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("step", "text", "meaning"),
    [
        ("s1", "no she is in danger", None),
        ("s1", "no, he is in danger", None),
        ("s1", "no one knows where he is", None),
        ("s1", "no he is missing", None),
        ("s1", "no, I do not think she is safe", None),
        ("s1", "yes it has his name in", None),
        ("s1", "yes he is in danger", "yes"),
        ("s1", "no hes safe at school", "no"),
        ("s4", "no consent given", None),
        ("s4", "no he doesnt want it shared", None),
        ("s4", "no mum agreed", "given"),
    ],
)
def test_a_yes_or_a_no_is_taken_only_with_words_that_bear_it_out(
    flows: Flows, reads: OptionReader, step: str, text: str, meaning: str | None
) -> None:
    asked = flows.step(f"share_without_consent/{step}")
    option = match.said(text, asked) or match.meant(text, asked, reads)
    assert (option.id if option else None) == meaning
