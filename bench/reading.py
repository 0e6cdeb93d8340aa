"""How long a message is read for personal data and danger. `python -m bench.reading`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from bot.settings import HOME, Settings
from bot.understanding.normalisation import normalise
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.safety.classifier import DangerClassifier
from knowledge import Knowledge
from knowledge.costs import Costs

SAFETY = HOME / "data" / "safety"
QUESTIONS = HOME / "tests" / "eval" / "questions.jsonl"
WARM_UP = 20


def main() -> None:
    # Opened whole, so that its one-thread rule holds here as it does in the assistant.
    encoder = Knowledge.open(Settings.read().state_dir).encoder
    danger = DangerClassifier(encoder.read, Costs.read(), SAFETY)
    personal_data = Redactor(SAFETY)
    texts = [json.loads(line)["q"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    for text in texts[:WARM_UP]:
        danger.alert(text, personal_data.redact(normalise(f"{text} warm")).text)
    privacy, safety = [], []
    for text in map(normalise, texts):
        privacy.append(milliseconds(partial(personal_data.redact, text)))
        redacted = personal_data.redact(text).text
        safety.append(milliseconds(partial(danger.alert, text, redacted)))
    for name, taken in (
        ("personal data", np.array(privacy)),
        ("danger", np.array(safety)),
        ("both", np.add(privacy, safety)),
    ):
        p50, p95 = np.quantile(taken, [0.5, 0.95])
        print(f"{name}, {len(taken)} messages: p50 {p50:.1f} ms, p95 {p95:.1f} ms")


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - began)


if __name__ == "__main__":
    main()
