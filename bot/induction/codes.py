"""A learner's code: drawn at random, held by the learner, and taken out of whatever is typed.

Only its hash goes any further, so that nothing that stores, logs or embeds a text holds a code.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from unicodedata import normalize

from bot.messages import Message, TextMessage
from bot.understanding.lookalikes import as_seen

# No vowels, so that no code spells a word; no letter that is read as another.
ALPHABET = "BCDFGHJKMNPQRSTVWXZ"
GROUPS, LETTERS = 5, 4
LENGTH = GROUPS * LETTERS

PLACEHOLDER = "[learner's code]"

FURTHEST = 3
APART = rf"[\W_]{{0,{FURTHEST}}}"
"""What stands between two letters of a code: a hyphen, a blank, a line break, or nothing."""

WORD = re.compile(r"[^\W_]+")
AS_SHOWN = rf"[{ALPHABET}]{{{LETTERS}}}(?:-[{ALPHABET}]{{{LETTERS}}}){{{GROUPS - 1}}}"
IN_ANY_GROUPS = rf"[{ALPHABET}](?:{APART}[{ALPHABET}]){{{LENGTH - 1}}}"
COUNTED = (
    r"(?:[\W\d_]|and|or|then|first|second|third|fourth|fifth|last|one|two|three|four|five"
    r"|the|next|group|letters|part|block|is){1,20}"
)
"""What stands between two groups where somebody reads them out: "1. FNXJ 2. SNZS"."""
READ_OUT = rf"[{ALPHABET}]{{{LETTERS}}}(?:{COUNTED}[{ALPHABET}]{{{LETTERS}}}){{{GROUPS - 1}}}"
WHOLE = [
    *(
        re.compile(rf"(?<![^\W_])(?<!\w'){written}(?![^\W_])", re.IGNORECASE)
        for written in (AS_SHOWN, IN_ANY_GROUPS, READ_OUT)
    ),
    # No word has so many consonants: it is a code, whatever it was run together with.
    *(
        re.compile(rf"(?<![{ALPHABET}]){run}(?![{ALPHABET}])", re.IGNORECASE)
        for run in (
            rf"[{ALPHABET}]{{0,{LETTERS}}}{AS_SHOWN}[{ALPHABET}]{{0,{LETTERS}}}",
            rf"[{ALPHABET}]{{{LENGTH},{LENGTH + LETTERS}}}",
        )
    ),
]
SAID_TO_BE = re.compile(
    r"\bcode(?:\W*(?:is|was|s|starts|begins|ends)\b)?(?:\W*with\b)?\W*", re.IGNORECASE
)

FEWEST_DIFFERENT = 6
"""Different letters in a code: one of 35 million drawn has fewer, "xxxx xxxx" has one."""

# A mistyped code has at least half of the letters, and four more for each wrong character: of an
# English text four letters in ten are none of the alphabet.
FEWEST, LONGEST = LENGTH // 2, LENGTH + LETTERS
GROUPS_TOLD = 2
"""Groups of which nothing else is said than that they are a code: its beginning."""
GROUPS_SEEN = 3
"""Groups that a mistyped code has where nobody says that it is a code."""

NO_LETTERS = str.maketrans("", "", ALPHABET)

CodeSpan = tuple[int, int]


@dataclass(frozen=True)
class WithoutCodes:
    """`text` without the codes in it. `learner` is the `learner_id` of the first, if any."""

    text: str
    learner: str | None = None


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A code of about 85 bits, in groups that can be read out and written down."""
    return _as_shown("".join(choose(ALPHABET) for _ in range(LENGTH)))


def learner_id(code: str) -> str:
    """What is stored in place of the code. Case and separators do not matter."""
    return sha256(f"learner:{_letters(code)}".encode()).hexdigest()


def find(text: str) -> str | None:
    """The first whole code in the text, as it was shown."""
    seen = _as_seen(text)
    for pattern in WHOLE:
        for span in _whole(pattern, seen):
            return _as_shown(_letters(seen[slice(*span)]))
    return None


def without_codes(text: str) -> WithoutCodes:
    """`text` must be normalised. What was plainly meant as a code and is none goes as well: it
    has an id like any other, under which nobody is known."""
    typed = _without_whole(text)
    meant = _without(typed.text, _meant)
    return WithoutCodes(meant.text, typed.learner or meant.learner)


