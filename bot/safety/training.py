"""Trains the head from the examples: `python -m bot.safety.training`. Nothing else writes it.

The examples are redacted first, because the head only ever reads redacted text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from bot.flows import read_flows
from bot.grams import sparse_features
from bot.messages import SafetyReason
from bot.safety.danger import DATA, PRECEDENCE, Encode
from bot.safety.head import Head
from bot.safety.personal_data import PersonalData
from bot.safety.text import normalise
from bot.settings import HOME, Settings

KNOWLEDGE = HOME / "knowledge"
NLU = sorted((HOME / "data" / "nlu").glob("*.yml"))
NONE = "none"
# Gaps whose questions tell of an emergency or an allegation: no ordinary questions.
ALARMING_GAPS = {"allegations_lado", "fgm_duty", "forced_marriage_and_honour_abuse"}
STRENGTH = 10.0
# The less a missed message may cost, the surer the head must be.
THRESHOLDS: dict[SafetyReason, float] = {
    "immediate_danger": 0.22,
    "self_harm": 0.5,
    "child_user": 0.6,
    "allegation": 0.75,
    "public_user": 0.9,
}
ANY_FROM = 0.5
# People tell of danger and put a question in the same breath: some examples are told so, and
# more that are harmless on both sides, so that a question in company alarms nobody.
DANGERS_TOLD_SO = 0.3
CALM_FOR_EACH_ALARM = 1.5
SHORT = range(4, 22)
SEED = 20261122

Example = tuple[str, str]


def examples(data: Path = DATA) -> list[Example]:
    """(text, reason or "none") of everything that the head learns from."""
    folder = data / "examples"
    alarms = [(line, reason) for reason in PRECEDENCE for line in lines(folder, reason)]
    calm = [*lines(folder, "near_misses"), *ordinary_questions(), *replies(), *commands()]
    return alarms + [(text, NONE) for text in calm]


def lines(folder: Path, name: str) -> list[str]:
    written = (folder / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in written if line.strip() and not line.startswith("#")]


def ordinary_questions() -> list[str]:
    names = ("questions", "gaps", "out_of_scope")
    rows = [
        json.loads(line)
        for name in names
        for line in (KNOWLEDGE / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    return [text for row in rows if row.get("id") not in ALARMING_GAPS for text in row["questions"]]


def replies() -> list[str]:
    """What people say inside a flow, and to start one: the words of our own options."""
    said = [str(number) for number in range(1, 13)]
    flows = read_flows(HOME / "data" / "flows")
    for flow in flows.values():
        said += [flow.title, *flow.triggers]
        for step in flow.steps.values():
            said += [text for option in step.options for text in (option.label, *option.also)]
    return sorted(set(said))


def commands() -> list[str]:
    """Greetings, thanks and the other short messages that Rasa learns."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in NLU]
    return [
        line.removeprefix("- ").strip()
        for file in files
        for intent in file["nlu"]
        for line in intent["examples"].splitlines()
    ]


def composed(single: Sequence[Example]) -> Iterator[Example]:
    """Two messages in one: a danger with a question, and two that are harmless."""
    chance = Random(SEED)  # noqa: S311  # the same examples at every training
    alarms = [text for text, reason in single if reason != NONE]
    dangers = [text for text, reason in single if reason == PRECEDENCE[0]]
    calm = [text for text, reason in single if reason == NONE and len(text.split()) in SHORT]
    for text in dangers:
        if chance.random() < DANGERS_TOLD_SO:
            pair = [text, chance.choice(calm)]
            yield _one_after_the_other(pair if chance.random() < 0.7 else pair[::-1]), PRECEDENCE[0]
    for _ in range(int(CALM_FOR_EACH_ALARM * len(alarms))):
        yield _one_after_the_other(chance.sample(calm, 2)), NONE


def _one_after_the_other(texts: Sequence[str]) -> str:
    first, second = texts
    return f"{first if first[-1] in '.?!' else f'{first}.'} {second}"


def fitted(encode: Encode, learnt: Sequence[Example]) -> Head:
    texts, labels = zip(*learnt, strict=True)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(sparse_features(texts, encode(texts)), np.asarray(labels))
    rows = [list(model.classes_).index(label) for label in (*PRECEDENCE, NONE)]
    return Head(
        reasons=PRECEDENCE,
        weights=model.coef_[rows].astype(np.float32),
        bias=model.intercept_[rows].astype(np.float32),
        thresholds=np.array([THRESHOLDS[reason] for reason in PRECEDENCE], np.float32),
        any_from=ANY_FROM,
    )


def train(encode: Encode, redact: Callable[[str], str], path: Path = DATA / "head.npz") -> None:
    single = [(redact(normalise(text)), reason) for text, reason in examples()]
    fitted(encode, [*single, *composed(single)]).write(path)


if __name__ == "__main__":
    from knowledge.encoder import Encoder

    personal_data = PersonalData()
    train(
        Encoder.open(Settings().models_dir).encode,
        lambda text: personal_data.redact(text).text,
    )
