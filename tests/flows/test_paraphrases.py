"""Replies in people's own words, with the real encoder: some are understood, few wrongly."""

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
# Of 53 replies that mean an option, how many are taken at once. Others are asked about, or again.
TAKEN = 12
# Of 70, how many are taken for what they do not mean. Each is said, and may be taken back.
WRONG = 3


@pytest.fixture(scope="module")
def reads() -> OptionReader:
    return OptionReader(Encoder.open(Settings().models_dir).read, MessageHeads.read())


@pytest.mark.encoder
def test_a_reply_is_understood_or_asked_again_and_seldom_taken_wrongly(
    flows: Flows, reads: OptionReader
) -> None:
    right, wrong = 0, []
    for ref, replies in REPLIES.items():
        step = flows.step(ref)
        for text, meaning in replies:
            option = match.said(text, step)
            if option is None and (words := told(text)):
                option = match.meant(words, step, reads)
            right += option is not None and option.id == meaning
            if option and option.id != meaning:
                wrong.append((ref, text, option.id))
    assert right >= TAKEN
    assert len(wrong) <= WRONG, wrong


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("step", "text", "meaning"),
    [
        ("s1", "no one knows where he is", None),
        ("s1", "yes he is in danger", "yes"),
        ("s1", "no hes safe at school", "no"),
        ("s1", "Good heavens, no. The children are out on the green", "no"),
        ("s1", "no i dont think so. he's in maths", "no"),
        ("s1", "no, yes", None),
        ("s1", "yes, maybe", None),
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