def to_keep(messages: Sequence[Message]) -> list[Message]:
    """The messages as they are kept: a code is shown once and cannot be read back."""
    return [
        each.model_copy(update={"text": _without_whole(each.text).text})
        if isinstance(each, TextMessage)
        else each
        for each in messages
    ]


def _without_whole(text: str) -> WithoutCodes:
    learner = None
    for pattern in WHOLE:
        typed = _without(text, partial(_whole, pattern))
        text, learner = typed.text, learner or typed.learner
    return WithoutCodes(text, learner)


def _without(text: str, spans: Callable[[str], Iterable[CodeSpan]]) -> WithoutCodes:
    parts: list[str] = []
    at, learner = 0, None
    seen = _as_seen(text)
    for start, end in spans(seen):
        parts += (text[at:start], PLACEHOLDER)
        learner = learner or learner_id(seen[start:end])
        at = end
    return WithoutCodes("".join((*parts, text[at:])), learner)


def _as_seen(text: str) -> str:
    """As long as it was, in the letters that it is read as: without accents, and in Latin ones."""
    return as_seen("".join(normalize("NFD", letter)[0] for letter in text))


def _whole(pattern: re.Pattern[str], text: str) -> Iterator[CodeSpan]:
    return (found.span() for found in pattern.finditer(text) if _is_drawn(found[0]))


def _is_drawn(code: str) -> bool:
    """Fours, some of them run together, or groups of any one size: abbreviations in a row are
    seldom either."""
    groups = _groups(code)
    # Letters of other words may have run into the first and the last of five.
    sizes = {len(group) for group in (groups[1:-1] if len(groups) == GROUPS else groups)}
    even = len(sizes) == 1 or all(size % LETTERS == 0 for size in sizes)
    return even and _is_varied(code)


def _is_varied(code: str) -> bool:
    return len(set(_letters(code))) >= FEWEST_DIFFERENT


def _meant(text: str) -> Iterator[CodeSpan]:
    """What is said to be a code, or looks like one for the most part, and is mistyped."""
    words = list(WORD.finditer(text))
    told = {found.end() for found in SAID_TO_BE.finditer(text)}
    at = 0
    while at < len(words):
        reached = _reached(words[at : at + LONGEST], told=words[at].start() in told)
        if reached:
            yield words[at].start(), words[at + reached - 1].end()
        at += reached or 1


def _reached(words: Sequence[re.Match[str]], *, told: bool) -> int:
    """How many of `words` make up a mistyped code; 0 where they make up none."""
    reached = right = wrong = groups = 0
    end = words[0].start()
    for count, word in enumerate(words, 1):
        length = len(word[0])
        strange = len(word[0].upper().translate(NO_LETTERS))
        # What follows a code that is all but complete is no part of it.
        complete = right + wrong >= LENGTH - 1
        right, wrong = right + length - strange, wrong + strange
        longest = LENGTH if strange else LONGEST
        too_much = strange > length // LETTERS or right + wrong > longest
        if complete or too_much or word.start() - end > FURTHEST:
            break
        if strange <= length // FEWEST:
            groups += (length - strange) // LETTERS
        if not (told or groups):
            break
        end = word.end()
        in_fours = told and groups >= GROUPS_TOLD and right == groups * LETTERS
        fewest = GROUPS_TOLD * LETTERS if in_fours else FEWEST
        enough = right >= fewest + LETTERS * wrong and (told or groups >= GROUPS_SEEN)
        if enough and _is_varied(words[0].string[words[0].start() : end]):
            reached = count
    return reached


def _letters(code: str) -> str:
    groups = "".join(_groups(code))
    return groups if len(groups) == LENGTH else "".join(filter(str.isalpha, code.upper()))


def _groups(code: str) -> list[str]:
    """What of it is in the letters of codes, without what somebody said between."""
    return [word for word in WORD.findall(code.upper()) if not word.translate(NO_LETTERS)]


def _as_shown(letters: str) -> str:
    return "-".join(letters[at : at + LETTERS] for at in range(0, len(letters), LETTERS))
