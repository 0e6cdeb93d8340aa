"""Makes the files of weights, and says from what they were made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer

from bot.flows import read_flows
from bot.understanding.safety import prefilter
from bot.understanding.safety.head import NONE
from bot.understanding.safety.prefilter import Prefilter
from bot.understanding.training import augmentation, messages, tuning
from bot.understanding.training.messages import Labelled, Redact, lines, read_messages
from bot.understanding.training.tuning import Say, tune
from knowledge.corpus import indexed_text
from knowledge.encoder import MESSAGE_LAYERS, MODEL_SHA256
from knowledge.export import TRUNK, write_layers
from knowledge.library import Library
from knowledge.parameters import parameters

DANGER_HEAD = Path("data", "safety", "head.npz")
PREFILTER = Path("data", "safety", "prefilter.npz")
"""In the folder that holds the content."""
ABOUT_A_WINDOW = 40
"""Words."""

SEED = 20261129
VERSION = 5
"""Of the code of this training: raise it with every change to what is learnt, or how."""


def make(home: Path, package: Path, redact: Redact, say: Say) -> None:
    """Writes the tuned layers, the heads and the prefilter of the checkout `home`.

    `package`: the folder of the encoder's model.
    """
    made_from = fingerprint(home)
    learnt = read_messages(home, redact)
    learnt += list(augmentation.augmented(learnt, Random(SEED)))  # noqa: S311
    fitted_prefilter(learnt).write(home / PREFILTER, made_from)
    tuned = tune(
        learnt,
        package,
        Tokenizer.from_file(str(package / "tokenizer.json")),
        sorted(read_flows(home / "data" / "flows")),
        passages(home),
        SEED,
        say,
    )
    tuned.danger.write(home / DANGER_HEAD, made_from)
    tuned.message.write(made_from)
    write_layers(MESSAGE_LAYERS, tuned.layers)


def passages(home: Path) -> dict[str, str]:
    """The text by which each passage is found, by its id."""
    library = Library.read(home / "knowledge")
    return {each.id: indexed_text(each) for each in library.passages.values()}


def fitted_prefilter(learnt: Sequence[Labelled]) -> Prefilter:
    """From messages of about a window's length: it is to find the window to be read, and long calm
    stories teach it that the words of danger are calm."""
    short = [
        message
        for message in learnt
        if message.danger and len(message.text.split()) <= ABOUT_A_WINDOW
    ]
    rows, places, counts = [], [], []
    for row, message in enumerate(short):
        found = prefilter.places(message.text).tolist()
        rows += [row] * len(found)
        places += found
        counts += [max(len(found), 1) ** -0.5] * len(found)
    seen = csr_matrix((counts, (rows, places)), (len(short), prefilter.PLACES))
    model = LogisticRegression(max_iter=500, class_weight="balanced")
    model.fit(seen, [message.danger != NONE for message in short])
    return Prefilter(model.coef_[0].astype(np.float32), float(model.intercept_[0]))


def fingerprint(home: Path) -> str:
    """Of what decides the weights: examples, authors' messages, parameters, encoder, `VERSION`.

    Left out are the questions, flows and commands, which change every week: what is new there is
    found by its sentence vector, and needs no new training.
    """
    folder = home / "data" / "safety" / "examples"
    authors = sorted((home / "data" / "messages").glob("*.jsonl"))
    decides = {
        "version": VERSION,
        "seed": SEED,
        "examples": {path.stem: lines(path) for path in sorted(folder.glob("*.txt"))},
        "authors": {path.stem: path.read_text("utf-8") for path in authors},
        "parameters": [parameters(module) for module in (augmentation, messages, tuning)],
        "encoder": (MODEL_SHA256, TRUNK),
    }
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()
