"""What a whole message says of itself: whether anything answers it, and which passages may."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from knowledge.encoder import ModelDamaged, Vectors
from knowledge.library import FOLDER
from knowledge.ranking import Floats, LinearHead

Kind = Literal[
    "answer",
    "abstain",
    "out_of_scope",
    "flow",
    "documents",
    "assistant",
    "contact",
    "smalltalk",
    "command",
    "role",
    "emergency",
]
"""How a message is rightly treated, as its author labelled it (docs/evaluation.md)."""
KINDS: tuple[Kind, ...] = get_args(Kind)
HEADS = FOLDER / "heads.npz"
HEADS_KEPT = ("kind", "passage", "flow", "option")
ANSWERED: tuple[Kind, ...] = ("answer", "flow")
"""A flow rests on passages too, so they come nearest to whoever is in the middle of a task."""
UNANSWERED: tuple[Kind, ...] = (
    "abstain",
    "role",
    "contact",
    "documents",
    "assistant",
    "command",
)
"""What passages do not answer, whatever it is: what somebody feels, whom to ring, a complaint. Of
what may be an emergency it says nothing: a question may stand beside it."""
OUTSIDE: tuple[Kind, ...] = ("out_of_scope", "smalltalk")
"""Nothing is quoted to who says "ta duck"."""


@dataclass(frozen=True)
class Opinion:
    """`kinds`: the chances of answered, gap and out of scope. `passages`: a logit for each of
    `passage_ids`, and last their mean, for a passage that was not there to be learnt."""

    kinds: Floats
    passages: Floats


@dataclass(frozen=True)
class MessageHeads:
    """Linear heads on the message vector, trained by `python -m bot.understanding.training`.

    `passage` and `flow` have a row for each of their ids; `option` has one, for whether a reply
    means the option beside it.
    """

    kind: LinearHead
    passage: LinearHead
    passage_ids: tuple[str, ...]
    flow: LinearHead
    flow_ids: tuple[str, ...]
    option: LinearHead

    @classmethod
    def read(cls, path: Path = HEADS) -> MessageHeads:
        """Raises ModelDamaged for a file that is missing, damaged or of another version."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                kinds = tuple(stored["kinds"].tolist())
                heads = {name: stored[name].astype(np.float32) for name in HEADS_KEPT}
                passage_ids = tuple(stored["passage_ids"].tolist())
                flow_ids = tuple(stored["flow_ids"].tolist())
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise damaged(path, str(error)) from error
        if kinds != KINDS or not all(np.isfinite(head).all() for head in heads.values()):
            raise damaged(path, "it is of another version, or holds what is not a number")
        kind, passage, flow, option = (LinearHead(heads[name]) for name in HEADS_KEPT)
        return cls(kind, passage, passage_ids, flow, flow_ids, option)

    def write(self, fingerprint: str, path: Path = HEADS) -> None:
        """Half precision: a chance moves by less than a hundredth."""
        np.savez_compressed(
            path,
            made_from=np.array(fingerprint),
            kinds=np.array(KINDS),
            kind=self.kind.weights.astype(np.float16),
            passage=self.passage.weights.astype(np.float16),
            passage_ids=np.array(self.passage_ids),
            flow=self.flow.weights.astype(np.float16),
            flow_ids=np.array(self.flow_ids),
            option=self.option.weights.astype(np.float16),
        )

    def opinion(self, vector: Vectors) -> Opinion:
        """Of a message by its message vector, (384,)."""
        logits = self.kind(vector)
        shares = dict(zip(KINDS, np.exp(logits - np.logaddexp.reduce(logits)), strict=True))
        chances = np.array(
            [
                sum(shares[kind] for kind in ANSWERED),
                sum(shares[kind] for kind in UNANSWERED),
                sum(shares[kind] for kind in OUTSIDE),
            ],
            dtype=np.float32,
        )
        passages = self.passage(vector)
        return Opinion(chances / chances.sum(), np.append(passages, passages.mean()))

    def tasks(self, vector: Vectors) -> dict[str, float]:
        """How likely the message is each flow's task, by its message vector, (384,): the chance
        that it is a task at all, shared out among the flows."""
        kinds, flows = self.kind(vector), self.flow(vector)
        task = np.exp(kinds[KINDS.index("flow")] - np.logaddexp.reduce(kinds))
        shares = task * np.exp(flows - np.logaddexp.reduce(flows))
        return dict(zip(self.flow_ids, shares.tolist(), strict=True))

    def meant(self, vectors: Vectors) -> list[float]:
        """The chance that each option is meant, from the message vectors, (options, 384), of a
        reply beside each (`with_option`)."""
        logits = vectors @ self.option.weights[0, :-1] + self.option.weights[0, -1]
        chances: list[float] = (1 / (1 + np.exp(-logits))).tolist()
        return chances


def damaged(path: Path, problem: str) -> ModelDamaged:
    return ModelDamaged(
        f"{path.name}, by which messages are read, cannot be used: {problem}.\n"
        "Take the file from the release again, or make it with:"
        " python -m bot.understanding.training"
    )
