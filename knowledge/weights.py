"""What was learned, as plain arrays in a folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.ranking import Floats, LinearHead
from knowledge.verdict import Decision, PhraseHead


@dataclass(frozen=True)
class Learned:
    """The parts of search that are fitted to the project's own questions."""

    passage_head: LinearHead
    view_weights: Floats
    kind_head: LinearHead
    phrase_head: PhraseHead
    decision: Decision

    def save(self, folder: Path) -> None:
        np.savez(
            folder / "learned.npz",
            passage_head=self.passage_head.weights,
            view_weights=self.view_weights,
            kind_head=self.kind_head.weights,
            phrase_rarity=self.phrase_head.rarity,
            phrase_weights=self.phrase_head.weights,
            decision=self.decision.weights,
            least_chance=self.decision.least_chance,
        )
        columns = json.dumps(list(self.phrase_head.columns), ensure_ascii=False)
        (folder / "phrases.json").write_text(columns, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Learned:
        phrases = json.loads((folder / "phrases.json").read_text(encoding="utf-8"))
        with np.load(folder / "learned.npz", allow_pickle=False) as arrays:
            return cls(
                LinearHead(arrays["passage_head"]),
                arrays["view_weights"],
                LinearHead(arrays["kind_head"]),
                PhraseHead(
                    {phrase: column for column, phrase in enumerate(phrases)},
                    arrays["phrase_rarity"],
                    arrays["phrase_weights"],
                ),
                Decision(arrays["decision"], float(arrays["least_chance"])),
            )
