"""Trains the tagger of names. Only `python -m bot.understanding.personal_data.training` writes its
weights.

It learns from invented names in invented messages, and from the project's own questions and
stories, which name nobody but for those of `names/in_examples.txt`.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import regex
import typer
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from scipy.special import expit

from bot.understanding.normalisation import normalise
from bot.understanding.personal_data import invented
from bot.understanding.personal_data.features import features
from bot.understanding.personal_data.invented import (
    Message,
    Messages,
    People,
    joined,
    misspelt,
    shown_less,
    written,
)
from bot.understanding.personal_data.lexicon import NAME, NAME_IN_ENGLISH, Lexicon
from bot.understanding.personal_data.tagger import WEIGHTS, Tagger
from bot.understanding.personal_data.tokens import Token, tokens_of

DATA = Path("data", "safety")
"""In the folder that holds the content."""
SEED = 20261129
VERSION = 1
"""Of the code of this training: raise it with every change to what is learnt, or how."""
# How often each frame and each line of `nameless.txt` is used, and how many of the ordinary texts
# get people.
FRAMED = 18
PEOPLED = 12_000
NAMELESS = 9
# Of the words of a message, how many are learnt as if no list held them.
NAMES = frozenset({NAME, NAME_IN_ENGLISH})
HIDDEN: dict[str | bool, float] = {
    True: 0.2,
    False: 0.05,
    "place": 0.15,
    "custom": 0.08,
    "abbreviation": 0.2,
}
COMMONEST = "01"
SEEN_AT_LEAST = 4
ROUNDS = 50
PENALTY = 1.0
NEXT_TO_NOTHING = 0.08
SHARE = 0.3

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Seen:
    """`alone` and `both`: a row a word of every message, a column a feature of `features`.

    `lengths` are the words of each message, the longest message first; `named` says which words
    are names.
    """

    alone: csr_matrix
    both: csr_matrix
    lengths: Numbers
    named: Numbers
    features: list[str]


def lines(path: Path) -> list[str]:
    """Of a file of examples: what is neither blank nor a comment."""
    return [
        line.strip()
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("# ") and line.strip() != "#"
    ]


def ordinary_texts(home: Path) -> list[str]:
    """Questions, stories, passages and headings of the project, with << and >> around its names."""
    named = set(lines(home / DATA / "names" / "in_examples.txt"))
    stands = regex.compile(rf"\b(?:{'|'.join(map(regex.escape, sorted(named)))})\b")
    examples = [
        line for path in sorted((home / DATA / "examples").glob("*.txt")) for line in lines(path)
    ]
    rows = [
        json.loads(line)
        for path in sorted((home / "knowledge").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    questions = [question for row in rows for question in row["questions"]]
    return [stands.sub(r"<<\g<0>>>", text) for text in (*examples, *questions)]


def passages(home: Path) -> list[str]:
    """Words of the sources, which name nobody who is not allowed."""
    files = sorted((home / "knowledge" / "documents").glob("*/passages.json"))
    stored = [json.loads(path.read_text("utf-8")) for path in files]
    return sorted({text for text in _texts(stored) if " " in text})


def _texts(stored: object) -> Iterator[str]:
    if isinstance(stored, str):
        yield stored
    elif isinstance(stored, dict):
        yield from chain.from_iterable(map(_texts, stored.values()))
    elif isinstance(stored, list):
        yield from chain.from_iterable(map(_texts, stored))


def messages(home: Path, lexicon: Lexicon) -> list[Message]:
    """Everything that the tagger learns from."""
    chance = Random(SEED)  # noqa: S311  # the same messages at every training
    folder = home / DATA / "names"
    invent = Messages(People(lexicon, chance), sorted(lexicon.places), chance)
    ordinary = ordinary_texts(home)
    frames, nameless = lines(folder / "frames.txt"), lines(folder / "nameless.txt")
    made = []
    for frame in frames * FRAMED:
        text = invent.framed(frame)
        part = chance.random()
        if part < 0.3:
            text = joined([text, chance.choice(ordinary)], chance)
        elif part < 0.5:
            text = joined([chance.choice(ordinary), text], chance)
        elif part < 0.6:
            text = joined([text, invent.framed(chance.choice(frames))], chance)
        made.append(written(text, chance, shouted=0.06))
    made += [
        written(invent.peopled(text, 0.6), chance, shouted=0.04)
        for text in chance.choices(ordinary, k=PEOPLED)
    ]
    made = [shown_less(text, chance, 0.5) if chance.random() < 0.12 else text for text in made]
    plain = [invent.framed(line) for line in nameless * NAMELESS] + passages(home)
    plain += ordinary
    plain = [
        joined([text, chance.choice(plain)], chance) if chance.random() < 0.15 else text
        for text in plain
    ]
    made += [_headed(written(text, chance, shouted=0.12), chance) for text in plain]
    made = [misspelt(text, chance, 0.25) if chance.random() < 0.15 else text for text in made]
    return [Message.marked(normalise(text)) for text in made]


def _headed(text: str, chance: Random) -> str:
    """Now and then as a heading is written: "2.1 An Integrated Approach"."""
    if chance.random() > 0.06 or len(text) > 60:
        return text
    number = f"{chance.randint(1, 9)}.{chance.randint(1, 9)} " if chance.random() < 0.5 else ""
    return number + regex.sub(r"\b(?<!['’])\p{Ll}", lambda found: found[0].upper(), text)


def is_named(message: Message, token: Token) -> bool:
    return not token.taken_out and any(
        start <= token.start and token.start < end for start, end in message.names
    )


def hidden(tokens: Sequence[Token], lexicon: Lexicon, chance: Random) -> set[str]:
    """Words that this once no list holds."""
    found = set()
    for token in tokens:
        kind = lexicon.kind(token.plain)
        share = HIDDEN[kind.sort] if kind.sort in HIDDEN else HIDDEN[kind.rough in NAMES]
        rare = kind.sort in HIDDEN or not (kind.sort or kind.lists[-1] in COMMONEST)
        if rare and len(token.plain) > 1 and chance.random() < share:
            found.add(token.plain)
    return found


def seen_of(learnt: Iterable[Message], lexicon: Lexicon) -> Seen:
    """What is seen of every message, in features that are met often enough."""
    chance = Random(SEED)  # noqa: S311
    read = [(message, tokens_of(message.text)) for message in learnt]
    read = sorted(((one, tokens) for one, tokens in read if tokens), key=_longest_first)
    alone, both = Table({}), Table({})
    for message, tokens in read:
        look = lexicon.hiding(hidden(tokens, lexicon, chance))
        for own, pair in features(message.text, tokens, look):
            alone.add(own)
            both.add(pair)
    one, other = alone.cut(), both.cut()
    empty = [csr_matrix((one.shape[0], len(table)), dtype=np.float32) for table in (both, alone)]
    return Seen(
        alone=hstack([one, empty[0]], "csr"),
        both=hstack([empty[1], other], "csr"),
        lengths=np.array([len(tokens) for _, tokens in read]),
        named=np.array([is_named(one, token) for one, tokens in read for token in tokens], float),
        features=[*alone.columns, *both.columns],
    )


def _longest_first(read: tuple[Message, list[Token]]) -> int:
    return -len(read[1])


class Table:
    """Rows of features, each a column, as a sparse matrix in the making."""

    def __init__(self, columns: dict[str, int]) -> None:
        self.columns = columns
        self._found = array("i")
        self._ends = array("q", [0])

    def __len__(self) -> int:
        return len(self.columns)

    def add(self, names: Iterable[str]) -> None:
        for name in names:
            self._found.append(self.columns.setdefault(name, len(self.columns)))
        self._ends.append(len(self._found))

    def cut(self) -> csr_matrix:
        """The matrix, without the columns that are met too rarely; `columns` shrinks with it."""
        found = np.frombuffer(self._found, np.int32)
        ones = np.ones(len(found), np.float32)
        matrix = csr_matrix((ones, found, np.frombuffer(self._ends, np.int64)))
        kept = np.bincount(found, minlength=len(self.columns)) >= SEEN_AT_LEAST
        self.columns = {
            name: number
            for number, name in enumerate(
                name for name, is_kept in zip(self.columns, kept, strict=True) if is_kept
            )
        }
        return matrix[:, np.flatnonzero(kept)]


def fitted(seen: Seen) -> dict[str, float]:
    """The likeliest weights of a conditional random field with two labels, by L-BFGS.

    Weights of next to nothing are left out, and the others are fitted once more without them.
    """
    columns, best = np.arange(len(seen.features)), np.zeros(len(seen.features))
    for _ in range(2):
        alone, both = seen.alone[:, columns], seen.both[:, columns]
        best = minimize(
            _loss,
            best,
            args=(alone, both, _Chain(seen.lengths), seen.named),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": ROUNDS},
        ).x
        large = np.abs(best) >= NEXT_TO_NOTHING
        columns, best = columns[large], best[large]
    return {seen.features[column]: float(w) for column, w in zip(columns, best, strict=True)}


def _loss(
    weights: Numbers, alone: csr_matrix, both: csr_matrix, chain: _Chain, named: Numbers
) -> tuple[float, Numbers]:
    """How surprising it is which words are names, with the penalty; and its slope."""
    light = weights.astype(np.float32)
    own, pair = (alone @ light).astype(float), (both @ light).astype(float)
    names = named.astype(bool)
    pairs = np.where(chain.begins, 0, named * np.roll(named, 1))
    surprise, chance, chance_of_both = chain.expected(own, pair)
    surprise -= own[names].sum() + (pair * pairs).sum()
    slope = alone.T @ (chance - named).astype(np.float32)
    slope += both.T @ (chance_of_both - pairs).astype(np.float32)
    return (
        surprise + PENALTY / 2 * float(weights @ weights),
        slope.astype(float) + PENALTY * weights,
    )


class _Chain:
    """Messages of `lengths`, the longest first, whose words stand one after the other."""

    def __init__(self, lengths: Numbers) -> None:
        starts = np.cumsum(lengths) - lengths
        self.begins = np.zeros(int(lengths.sum()), bool)
        self.begins[starts] = True
        self._steps = [starts[lengths > step] + step for step in range(int(lengths[0]))]

    def expected(self, own: Numbers, pair: Numbers) -> tuple[float, Numbers, Numbers]:
        """The logarithm of the sum over all labellings; of each word the chance that it is a
        name, and that it and the word before it are."""
        ahead, back = own.copy(), own.copy()
        for words in self._steps[1:]:
            before = ahead[words - 1]
            ahead[words] += np.logaddexp(0, before + pair[words]) - np.logaddexp(0, before)
        for words in self._steps[:0:-1]:
            behind = back[words]
            back[words - 1] += np.logaddexp(0, behind + pair[words]) - np.logaddexp(0, behind)
        before = np.where(self.begins, -np.inf, np.roll(ahead, 1))
        all_four = np.logaddexp(np.logaddexp(0, before), back)
        both = before + back + pair
        all_four = np.logaddexp(all_four, both)
        return (
            float(np.logaddexp(0, ahead).sum()),
            expit(ahead + back - own),
            np.exp(both - all_four),
        )


def fingerprint(data: Path) -> str:
    """Of what decides the weights: the lists, the invented messages, parameters and `VERSION`."""
    files = [data / "names.yaml", *sorted((data / "names").glob("*.txt"))]
    decides = {
        "version": VERSION,
        "files": {path.name: path.read_text("utf-8") for path in files},
        "parameters": {
            name: value
            for name, value in {**vars(invented), **globals()}.items()
            if name.isupper() and isinstance(value, (int, float, str, tuple))
        },
    }
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def train(home: Path) -> None:
    """Writes the weights beside the lists."""
    data = home / DATA
    lexicon = Lexicon(data)
    seen = seen_of(messages(home, lexicon), lexicon)
    Tagger(fitted(seen), SHARE).write(data / WEIGHTS, fingerprint(data))


def main(home: Path = Path()) -> None:
    """`home`: a checkout."""
    train(home)


if __name__ == "__main__":
    typer.run(main)
