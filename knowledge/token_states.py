"""What the encoder's lower layers make of texts: each training of upper layers begins with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from knowledge.encoder import DIMENSIONS
from knowledge.export import TRUNK, layers, through


def tokens(texts: Sequence[str], tokenizer: Tokenizer, longest: int) -> list[list[int]]:
    """Of each text at most so many. The package's tokenizer pads every text to 128, and what only
    pads must neither be learnt from nor kept."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return [each.ids for each in tokenizer.encode_batch_fast(list(texts))]


def states_below(
    ids: Sequence[Sequence[int]], model: nn.Module, tokens_at_once: int
) -> tuple[Tensor, ...]:
    """Of each text its tokens as the shared lower layers leave them, (tokens, 384), in half
    precision. All of them lie in one block: small ones between the large ones of a pass leave
    holes in memory."""
    lengths = [len(each) for each in ids]
    states = torch.split(torch.empty(sum(lengths), DIMENSIONS, dtype=torch.half), lengths)
    trunk, embeddings = layers(model)[:TRUNK], model.get_submodule("embeddings")
    with torch.no_grad():
        for rows in _alike(ids, tokens_at_once):
            inputs, mask = padded([torch.tensor(ids[row]) for row in rows])
            found = through(trunk, embeddings(input_ids=inputs.long()), mask)
            for place, row in enumerate(rows):
                states[row].copy_(found[place, : lengths[row]])
    return states


def _alike(ids: Sequence[Sequence[int]], tokens_at_once: int) -> Iterator[list[int]]:
    """Rows of texts of like length, few enough to be run at once."""
    batch: list[int] = []
    for row in sorted(range(len(ids)), key=lambda row: len(ids[row])):
        if batch and len(ids[row]) * (len(batch) + 1) > tokens_at_once:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def padded(rows: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """The rows in one tensor of 32 bits, and the mask of what is theirs."""
    padded = nn.utils.rnn.pad_sequence(list(rows), batch_first=True).float()
    mask = torch.zeros(padded.shape[:2])
    for place, row in enumerate(rows):
        mask[place, : len(row)] = 1
    return padded, mask
