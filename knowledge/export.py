"""The encoder as ONNX: one pass through the lower layers, three readings above them.

The sentence vector is all-MiniLM-L6-v2's own, unchanged. Beside its upper layers stand two stacks
of ours. That of the message vector is tuned on what people write (`python -m
bot.understanding.training`), that of the retrieval vector on passages with questions (`python -m
knowledge.tuning`). Only setting up and training import torch.
"""

from __future__ import annotations

import copy
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel

TRUNK = 3
"""Layers of six that all readings share. What is tuned above them fits in 11 MB a reading, and each
adds half of what the encoder alone costs."""
OPSET = 17
NOT_READ = -1e4
"""Added to the attention of places that only pad a batch."""
MADE_FROM = "made_from"
"""The array of a file of layers that holds the fingerprint of what they were made from."""


def base_model(package: Path) -> nn.Module:
    """all-MiniLM-L6-v2 as its package holds it."""
    model: nn.Module = AutoModel.from_pretrained(
        str(package), local_files_only=True, attn_implementation="eager"
    )
    return model.eval()


def layers(model: nn.Module) -> nn.ModuleList:
    found = model.get_submodule("encoder.layer")
    if not isinstance(found, nn.ModuleList):
        raise TypeError("this model has no layers in a row")
    return found


def attention(mask: Tensor) -> Tensor:
    """(batch, tokens) of ones and zeros, as the layers take it."""
    return ((1.0 - mask) * NOT_READ)[:, None, None, :]


def through(stack: nn.ModuleList, states: Tensor, mask: Tensor) -> Tensor:
    added = attention(mask)
    for layer in stack:
        # A version of transformers gives the states alone, another one in a tuple.
        given = layer(states, attention_mask=added)
        states = given[0] if isinstance(given, tuple) else given
    return states


def mean(states: Tensor, mask: Tensor) -> Tensor:
    """(batch, 384): of each text the mean of its tokens."""
    kept = mask[:, :, None]
    return (states * kept).sum(1) / kept.sum(1)


class Readings(nn.Module):
    """Token ids and their mask in; the means of the three readings out, side by side:
    (batch, 1152).

    `message` and `retrieval` are the files of their upper layers.
    """

    def __init__(self, model: nn.Module, message: Path, retrieval: Path) -> None:
        super().__init__()
        self.embeddings = model.get_submodule("embeddings")
        stack = layers(model)
        self.trunk, self.sentence = stack[:TRUNK], stack[TRUNK:]
        self.message = copy.deepcopy(self.sentence)
        self.retrieval = copy.deepcopy(self.sentence)
        self.message.load_state_dict(read_layers(message))
        self.retrieval.load_state_dict(read_layers(retrieval))

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        mask = attention_mask.to(torch.float32)
        embedded: Tensor = self.embeddings(input_ids=input_ids)
        shared = through(self.trunk, embedded, mask)
        readings = (self.sentence, self.message, self.retrieval)
        return torch.cat([mean(through(each, shared, mask), mask) for each in readings], dim=1)


def read_layers(path: Path) -> dict[str, Tensor]:
    with np.load(path, allow_pickle=False) as stored:
        names = [name for name in stored.files if name != MADE_FROM]
        return {name: torch.tensor(stored[name].astype(np.float32)) for name in names}


def write_layers(path: Path, upper: nn.ModuleList, made_from: str | None = None) -> None:
    """Half precision: the vectors keep a cosine above .9999 to those of the training."""
    arrays = {
        name: value.detach().numpy().astype(np.float16)
        for name, value in upper.state_dict().items()
    }
    if made_from is not None:
        arrays[MADE_FROM] = np.array(made_from)
    np.savez_compressed(path, **arrays)


def export(package: Path, message: Path, retrieval: Path, path: Path) -> None:
    """Writes the ONNX file at `path`."""
    readings = Readings(base_model(package), message, retrieval).eval()
    ids = torch.tensor([[101, 2175, 102], [101, 102, 0]])
    mask = torch.tensor([[1, 1, 1], [1, 1, 0]])
    free = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings():
        # The tracer warns of constants; the vectors are compared with torch in the tests.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            readings,
            (ids, mask),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["readings"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "readings": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,
        )
