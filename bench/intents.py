"""Stock Rasa parts beside ours, learnt from the same examples. `python -m bench.intents SET...`

Each pipeline is trained and tested by Rasa's own commands. The sets are messages of
docs/evaluation.md that were not learnt.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bot.evaluation.items import Item, read_items
from bot.settings import HOME
from knowledge.library import FOLDER, Library

LOOKED_UP = ("answer", "abstain", "out_of_scope")
STOCK: list[dict[str, Any]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "LogisticRegressionClassifier", "max_iter": 300},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
"""Rasa's own parts, with the thresholds that its documentation gives."""
FALLBACK = "nlu_fallback"
IN_RASA = '. .venv-rasa/bin/activate && eval "$(.venv/bin/principles rasa $$)" && '


@dataclass(frozen=True)
class Figures:
    """Of the messages of each sort the share whose likeliest intent is right."""

    shares: dict[str, float]
    fallback: float

    @classmethod
    def of(cls, wanted: Sequence[str], found: Sequence[str]) -> Figures:
        right: dict[str, list[bool]] = {}
        for intent, named in zip(wanted, found, strict=True):
            right.setdefault(intent.partition("_")[0], []).append(intent == named)
        shares = {sort: sum(each) / len(each) for sort, each in right.items()}
        return cls(shares, sum(each == FALLBACK for each in found) / len(found))

    def __str__(self) -> str:
        parts = (f"{sort} {share:.3f}" for sort, share in sorted(self.shares.items()))
        return ", ".join([*parts, f"fallback {self.fallback:.3f}"])


def intent_of(item: Item) -> str | None:
    """None for what Rasa never hears of, and for what has no one intent."""
    if item.kind == "flow":
        return f"start_{item.flow}"
    if item.kind == "contact":
        return "contact"
    return "question" if item.kind in LOOKED_UP else None


def compare(sets: Iterable[Path]) -> dict[str, Figures]:
    """Where Rasa fails its words are on the terminal, and the command ends."""
    library = Library.read(FOLDER)
    items = [item for file in sets for item in read_items(file, library) if not item.context]
    asked = [(item.q, intent) for item in items if (intent := intent_of(item))]
    ours = yaml.safe_load((HOME / "config.yml").read_text("utf-8"))
    with TemporaryDirectory() as folder:
        return {
            name: _figures({**ours, "pipeline": pipeline}, asked, Path(folder) / name)
            for name, pipeline in (("stock", STOCK), ("ours", ours["pipeline"]))
        }


def _figures(config: dict[str, Any], asked: Sequence[tuple[str, str]], folder: Path) -> Figures:
    folder.mkdir()
    (folder / "config.yml").write_text(yaml.safe_dump(config), "utf-8")
    (folder / "messages.yml").write_text(_as_nlu(asked), "utf-8")
    rasa = (
        f"rasa train nlu --config {folder}/config.yml --out {folder} && "
        f"rasa test nlu --nlu {folder}/messages.yml --model {folder} --out {folder}/out --successes"
    )
    subprocess.run(["bash", "-c", IN_RASA + rasa], cwd=HOME, check=True)  # noqa: S607
    return Figures.of(*zip(*_judged(folder / "out"), strict=True))


def _as_nlu(asked: Sequence[tuple[str, str]]) -> str:
    """In Rasa's format; a message is one line."""
    intents: dict[str, list[str]] = {}
    for text, intent in asked:
        intents.setdefault(intent, []).append(" ".join(text.split()))
    entries = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in intents.items()
    ]
    return yaml.safe_dump({"version": "3.1", "nlu": entries}, allow_unicode=True)


def _judged(folder: Path) -> list[tuple[str, str]]:
    """Of each message the right intent and the likeliest, from Rasa's two reports."""
    return [
        (each["intent"], each["intent_prediction"]["name"])
        for report in ("intent_successes.json", "intent_errors.json")
        for each in json.loads((folder / report).read_text("utf-8"))
    ]


def main() -> None:
    for name, figures in compare(map(Path, sys.argv[1:])).items():
        print(f"{name}: {figures}")


if __name__ == "__main__":
    main()
