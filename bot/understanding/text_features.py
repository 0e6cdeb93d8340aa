"""A text as its words and groups of letters, which survive a typo.

What a sentence vector blurs, such as a number, a "not" or a misspelt word, these keep. Plain
Python and numpy, because Rasa's environment uses them too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log1p
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

PLACES = 1 << 13
"""How many places there are for the words, and as many for the letters."""
VECTOR_WEIGHS = 2.0
"""How much a sentence vector weighs beside the words and the letters, each of length one."""
WORD = re.compile(r"[a-z0-9']+|\?")
LETTERS = range(2, 6)
AT_ONCE = 500

Rows = NDArray[np.float32]


def features(texts: Sequence[str], vectors: Rows) -> Rows:
    """What a linear classifier sees of each text: its sentence vector, then its grams."""
    return np.hstack([VECTOR_WEIGHS * vectors, grams(texts)])


def sparse_features(texts: Sequence[str], vectors: Rows) -> Any:
    """The same as a sparse matrix, for training: most grams of a text are none."""
    from scipy.sparse import csr_matrix, vstack

    starts = range(0, len(texts), AT_ONCE)
    parts = (slice(start, start + AT_ONCE) for start in starts)
    return vstack([csr_matrix(features(texts[part], vectors[part])) for part in parts]).tocsr()


def grams(texts: Sequence[str]) -> Rows:
    """A row of `2 * PLACES` a text: its words and pairs of words, then its letters in twos to
    fives, each half of length one. Two that share a place are not told apart.
    """
    rows = np.zeros((len(texts), 2 * PLACES), np.float32)
    for row, text in zip(rows, texts, strict=True):
        words = WORD.findall(text.lower().replace("’", "'"))
        _count(row[:PLACES], _words(words))
        _count(row[PLACES:], _letters(words))
    return rows


def _words(words: Sequence[str]) -> Iterator[str]:
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))


def _letters(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        edged = f" {word} "
        for size in LETTERS:
            yield from (edged[at : at + size] for at in range(max(1, len(edged) - size + 1)))


def _count(row: Rows, found: Iterable[str]) -> None:
    for place, times in Counter(crc32(each.encode()) % PLACES for each in found).items():
        row[place] = 1.0 + log1p(times - 1)
    length = np.linalg.norm(row)
    if length:
        row /= length
