"""Words that are written so that no machine is to read them: apart, or run together."""

from __future__ import annotations

import regex

from bot.understanding.vocabulary import ordinary_words

SPACED = regex.compile(r"(?<![^\W_])[^\W_](?:[\W_]{1,2}[^\W_]){2,}(?![^\W_])")
JOINTS = regex.compile(r"(?<=\w)(?:_|%20)(?=\w)")
RUN_TOGETHER = regex.compile(r"(?<![a-zA-Z'’-])[a-zA-Z]{9,80}+(?![a-zA-Z'’-])")
LEAST_JOINTS = 2
SHORTEST = 3
SHORT_WORDS = frozenset(
    {"a", "i", "am", "an", "as", "at", "be", "by", "do", "go", "he", "hi", "if", "in", "is", "it"}
    | {"me", "my", "no", "of", "oh", "ok", "on", "or", "so", "to", "up", "us", "we"}
)
"""All that a run of words may hold with fewer letters than SHORTEST."""
BETWEEN = regex.compile(r"[\W_]+")
MOST_SPACED = 80
LONGEST_WORD = 14


def spelt_together(text: str) -> str:
    """`text` in words: letters that stand apart, as in "k i l l" and "s.u.i.c.i.d.e", made one, and
    words that run together, as in "i_want_to_die" and "heisstabbingher", taken apart."""
    apart = JOINTS.sub(" ", text)
    spelt = SPACED.sub(lambda letters: _words_of(BETWEEN.sub("", letters[0]).lower()), apart)
    return RUN_TOGETHER.sub(lambda word: _taken_apart(word[0]), spelt)


def _taken_apart(word: str) -> str:
    """The ordinary words that `word` is made of, where it is none and they are three or more."""
    if word.lower() in ordinary_words():
        return word
    words = _words_of(word.lower()).split(" ")
    are_words = len(words) > LEAST_JOINTS and all(map(_stands_alone, words))
    return " ".join(words) if are_words else word


def _stands_alone(word: str) -> bool:
    return len(word) >= SHORTEST or word in SHORT_WORDS


def _words_of(letters: str) -> str:
    """The fewest ordinary words that they spell, else the letters in one."""
    if len(letters) > MOST_SPACED:
        return letters
    known = ordinary_words()
    best: list[list[str] | None] = [[]]
    for end in range(1, len(letters) + 1):
        ways = (
            [*before, letters[start:end]]
            for start in range(max(0, end - LONGEST_WORD), end)
            if (before := best[start]) is not None and letters[start:end] in known
        )
        best.append(min(ways, key=len, default=None))
    return " ".join(best[-1] or [letters])
