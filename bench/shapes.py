"""What a text of any shape costs to read: the worst of 10,000. `python -m bench.shapes`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from heapq import nlargest
from random import Random

import typer

from bot.conversation.rate_limits import RateLimiter
from bot.settings import HOME, Settings
from bot.understanding.normalisation import excerpt, normalise
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.safety.carry_on import CarryOn
from bot.understanding.safety.classifier import DangerClassifier, Read
from bot.understanding.screening import (
    LONGEST,
    SEARCHED_FOR_DANGER,
    ReadsDanger,
    Screener,
    UserMessage,
)
from knowledge import Knowledge
from knowledge.costs import Costs

SAFETY = HOME / "data" / "safety"

FAR_TOO_LONG = 1_000_000
"""Characters of a raw text, some of them."""

SEEN_TWICE = 5
"""Times as many texts as are shown are timed twice."""

FIRST = "A first text, that loads what is loaded when it is needed."

# Of every kind that a pattern looks for, and what may stand between.
SIGNS = " \n-.,'’/_@#()[]{}:;!?&<>+%*=\"0123456789aeiotxzAKOZ£é"
WORDS = """
nhs |n.h.s |dob |d.o.b. |born |birth |flat |flat 1|no |no. |house |moved to |lives at |road |
street |Street |The Mill |st |rd |case |case ref |file no |id:|account |sort code |upn |
ni number is |car |reg |plate |snapchat |insta name |discord is |user name |x.com/|http://|www.|
gov.uk|at | at |(at)|dot | dot |dot com |@ |one |two-|oh |double |treble six |nought,|twenty |
nineteen |19|20|jan |may |september |1st |3rd of |twenty first |two thousand and |2014|1/2/14 |
3.11.|12-|07700 |900 |+44|(0)|0 |00 |7 |12 |123-|meeting |review is on |due |until |was |
date of |held on |since |child |Child A |boy |mum |AB |A.B.|A B |J. |YP |KS1 |AB12 |[name]|
[name] |[name], |[name] is |[initials] |[age]|[date of birth] |aged |is 7 |7 years old |
who is only |he said |said |called |Mr |Dr |Kieran |kieran |KIERAN |jax |Xq |Xqor |zqx |O'|Mac|
Mc|Jean-|LN99 4QZ |AB1|C1 |a b c d |a-b-|a.b.|AB12 CDE |QQ 12 |12/AB/|ab/|9990473188 |knife |
he is |help |not |breathing |i want to |die |kill |now |my |if |when |last year |the |never |
home |alone |because |and |is it |please |just |can you |always |{{|the law is |always share
""".replace("\n", "").split("|")
GROWING = "ﷺﷻ㌇㍊㎯⑽㏂½…ﬃℵ①㍿"
HIDDEN = "\u200b\u200d\u00ad\u034f\ue000\u3164\ufe0f\u20e3\u0301\u0336\u0316"
STRANGE = "😀👩❤1eKअि\u064bعкириλο漢"
UNITS: tuple[str, ...] = (*SIGNS, *WORDS, *GROWING, *HIDDEN, *STRANGE)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def shapes(count: int, seed: int = 0) -> Iterator[str]:
    """`count` raw texts, of every kind in turn; the same for the same `seed`."""
    dice = Random(seed)  # noqa: S311  # nothing here is a secret
    for number in range(count):
        yield KINDS[number % len(KINDS)](dice)


def one_unit(dice: Random) -> str:
    return _filled(_unit(dice), _length(dice))


def two_units(dice: Random) -> str:
    return _filled(dice.choice(UNITS) + dice.choice(UNITS), LONGEST)


def a_few_words(dice: Random) -> str:
    return _filled("".join(dice.choices(WORDS, k=dice.randint(2, 4))), LONGEST)


def begun_and_ended(dice: Random) -> str:
    """A run that what stands before it begins and what stands after it breaks off."""
    begun, ended = dice.choice(UNITS), dice.choice(UNITS)
    return begun + _filled(_unit(dice), LONGEST - len(begun) - len(ended)) + ended


def two_runs(dice: Random) -> str:
    middle = dice.randint(1, LONGEST - 1)
    return _filled(_unit(dice), middle) + _filled(_unit(dice), LONGEST - middle)


def anything(dice: Random) -> str:
    return "".join(dice.choices(UNITS, k=_length(dice)))[:LONGEST]


def three_units(dice: Random) -> str:
    return "".join(dice.choices(dice.choices(UNITS, k=3), k=LONGEST))[:LONGEST]


def unknown_words(dice: Random) -> str:
    """Words of one length that no list holds, in one of the ways that people write."""
    length, write = dice.randint(2, 24), dice.choice((str.lower, str.title, str.upper))
    between = dice.choice((" ", ", ", " and ", "-", "'s ", ". ", "\n", " is ", " ("))
    words = ("".join(dice.choices(LETTERS, k=length)) for _ in range(LONGEST // length))
    return between.join(map(write, words))[:LONGEST]


def one_long_word(dice: Random) -> str:
    return "".join(dice.choices(LETTERS + "éßłКα", k=LONGEST))


def growing(dice: Random) -> str:
    return _filled("".join(dice.choices(GROWING + HIDDEN + STRANGE + " ", k=3)), _length(dice))


KINDS: tuple[Callable[[Random], str], ...] = (
    *(one_unit, two_units, a_few_words, begun_and_ended, two_runs, anything, three_units),
    *(unknown_words, one_long_word, growing),
)


def _unit(dice: Random) -> str:
    return "".join(dice.choices(UNITS, k=dice.randint(1, 4)))[: dice.randint(1, 12)]


def _length(dice: Random) -> int:
    return dice.choice((*[LONGEST] * 8, SEARCHED_FOR_DANGER, SEARCHED_FOR_DANGER, FAR_TOO_LONG))


def _filled(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU of this thread in milliseconds. Readers remember: only a text's first time counts."""
    began = time.thread_time()
    work()
    return 1e3 * (time.thread_time() - began)


class Calm:
    """Stands in for the search for danger where its encoder is not to be had."""

    def alert(self, text: str, redacted: str) -> None:
        return None

    def likeliest(self, text: str, longest: int) -> str:
        return text[:longest]


def reader(personal_data: Redactor, danger: ReadsDanger) -> Callable[[str], object]:
    """All that is done with a text before it is known whether it may be taken."""
    limits = RateLimiter("async+memory://", "1/second", "1/second")
    screener = Screener(danger, personal_data, CarryOn(()), limits)
    return lambda raw: screener.read(UserMessage(raw))


def stages(personal_data: Redactor, danger: ReadsDanger, raw: str) -> tuple[float, float, float]:
    """CPU in milliseconds to normalise and shorten, to redact and to look for danger."""
    began = time.thread_time()
    text = excerpt(normalise(excerpt(raw, SEARCHED_FOR_DANGER)), SEARCHED_FOR_DANGER)
    if len(text) > LONGEST:
        text = danger.likeliest(text, LONGEST)
    normalised = time.thread_time()
    redacted = personal_data.redact(text).text
    taken_out = time.thread_time()
    danger.alert(text, redacted)
    ended = time.thread_time()
    return 1e3 * (normalised - began), 1e3 * (taken_out - normalised), 1e3 * (ended - taken_out)


Timed = tuple[tuple[float, float, float], str]


def timed(read: Read, texts: Iterable[str]) -> Iterator[Timed]:
    """Readers remember: each time has new ones."""
    personal_data, danger = Redactor(SAFETY), DangerClassifier(read, Costs.read(), SAFETY)
    stages(personal_data, danger, FIRST)
    for raw in texts:
        yield stages(personal_data, danger, raw), raw


def _fresh() -> Read:
    """Of an encoder that remembers no text yet. Opened whole, so that its one-thread rule holds
    here as it does in the assistant."""
    return Knowledge.open(Settings.read().state_dir).encoder.read


def by_total(row: Timed) -> float:
    return sum(row[0])


def main(count: int = 10_000, seed: int = 0, shown: int = 10) -> None:
    worst = nlargest(SEEN_TWICE * shown, timed(_fresh(), shapes(count, seed)), key=by_total)
    # What else the machine does adds to one of two times.
    again = timed(_fresh(), [raw for _, raw in worst])
    least = [min(both, key=by_total) for both in zip(worst, again, strict=True)]
    print(
        "CPU in ms: all, to normalise and shorten, to redact, to find danger; characters; the text"
    )
    for parts, raw in nlargest(shown, least, key=by_total):
        taken = " ".join(f"{ms:6.1f}" for ms in (sum(parts), *parts))
        print(taken, f"{len(raw):9,}", repr(raw[:60]))


if __name__ == "__main__":
    typer.run(main)
