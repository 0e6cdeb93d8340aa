"""Texts of every shape that could cost more to read than its length: seeded, no two runs differ."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from random import Random

LENGTH = 2_000
"""Characters that a message may have."""

LONG, LONGEST = 20_000, 1_000_000
"""Characters of a raw text: as much of it as is searched for danger, and far too much."""

MARKS = " \n-.,'’/_@#()[]{}:;!?&<>+%*=\"0123456789aeiotxzAKOZ£é"
WORDS = (
    *("nhs ", "n.h.s ", "dob ", "d.o.b. ", "born ", "birth ", "flat ", "flat 1", "no ", "no. "),
    *("house ", "moved to ", "lives at ", "road ", "street ", "Street ", "The Mill ", "st ", "rd "),
    *("case ", "case ref ", "file no ", "id:", "account ", "sort code ", "upn ", "ni number is "),
    *("car ", "reg ", "plate ", "snapchat ", "insta name ", "discord is ", "user name ", "x.com/"),
    *("http://", "www.", "gov.uk", "at ", " at ", "(at)", "dot ", " dot ", "dot com ", "@ "),
    *(
        "one ",
        "two-",
        "oh ",
        "double ",
        "treble six ",
        "nought,",
        "twenty ",
        "nineteen ",
        "19",
        "20",
    ),
    *(
        "jan ",
        "may ",
        "september ",
        "1st ",
        "3rd of ",
        "twenty first ",
        "two thousand and ",
        "2014",
    ),
    *("1/2/14 ", "3.11.", "12-", "07700 ", "900 ", "+44", "(0)", "0 ", "00 ", "7 ", "12 ", "123-"),
    *("meeting ", "review is on ", "due ", "until ", "was ", "date of ", "held on ", "since "),
    *("child ", "Child A ", "boy ", "mum ", "AB ", "A.B.", "A B ", "J. ", "YP ", "KS1 ", "AB12 "),
    *("[name]", "[name] ", "[name], ", "[name] is ", "[initials] ", "[age]", "[date of birth] "),
    *(
        "aged ",
        "is 7 ",
        "7 years old ",
        "who is only ",
        "he said ",
        "said ",
        "called ",
        "Mr ",
        "Dr ",
    ),
    *("Kieran ", "kieran ", "KIERAN ", "jax ", "Xq ", "Xqor ", "zqx ", "O'", "Mac", "Mc", "Jean-"),
    *(
        "LN99 4QZ ",
        "AB1",
        "C1 ",
        "a b c d ",
        "a-b-",
        "a.b.",
        "AB12 CDE ",
        "QQ 12 ",
        "12/AB/",
        "ab/",
    ),
    *(
        "knife ",
        "he is ",
        "help ",
        "not ",
        "breathing ",
        "i want to ",
        "die ",
        "kill ",
        "now ",
        "my ",
    ),
    *(
        "if ",
        "when ",
        "last year ",
        "the ",
        "never ",
        "home ",
        "alone ",
        "because ",
        "and ",
        "is it ",
    ),
)
GROWING = "ﷺﷻ㌇㍊㎯⑽㏂½…ﬃℵ①㍿"
STRANGE = "😀👩‍👧❤️1️⃣e\u0301K\u0336\u0301\u0316अि\u0301ع\u064bкириλο漢字\u3164\ufe0f\u200b\u00ad\u034f\ue000"
UNITS = (*MARKS, *WORDS, *GROWING, *STRANGE)

Make = Callable[[Random], str]


def shapes(count: int, seed: int = 0) -> Iterator[str]:
    """`count` raw texts, of every kind in turn."""
    dice = Random(seed)
    for number in range(count):
        yield KINDS[number % len(KINDS)](dice)


def one_unit(dice: Random) -> str:
    return _filled(_unit(dice), _length(dice))


def two_units(dice: Random) -> str:
    return _filled(dice.choice(UNITS) + dice.choice(UNITS), LENGTH)


def a_few_words(dice: Random) -> str:
    return _filled("".join(dice.choices(WORDS, k=dice.randint(2, 4))), LENGTH)


def begun_and_ended(dice: Random) -> str:
    """A run that what stands before it begins and what stands after it breaks off."""
    begun, run, ended = dice.choice(UNITS), _unit(dice), dice.choice(UNITS)
    return begun + _filled(run, LENGTH - len(begun) - len(ended)) + ended


def two_runs(dice: Random) -> str:
    middle = dice.randint(1, LENGTH - 1)
    return _filled(_unit(dice), middle) + _filled(_unit(dice), LENGTH - middle)


def anything(dice: Random) -> str:
    return "".join(dice.choices(UNITS, k=LENGTH))[:LENGTH]


def few_units(dice: Random) -> str:
    return "".join(dice.choices(dice.choices(UNITS, k=3), k=LENGTH))[:LENGTH]


def unknown_words(dice: Random) -> str:
    """Words of one length that no list holds, in one of the ways that people write."""
    length, write = dice.randint(2, 24), dice.choice((str.lower, str.title, str.upper))
    word = (
        write("".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=length))) for _ in iter(int, 1)
    )
    between = dice.choice((" ", ", ", " and ", "-", "'s ", ". ", "\n", " is ", " ("))
    parts: list[str] = []
    while sum(map(len, parts)) < LENGTH:
        parts += (next(word), between)
    return "".join(parts)[:LENGTH]


def one_long_word(dice: Random) -> str:
    return "".join(dice.choices("abcdefghijklmnopqrstuvwxyzéßłКα", k=LENGTH))


def growing(dice: Random) -> str:
    return _filled(
        "".join(dice.choices(GROWING + " a1\u0301", k=dice.randint(1, 3))), _length(dice)
    )


KINDS: tuple[Make, ...] = (
    *(one_unit, two_units, a_few_words, begun_and_ended, two_runs, anything, few_units),
    *(unknown_words, one_long_word, growing),
)


def cpu_ms(work: Callable[[], object], tries: int = 3) -> float:
    """Least CPU of this thread in milliseconds: what else the machine does adds to a try."""
    taken = []
    for _ in range(tries):
        began = time.thread_time()
        work()
        taken.append(1e3 * (time.thread_time() - began))
    return min(taken)


def _unit(dice: Random) -> str:
    return "".join(dice.choices(UNITS, k=dice.randint(1, 4)))[: dice.randint(1, 12)]


def _length(dice: Random) -> int:
    (length,) = dice.choices((LENGTH, LONG, LONGEST), weights=(8, 2, 1))
    return length


def _filled(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]
