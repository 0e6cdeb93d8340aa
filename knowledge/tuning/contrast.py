"""Tunes the upper layers of the retrieval vector: a question is to lie nearer to the passage that
answers it than to the other passages of its batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from knowledge.export import TRUNK, base_model, layers, mean, through
from knowledge.token_states import padded, states_below, tokens
from knowledge.tuning.pairs import AnsweredQuestion

PASSAGE, QUESTION = 160, 96
"""Tokens that are learnt from: all of every text of `data/passages` (at most 118 and 95), and all
but 2 passages of the content."""
EPOCHS = 3
WITHOUT_HEADING = 0.3
"""The share of passages that are learnt without their heading, others in every round. Tried once
with three imported chapters whose headings said little: without them the vector found 34 of 60
answers among three, and with them 28."""
TUNED_AT = 1e-4
"""The highest rate at which the layers learn."""
PAIRS_AT_ONCE = 64
OF_ONE_DOCUMENT = 16
"""Pairs in a row of one document: its passages are the ones that are hard to tell apart."""
TEMPERATURE = 0.05
DECAY = 0.01
WARMING_UP = 0.1
STEEPEST = 1.0
"""The length that a gradient is cut to."""
TRUNK_AT_ONCE = 4000
"""Tokens."""

Say = Callable[[int, int], None]


def tune(
    pairs: Sequence[AnsweredQuestion], package: Path, tokenizer: Tokenizer, seed: int, say: Say
) -> nn.ModuleList:
    """The upper layers. `say` is told of steps done and to do."""
    torch.manual_seed(seed)
    chance = Random(seed)  # noqa: S311  # the same training every time
    model = base_model(package)
    questions = _states([pair.question for pair in pairs], QUESTION, model, tokenizer)
    of_passages = [text for pair in pairs for text in (pair.passage, pair.without_heading)]
    passages = _states(of_passages, PASSAGE, model, tokenizer)
    # The layers of the package drop a tenth while they learn.
    upper = layers(model)[TRUNK:].train()
    optimiser = torch.optim.AdamW(upper.parameters(), lr=TUNED_AT, weight_decay=DECAY)
    rounds = [with_headings_left_out(pairs, chance) for _ in range(EPOCHS)]
    batches = [batch for pairs in rounds for batch in batches_of(pairs, chance)]
    rate = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, TUNED_AT, total_steps=len(batches) + 1, pct_start=WARMING_UP
    )
    for step, batch in enumerate(batches, start=1):
        loss = contrast(upper, batch, questions, passages)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(upper.parameters(), STEEPEST)
        optimiser.step()
        rate.step()
        say(step, len(batches))
    return upper.eval()


def with_headings_left_out(
    pairs: Sequence[AnsweredQuestion], chance: Random
) -> list[AnsweredQuestion]:
    """Of some passages, for all of their questions: one text never stands in a batch twice."""
    passages = dict.fromkeys(pair.passage for pair in pairs)
    left_out = {passage for passage in passages if chance.random() < WITHOUT_HEADING}
    return [
        replace(pair, passage=pair.without_heading) if pair.passage in left_out else pair
        for pair in pairs
    ]


def contrast(
    upper: nn.ModuleList,
    batch: Sequence[AnsweredQuestion],
    questions: dict[str, Tensor],
    passages: dict[str, Tensor],
) -> Tensor:
    """The mean surprise at which passage of the batch answers each question."""
    held = list(dict.fromkeys(pair.passage for pair in batch))
    asked = _vectors(upper, [questions[pair.question] for pair in batch])
    found = _vectors(upper, [passages[passage] for passage in held])
    right = torch.tensor([held.index(pair.passage) for pair in batch])
    return nn.functional.cross_entropy(asked @ found.T / TEMPERATURE, right)


def batches_of(
    pairs: Sequence[AnsweredQuestion], chance: Random
) -> Iterator[list[AnsweredQuestion]]:
    """In any order, some of one document in a row. What is left over waits for the next round."""
    by_document: defaultdict[str, list[AnsweredQuestion]] = defaultdict(list)
    for pair in pairs:
        by_document[pair.document].append(pair)
    rows: list[list[AnsweredQuestion]] = []
    for group in by_document.values():
        chance.shuffle(group)
        rows += (group[at : at + OF_ONE_DOCUMENT] for at in range(0, len(group), OF_ONE_DOCUMENT))
    chance.shuffle(rows)
    order = [pair for row in rows for pair in row]
    for at in range(0, len(order) - PAIRS_AT_ONCE + 1, PAIRS_AT_ONCE):
        yield order[at : at + PAIRS_AT_ONCE]


def _states(
    texts: Sequence[str], longest: int, model: nn.Module, tokenizer: Tokenizer
) -> dict[str, Tensor]:
    """Of each text once what the lower layers make of it."""
    each = list(dict.fromkeys(texts))
    ids = tokens(each, tokenizer, longest)
    return dict(zip(each, states_below(ids, model, TRUNK_AT_ONCE), strict=True))


def _vectors(upper: nn.ModuleList, states: Sequence[Tensor]) -> Tensor:
    """Retrieval vectors, (texts, 384), each of length one."""
    rows, mask = padded(states)
    with torch.autocast("cpu", torch.bfloat16):
        # 2.7 times as fast on a processor that computes in 16 bits; weights stay in 32.
        found = through(upper, rows, mask)
    return nn.functional.normalize(mean(found.float(), mask), dim=1)
