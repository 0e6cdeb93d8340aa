"""What the tagger sees of a word of a message: the word, its writing, what lists say of it, and the
same of its neighbours, each as a readable string such as "word-1=mum"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from bot.understanding.personal_data.lexicon import Kind
from bot.understanding.personal_data.placeholders import TAKEN_OUT
from bot.understanding.personal_data.tokens import Token

AROUND = 2
"""Neighbours on either side that are seen whole."""
FOREIGN = 0.3
"""Of this share of words that nobody lists, a line is in another language."""
DIGITS = regex.compile(r"\d+")
BLANKS = regex.compile(r"[^\S\n]+")
LONGEST_GAP = 4
SUFFIXES = (2, 3, 4)
PREFIXES = (2, 3)

Seen = tuple[list[str], list[str]]
"""What speaks for a name, and what speaks for one together with the word before it."""
Look = Callable[[str], Kind]


@dataclass(frozen=True, slots=True)
class Word:
    """A token as it is compared: `said` stands for what it says, `kind` for what lists say of it,
    `shape` for how it is written."""

    said: str
    kind: str
    sort: str
    rough: str
    shape: str


EDGE = Word("", "", "", "", "")
GONE = Word("[]", "[]", "[]", "[]", "[]")


def features(text: str, tokens: Sequence[Token], look: Look) -> list[Seen]:
    """A list a token. `look` is the lexicon's, or one that knows less."""
    casings = _casings(text, tokens)
    kinds = [look(token.plain) for token in tokens]
    words = [
        _word(token, kind, casing)
        for token, kind, casing in zip(tokens, kinds, casings, strict=True)
    ]
    gaps = _gaps(text, tokens)
    again = _elsewhere(tokens)
    foreign = _is_foreign(tokens, kinds)
    padded = [EDGE] * AROUND + words + [EDGE] * AROUND
    return [
        _features(
            token,
            padded[at : at + 2 * AROUND + 1],
            gaps[at],
            gaps[at + 1],
            f"{casings[at]}{foreign}",
            again[token.plain] if len(again[token.plain]) > 1 else "",
            kinds[at],
        )
        for at, token in enumerate(tokens)
    ]


def _features(
    token: Token,
    around: Sequence[Word],
    before: str,
    after: str,
    casing: str,
    again: str,
    kind: Kind,
) -> Seen:
    far, left, word, right, beyond = around
    said, rough, shape = word.said, word.rough, word.shape
    own = f"{word.kind},{shape}"
    owns = "'" if token.possessive else ""
    seen = [
        f"word={said}",
        f"kind={word.kind}",
        f"shape={shape}",
        f"own={own},{casing}",
        f"own={own}{owns}",
        f"written={said},{shape}",
        f"sort={word.sort}",
        f"word-1={left.said}",
        f"word+1={right.said}",
        f"word-2={far.said}",
        f"word+2={beyond.said}",
        f"kind-1={left.kind}",
        f"kind+1={right.kind}",
        f"shape-1={left.shape}",
        f"shape+1={right.shape}",
        f"gap-1={before}",
        f"gap+1={after}",
        f"gaps={before}|{after},{rough},{shape}",
        f"word-1={left.said},{rough}",
        f"word+1={right.said},{rough}",
        f"word-1={left.said}{before},{shape}",
        f"word+1={after}{right.said},{shape}{owns}",
        f"words-={far.said} {left.said},{rough}",
        f"words+={right.said} {beyond.said},{rough}",
        f"words={left.said}_{right.said},{rough}",
        f"sort-1={left.sort}{before},{rough},{shape}",
        f"sort+1={after}{right.sort},{rough},{shape}{owns}",
        f"sorts={left.sort}_{right.sort},{rough}",
        f"kinds-={left.kind}{before},{word.kind}",
        f"kinds+={word.kind}{after},{right.kind}",
        f"roughs={left.rough},{rough},{right.rough}",
        f"shapes={left.shape}{before},{shape},{after}{right.shape}",
        f"shapes={left.shape}{before},{own}",
        f"shapes={own},{after}{right.shape}",
    ]
    if again:
        seen.append(f"again={again},{rough},{shape}")
    if not kind.common:
        edged = f"^{token.plain}$"
        seen += [f"end={edged[-size - 1 :]}" for size in SUFFIXES]
        seen += [f"begin={edged[: size + 1]}" for size in PREFIXES]
        seen.append(f"long={min(len(token.plain), 12)},{rough}")
    both = [
        f"both={before}",
        f"both={before},{left.rough},{rough}",
        f"both={left.shape}{before}{shape}",
    ]
    return seen, both


def _word(token: Token, kind: Kind, casing: str) -> Word:
    if token.taken_out:
        return GONE
    said = token.plain if kind.common else f"<{kind.rough}>"
    shape = casing if casing == "U" else _shape(token)
    shape += "^" if token.written and token.first_in_sentence else ""
    return Word(said, kind.lists, kind.sort or kind.rough, kind.rough, shape)


def _shape(token: Token) -> str:
    if len(token.bare) == 1:
        return "A" if token.bare.isupper() else "a"
    if token.capital:
        return "Aa-Aa" if "-" in token.bare else "Aa"
    if token.capitals:
        return "AA"
    if token.bare.islower():
        return "a-a" if "-" in token.bare else "aa"
    return "aA"


def _casings(text: str, tokens: Sequence[Token]) -> list[str]:
    """Of the line that a token stands in: capitals throughout ("U"), none at all ("u"), or "m"."""
    typed = TAKEN_OUT.sub(lambda found: " " * len(found[0]), text)
    casings: list[str] = []
    end = 0
    for token in tokens:
        if token.start >= end:
            begin = text.rfind("\n", 0, token.start) + 1
            end = text.find("\n", token.start)
            end = len(text) if end < 0 else end
            casing = _casing(typed[begin:end])
        casings.append(casing)
    return casings


def _casing(line: str) -> str:
    if line.isupper():
        return "U"
    return "u" if not regex.search(r"\p{Lu}\p{L}", line) else "m"


def _gaps(text: str, tokens: Sequence[Token]) -> list[str]:
    """What stands before each token, and behind the last, in brief."""
    starts = [token.start for token in tokens] + [len(text)]
    ends = [0] + [token.after for token in tokens]
    gaps = [_brief(text[end:start]) for end, start in zip(ends, starts, strict=True)]
    gaps[0] = f"^{gaps[0]}"
    gaps[-1] = f"{gaps[-1]}$"
    return gaps


def _brief(gap: str) -> str:
    if gap == " ":
        return gap
    return BLANKS.sub(" ", DIGITS.sub("0", gap)).replace("\n", "¶")[:LONGEST_GAP]


def _elsewhere(tokens: Sequence[Token]) -> dict[str, str]:
    """How a word is written in the message, every way once."""
    ways: dict[str, set[str]] = {}
    count: dict[str, int] = {}
    for token in tokens:
        found = ways.setdefault(token.plain, set())
        count[token.plain] = count.get(token.plain, 0) + 1
        if token.capital_inside:
            found.add("C")
        elif token.bare.islower():
            found.add("s")
        if token.possessive:
            found.add("'")
    return {
        word: "+" + "".join(sorted(found)) if count[word] > 1 else ""
        for word, found in ways.items()
    }


def _is_foreign(tokens: Sequence[Token], kinds: Sequence[Kind]) -> str:
    small = [
        kind.unlisted for token, kind in zip(tokens, kinds, strict=True) if token.bare.islower()
    ]
    return "f" if len(small) > 3 and sum(small) >= FOREIGN * len(small) else ""
