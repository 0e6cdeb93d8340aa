"""Makes the file of the retrieval vector's layers, and says from what they were made."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import torch
from tokenizers import Tokenizer

from knowledge import encoder
from knowledge.encoder import MODEL_SHA256
from knowledge.export import TRUNK, base_model, layers, write_layers
from knowledge.parameters import parameters
from knowledge.tuning import contrast
from knowledge.tuning.contrast import Say, tune
from knowledge.tuning.pairs import learnt_files, read_pairs

SEED = 20261129
VERSION = 3
"""Of the code of this training: raise it with every change to what is learnt, or how."""


def make(home: Path, package: Path, say: Say) -> None:
    """Writes the layers that the checkout `home` gives. `package`: the folder of the encoder's
    model."""
    made_from = fingerprint(home)
    upper = tune(read_pairs(home, SEED), package, tokenizer_of(package), SEED, say)
    write_layers(encoder.RETRIEVAL_LAYERS, upper, made_from)


def take(home: Path, package: Path, learnt: Path) -> None:
    """Writes the layers that the same training gave elsewhere, from what is in `home`: `learnt`
    is their state as torch saves it."""
    upper = layers(base_model(package))[TRUNK:]
    upper.load_state_dict(torch.load(learnt, map_location="cpu", weights_only=True))
    write_layers(encoder.RETRIEVAL_LAYERS, upper, fingerprint(home))


def tokenizer_of(package: Path) -> Tokenizer:
    return Tokenizer.from_file(str(package / encoder.TOKENIZER))


def fingerprint(home: Path) -> str:
    """Of what decides the weights: invented passages, parameters, encoder, `VERSION`.

    Left out are the content's own passages and questions, which change every week.
    """
    decides = {
        "version": VERSION,
        "seed": SEED,
        "invented": {path.stem: path.read_text("utf-8") for path in learnt_files(home)},
        "parameters": parameters(contrast),
        "encoder": (MODEL_SHA256, TRUNK),
    }
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()
