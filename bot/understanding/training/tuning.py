"""Tunes the encoder's upper layers and the heads, all at once: one vector is to tell everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from bot.understanding.safety.head import NONE, REASONS, DangerHead
from bot.understanding.training.messages import Labelled
from knowledge import encoder
from knowledge.encoder import DIMENSIONS
from knowledge.export import TRUNK, base_model, layers, mean, through
from knowledge.heads import KINDS, MessageHeads
from knowledge.ranking import LinearHead
from knowledge.token_states import padded, states_below, tokens

LONGEST = 160
"""Tokens of a message that is learnt from, about 120 words: a longer one is read in parts."""
UNITS = 128
EPOCHS = 3
TUNED_AT, HEADS_AT = 1.5e-4, 1.5e-3
"""The highest rates at which layers and heads learn."""
TOKENS_AT_ONCE, TEXTS_AT_ONCE = 2200, 96
TRUNK_AT_ONCE = 4000
KIND_WEIGHS, FLOW_WEIGHS, PASSAGE_WEIGHS, OPTION_WEIGHS = 0.4, 0.6, 0.4, 1.0
"""Against one for danger, which is learnt of nearly every message."""
PASSAGE_SCALE = 16.0
"""A passage's logit at the start, for a message that says the very same."""
DECAY = 0.01
WARMING_UP = 0.08
JITTER = 4
"""Tokens by which texts of one batch may differ at random, so that no two rounds are alike."""

Say = Callable[[int, int], None]


@dataclass(frozen=True)
class EncodedMessage:
    """`states`: what the lower layers make of each token, (tokens, 384), in half precision."""

    message: Labelled
    states: Tensor

    @property
    def length(self) -> int:
        return len(self.states)


@dataclass(frozen=True)
class Tuned:
    layers: nn.ModuleList
    danger: DangerHead
    message: MessageHeads


class HeadNet(nn.Module):
    def __init__(self, flows: int, passages: Tensor) -> None:
        """`passages`: their vectors, by which the head for them begins."""
        super().__init__()
        self.hidden = nn.Linear(DIMENSIONS, UNITS)
        self.danger = nn.Linear(UNITS, len(REASONS) + 1)
        self.kind = nn.Linear(DIMENSIONS, len(KINDS))
        self.flow = nn.Linear(DIMENSIONS, flows)
        self.option = nn.Linear(DIMENSIONS, 1)
        self.passage = nn.Linear(DIMENSIONS, len(passages))
        self.passage.weight.data = PASSAGE_SCALE * passages
        self.passage.bias.data.zero_()

    def dangers(self, vectors: Tensor) -> Tensor:
        within = nn.functional.dropout(torch.tanh(self.hidden(vectors)), 0.1, self.training)
        scores: Tensor = self.danger(within)
        return scores


def tune(
    messages: Sequence[Labelled],
    package: Path,
    tokenizer: Tokenizer,
    flow_ids: Sequence[str],
    passages: dict[str, str],
    seed: int,
    say: Say,
) -> Tuned:
    """The layers, and the heads on their mean.

    `passages`: the text of each by its id. `say` is told of steps done and to do.
    """
    torch.manual_seed(seed)
    chance = Random(seed)  # noqa: S311  # the same training every time
    model = base_model(package)
    stack = layers(model)
    examples = _examples(messages, model, tokenizer)
    heads = HeadNet(len(flow_ids), _sentence_vectors(list(passages.values()), model, tokenizer))
    tuned = stack[TRUNK:].train()
    labels = Labels(tuple(flow_ids), tuple(passages))
    optimiser = torch.optim.AdamW(
        [
            {"params": tuned.parameters(), "lr": TUNED_AT},
            {"params": heads.parameters(), "lr": HEADS_AT},
        ],
        weight_decay=DECAY,
    )
    rounds = [list(_batches(examples, chance)) for _ in range(EPOCHS)]
    steps = sum(map(len, rounds))
    rate = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [TUNED_AT, HEADS_AT], total_steps=steps + 1, pct_start=WARMING_UP
    )
    for step, batch in enumerate((batch for each in rounds for batch in each), start=1):
        states, mask = padded([each.states for each in batch])
        with torch.autocast("cpu", torch.bfloat16):
            # 2.7 times as fast on a processor that computes in 16 bits; weights stay in 32.
            found = through(tuned, states, mask)
        vectors = mean(found.float(), mask)
        loss = labels.loss(heads, vectors, [each.message for each in batch])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([*tuned.parameters(), *heads.parameters()], 1.0)
        optimiser.step()
        rate.step()
        say(step, steps)
    return Tuned(
        tuned.eval(),
        DangerHead(_numbers(heads.hidden), _numbers(heads.danger)),
        MessageHeads(
            LinearHead(_numbers(heads.kind)),
            LinearHead(_numbers(heads.passage)),
            labels.passage_ids,
            LinearHead(_numbers(heads.flow)),
            labels.flow_ids,
            LinearHead(_numbers(heads.option)),
        ),
    )


