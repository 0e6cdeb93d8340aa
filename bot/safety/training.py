"""Trains the head from the examples: `python -m bot.safety.training`. Nothing else writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bot.flows import read_flows
from bot.messages import SafetyReason
from bot.safety.danger import DATA, PRECEDENCE, Encode
from bot.safety.head import Vectors
from bot.settings import HOME, Settings

KNOWLEDGE = HOME / "knowledge"
NLU = sorted((HOME / "data" / "nlu").glob("*.yml"))
NONE = "none"
# Gaps whose questions tell of an emergency or an allegation: no ordinary questions.
ALARMING_GAPS = {"allegations_lado", "fgm_duty", "forced_marriage_and_honour_abuse"}
STRENGTH = 30.0
# The less a missed message may cost, the surer the head must be.
THRESHOLDS: dict[SafetyReason, float] = {
    "immediate_danger": 0.4,
    "self_harm": 0.6,
    "child_user": 0.9,
    "allegation": 0.75,
    "public_user": 0.95,
}


def examples(data: Path = DATA) -> list[tuple[str, str]]:
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


def fitted(vectors: Vectors, labels: list[str]) -> dict[str, Any]:
    """The head as it is written to its file."""
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(vectors, np.asarray(labels))
    rows = [list(model.classes_).index(label) for label in (*PRECEDENCE, NONE)]
    return {
        "reasons": list(PRECEDENCE),
        "thresholds": [THRESHOLDS[reason] for reason in PRECEDENCE],
        "bias": _rounded(model.intercept_[rows]),
        "weights": [_rounded(row) for row in model.coef_[rows]],
    }


def train(encode: Encode, path: Path = DATA / "head.json") -> None:
    texts, labels = zip(*examples(), strict=True)
    head = fitted(encode(texts), list(labels))
    rows = ",\n  ".join(json.dumps(row) for row in head.pop("weights"))
    path.write_text(f'{json.dumps(head)[:-1]}, "weights": [\n  {rows}\n]}}\n', "utf-8")


def _rounded(numbers: NDArray[np.float64]) -> list[float]:
    return [round(float(number), 4) for number in numbers]


if __name__ == "__main__":
    from knowledge.encoder import Encoder

    train(Encoder.open(Settings().models_dir).encode)
