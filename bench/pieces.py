"""What it is worth to read two pieces of one thought as one. `python -m bench.pieces [FILE]`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.evaluation.items import Item, read_items
from bot.settings import HOME, Settings
from bot.understanding.question_form import WHOLE, goes_on
from knowledge.gold import GoldCheck
from knowledge.knowledge import Knowledge

QUESTIONS = HOME / "tests" / "eval" / "questions.jsonl"
SEED = 20261129
SHORTEST, LONGEST = 6, 30
"""Words of a question that somebody may type in two pieces."""


@dataclass(frozen=True)
class Split:
    """A question in two pieces, cut at a random word near its end."""

    item: Item
    first: str
    second: str


def splits(items: Sequence[Item], random: Random) -> Iterator[Split]:
    for item in items:
        words = item.q.split()
        if item.kind == "answer" and not item.context and SHORTEST <= len(words) <= LONGEST:
            cut = random.randrange(max(2, len(words) - WHOLE + 1), len(words) - 1)
            yield Split(item, " ".join(words[:cut]), " ".join(words[cut:]))


def measure(knowledge: Knowledge, items: Sequence[Item]) -> list[str]:
    """Lines to print."""
    random = Random(SEED)  # noqa: S311 # the same cuts every time
    every = list(splits(items, random))
    told = [each for each in every if goes_on(each.second, each.first)]

    def right(*asked: Callable[[Split], str]) -> int:
        """How often the passage quoted first is right, `asked` last with the rest as context."""
        return sum(_right(knowledge, each, [words(each) for words in asked]) for each in told)

    strangers = random.sample(items, len(items))
    pairs = zip(items, strangers, strict=True)
    wrong = sum(goes_on(after.q, before.q) for before, after in pairs)
    return [
        f"split questions told to be one: {len(told)} of {len(every)}",
        "of these answered rightly by",
        f"  the second piece alone: {right(lambda each: each.second)}",
        "  the second piece as a follow-up: "
        f"{right(lambda each: each.first, lambda each: each.second)}",
        f"  both as one: {right(lambda each: f'{each.first} {each.second}')}",
        f"strangers taken for one, if they came at once: {wrong} of {len(items)}",
    ]


def _right(knowledge: Knowledge, split: Split, asked: Sequence[str]) -> bool:
    *context, query = asked
    gold = GoldCheck(knowledge.library, knowledge.relations)
    quotes = knowledge.answer(query, context=context).quotes[:1]
    return any(gold.hit(each, split.item.gold, split.item.passages) for each in quotes)


if __name__ == "__main__":
    file = Path(sys.argv[1]) if sys.argv[1:] else QUESTIONS
    knowledge = Knowledge.open(Settings.read().state_dir)
    for line in measure(knowledge, read_items(file, knowledge.library)):
        print(line)