@dataclass(frozen=True)
class Labels:
    flow_ids: tuple[str, ...]
    passage_ids: tuple[str, ...]

    def loss(self, heads: HeadNet, vectors: Tensor, messages: Sequence[Labelled]) -> Tensor:
        """What is not known of a message counts as right."""
        entropy = nn.functional.cross_entropy
        names = (*REASONS, NONE)
        loss = vectors.sum() * 0
        rows = [row for row, each in enumerate(messages) if each.danger]
        if rows:
            dangers = torch.tensor([names.index(d) for each in messages if (d := each.danger)])
            share = len(rows) / len(messages)
            loss = loss + share * entropy(heads.dangers(vectors[rows]), dangers)
        rows = [row for row, each in enumerate(messages) if each.kind]
        if rows:
            kinds = torch.tensor([KINDS.index(k) for each in messages if (k := each.kind)])
            share = KIND_WEIGHS * len(rows) / len(messages)
            loss = loss + share * entropy(heads.kind(vectors[rows]), kinds)
        rows = [row for row, each in enumerate(messages) if each.flow]
        if rows:
            flows = torch.tensor([self.flow_ids.index(f) for each in messages if (f := each.flow)])
            share = FLOW_WEIGHS * len(rows) / len(messages)
            loss = loss + share * entropy(heads.flow(vectors[rows]), flows)
        rows = [row for row, each in enumerate(messages) if each.means is not None]
        if rows:
            meant = torch.tensor([float(messages[row].means or 0) for row in rows])
            share = OPTION_WEIGHS * len(rows) / len(messages)
            found = heads.option(vectors[rows])[:, 0]
            loss = loss + share * nn.functional.binary_cross_entropy_with_logits(found, meant)
        rows = [row for row, each in enumerate(messages) if each.passages]
        if rows:
            right = torch.zeros(len(rows), len(self.passage_ids))
            for place, row in enumerate(rows):
                answering = messages[row].passages
                right[place, [self.passage_ids.index(each) for each in answering]] = 1 / len(
                    answering
                )
            share = PASSAGE_WEIGHS * len(rows) / len(messages)
            loss = loss + share * entropy(heads.passage(vectors[rows]), right)
        return loss


def _examples(
    messages: Sequence[Labelled], model: nn.Module, tokenizer: Tokenizer
) -> list[EncodedMessage]:
    """Each message as often as it weighs, with the same states every time."""
    ids = tokens([each.text for each in messages], tokenizer, LONGEST)
    states = states_below(ids, model, TRUNK_AT_ONCE)
    return [
        EncodedMessage(message, own)
        for message, own in zip(messages, states, strict=True)
        for _ in range(message.weight)
    ]


def _sentence_vectors(texts: Sequence[str], model: nn.Module, tokenizer: Tokenizer) -> Tensor:
    """(texts, 384), of the package's own layers, each of length one."""
    vectors = []
    embeddings = model.get_submodule("embeddings")
    with torch.no_grad():
        for ids in tokens(texts, tokenizer, encoder.LONGEST):
            inputs, mask = padded([torch.tensor(ids)])
            states = through(layers(model), embeddings(input_ids=inputs.long()), mask)
            vectors.append(nn.functional.normalize(mean(states, mask), dim=1)[0])
    return torch.stack(vectors)


def _batches(examples: Sequence[EncodedMessage], chance: Random) -> Iterator[list[EncodedMessage]]:
    """In any order; the texts of one are of like length."""
    found: list[list[EncodedMessage]] = []
    batch: list[EncodedMessage] = []
    for example in sorted(examples, key=lambda each: each.length + JITTER * chance.random()):
        longest = max([example.length, *(each.length for each in batch)])
        if longest * (len(batch) + 1) > TOKENS_AT_ONCE or len(batch) == TEXTS_AT_ONCE:
            found.append(batch)
            batch = []
        batch.append(example)
    found.append(batch)
    chance.shuffle(found)
    yield from filter(None, found)


def _numbers(head: nn.Linear) -> NDArray[np.float32]:
    """A row an output, its last column the bias."""
    return torch.hstack([head.weight, head.bias[:, None]]).detach().numpy().astype(np.float32)
