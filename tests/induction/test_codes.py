"""A learner's code in what people type: taken out whole, and nothing else with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.rate_limits import RateLimiter
from bot.induction.codes import (
    ALPHABET,
    PLACEHOLDER,
    WithoutCodes,
    find,
    learner_id,
    new_code,
    to_keep,
    without_codes,
)
from bot.settings import HOME
from bot.understanding.normalisation import normalise
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.safety.carry_on import CarryOn
from bot.understanding.safety.classifier import DangerClassifier
from bot.understanding.screening import Screener, UserMessage
from knowledge.costs import Costs
from knowledge.library import Library
from tests.api.standins import read
from tests.shipped import LESSONS, SAFETY

TESTS = HOME / "tests"
CODES = [new_code(Random(seed).choice) for seed in range(100)]
CODE = CODES[0]

WRITTEN: list[Callable[[str], str]] = [
    str,
    str.lower,
    lambda code: code.replace("-", " "),
    lambda code: code.replace("-", ""),
    lambda code: code.replace("-", "").lower(),
    lambda code: code.replace("-", "\r\n"),
    lambda code: code.replace("-", "-\n", 2),
    lambda code: code.replace("-", ", "),
    lambda code: code.replace("-", " - "),
    lambda code: code.replace("-", "\u2013"),
    lambda code: code.replace("-", "_"),
    lambda code: code.replace("-", ".").capitalize(),
    lambda code: code.replace("-", "", 1),
    lambda code: " ".join(code.replace("-", "")),
    lambda code: "  ".join(map(" ".join, code.split("-"))),
    lambda code: " ".join(re.findall("..", code.replace("-", ""))),
    lambda code: "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in code),
    lambda code: "\u200b".join(code),
]
GROUP_LIKE = rf"[{ALPHABET}]{{4}}"
GDPR = re.compile(
    rf"(?<![^\W_]){GROUP_LIKE}\W?\||\|\W?{GROUP_LIKE}(?![^\W_])",
    re.IGNORECASE,
)
"""A word that cannot be told from a group of a code that is typed beside it."""
AROUND = [
    "{}",
    "my code is {}",
    "My code: {}.",
    "code={}",
    "continue with {} please",
    "hi\n{}\nthanks",
    "“{}”",
    "({})",
    "it's {}, can I go on with module 3?",
    "{}\n\n{}",
]


def letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).upper()


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("write", WRITTEN)
def test_a_code_is_found_however_it_is_written(write: Callable[[str], str], around: str) -> None:
    typed = without_codes(normalise(around.replace("{}", write(CODE))))
    assert typed.learner == learner_id(CODE)
    assert typed.text == normalise(around.replace("{}", PLACEHOLDER))


def test_a_word_before_it_is_not_taken_for_its_first_group() -> None:
    assert without_codes(f"pfft {CODE.lower()}") == WithoutCodes(
        f"pfft {PLACEHOLDER}", learner_id(CODE)
    )


@pytest.mark.parametrize(
    "around",
    [
        "my code is 1. {} 2. {} 3. {} 4. {} 5. {}",
        "{} and {} and {} and {} and {}",
        "first {}, second {}, third {}, fourth {}, fifth {}",
        "code{}{}{}{}{}ok",
        "first group is {}, second group is {}, then {}, the fourth {} and the last part {}",
    ],
)
def test_a_code_that_is_read_out_or_run_together_is_found(around: str) -> None:
    typed = without_codes(around.format(*CODE.split("-")))
    assert typed.learner == learner_id(CODE)
    assert not any(group in typed.text for group in CODE.split("-"))


@pytest.mark.parametrize(
    "around",
    ["mycodeis{}thanks", "my code {0:.9}", "my code is {0:.9} ok", "my code starts with {0:.9}"],
)
def test_a_code_with_letters_run_on_or_its_beginning_goes(around: str) -> None:
    typed = without_codes(around.format(CODE))
    assert not any(group in typed.text for group in CODE.split("-"))


def test_every_code_is_found_and_no_two_are_the_same_learner() -> None:
    assert [find(f"code: {code.lower()}!") for code in CODES] == CODES
    assert len({without_codes(code).learner for code in CODES}) == len(CODES)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(ALPHABET), min_size=20, max_size=20).filter(
        lambda drawn: len(set(drawn)) >= 6
    ),
    st.text(max_size=40),
    st.text(max_size=40),
)
def test_whatever_stands_around_a_code_it_goes(drawn: list[str], before: str, after: str) -> None:
    code = "-".join("".join(drawn[at : at + 4]) for at in range(0, 20, 4))
    typed = without_codes(normalise(f"{before} {code} {after}"))
    assert typed.learner
    assert code not in typed.text
    assert without_codes(typed.text).text == typed.text


def ordinary() -> Iterator[str]:
    """Questions, emergencies, near misses, commands and personal data, as people type them."""
    for line in (TESTS / "eval" / "questions.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)["q"]
    for file in [
        *(TESTS / "understanding" / "safety").glob("*.yaml"),
        TESTS / "flows" / "paraphrases.yaml",
    ]:
        yield from strings(yaml.safe_load(file.read_text("utf-8")))
    for file in (HOME / "data" / "nlu").glob("*.yml"):
        for each in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            yield from (line.removeprefix("- ") for line in each["examples"].splitlines())
    for file in (HOME / "data" / "safety" / "examples").glob("*.txt"):
        yield from file.read_text("utf-8").splitlines()


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def test_nothing_is_taken_out_of_what_people_ordinarily_type() -> None:
    texts = [normalise(text) for text in ordinary()]
    assert len(texts) > 3000
    joined = (f"{one} my code is {two}" for one, two in pairwise(texts))
    for text in (*texts, *map(str.upper, texts), *joined):
        assert without_codes(text).text == text


@pytest.mark.parametrize("code", [CODE, CODE.lower().replace("-", " "), CODE.replace("-", "")])
def test_only_the_code_is_taken_out_of_what_people_ordinarily_type(code: str) -> None:
    for before, after in pairwise(map(normalise, ordinary())):
        if " " in code and GDPR.search(f"{before}|{after}"):
            continue
        typed = without_codes(f"{before} {code} {after}")
        assert typed == WithoutCodes(f"{before} {PLACEHOLDER} {after}", learner_id(code))


@pytest.mark.parametrize("code", [CODE[:-1], f"{CODE[:7]}A{CODE[8:]}"])
def test_what_stands_around_a_mistyped_code_stays(code: str) -> None:
    for before, after in pairwise(map(normalise, ordinary())):
        typed = without_codes(f"{before} my code is {code} {after}")
        assert typed.text == f"{before} my code is {PLACEHOLDER} {after}"


def test_nothing_is_taken_out_of_the_sources() -> None:
    for passage in Library.read().passages.values():
        assert without_codes(normalise(passage.text)).learner is None


@pytest.mark.parametrize(
    "text",
    [
        "hmm", "pfft", "shhh", "hmmmmmmmmmmmmmmmm", "zzzz zzzz zzzz zzzz zzzz", "x" * 20,
        "NHS, CPN, DBS, MDT, CSC, DV, FGM", "DBS NHS CPD FGM MDT", "the school's code is BS1 5TR",
        "my code is lost", "the code is not known", "my code is txt msgs from mum",
        "the dress code is shirts, things like that", "code strengths", "x" * 2000,
        "GB29 NWBK 6016 1331 9268 19", "word-of-mouth-and-such-like", "case MSTR-1234-2026-0099",
        "what is the code of practice", "postcode LN99 3DY", "bcdfghjkmnpqrstvwxz" * 30,
    ],
)  # fmt: skip
def test_what_only_looks_like_a_code_stays(text: str) -> None:
    assert without_codes(text) == WithoutCodes(text)


def mistyped() -> Iterator[str]:
    yield from (
        CODE[:-1],
        CODE[:-5],
        CODE[5:],
        f"{CODE}B",
        CODE.replace("-", "")[:-1],
    )
    for place, wrong in ((0, "A"), (7, "0"), (11, "L"), (23, "Y")):
        yield f"{CODE[:place]}{wrong}{CODE[place + 1 :]}"


@pytest.mark.parametrize("code", list(mistyped()))
@pytest.mark.parametrize("around", ["my code is {}", "My code: {} please", "code {}.", "{}"])
def test_a_mistyped_code_goes_too_and_is_nobodys(code: str, around: str) -> None:
    for written in (code, code.lower(), code.replace("-", " ")):
        typed = without_codes(around.replace("{}", written))
        assert typed.learner not in (None, learner_id(CODE))
        left = letters(typed.text.replace(PLACEHOLDER, ""))
        assert not any(
            code[at : at + 4].isalpha() and code[at : at + 4] in left for at in (5, 10, 15)
        )


@pytest.mark.parametrize("code", [CODE[:14], f"{CODE[:3]}{CODE[4:]}", CODE.replace("-", "")[:12]])
def test_half_a_code_goes_where_somebody_says_that_it_is_one(code: str) -> None:
    assert without_codes(f"my code is {code.lower()}").text == f"my code is {PLACEHOLDER}"


def test_what_follows_a_mistyped_code_is_still_read() -> None:
    typed = without_codes(f"my code is {CODE[:-1]} he has a knife")
    assert typed.text == f"my code is {PLACEHOLDER} he has a knife"


def test_a_code_is_kept_of_no_message() -> None:
    message = LESSONS.code(CODE)
    (kept,) = to_keep([message])
    assert CODE in message.text
    assert find(kept.text) is None
    assert kept.options == message.options
    assert kept.text == message.text.replace(CODE, PLACEHOLDER)


@pytest.fixture(scope="module")
def personal_data() -> Redactor:
    return Redactor(SAFETY)


@pytest.mark.parametrize("around", AROUND)
def test_no_code_is_taken_for_a_name(personal_data: Redactor, around: str) -> None:
    for code in CODES[:10]:
        typed = without_codes(normalise(around.replace("{}", code)))
        assert personal_data.redact(typed.text).found == ()


@pytest.fixture(scope="module")
def screener(personal_data: Redactor) -> Screener:
    limits = RateLimiter("async+memory://", conversation="1/minute", client="1/minute")
    return Screener(
        DangerClassifier(read, Costs.read(), SAFETY),
        personal_data,
        CarryOn(()),
        limits,
    )


@pytest.mark.encoder
@pytest.mark.parametrize("around", AROUND)
def test_no_code_raises_an_alarm(screener: Screener, around: str) -> None:
    for code in CODES[:10]:
        assert screener.read(UserMessage(around.replace("{}", code))).alert is None


@pytest.mark.encoder
@pytest.mark.parametrize("around", ["{} {}", "{1} {0}"])
def test_a_code_hides_no_danger(screener: Screener, around: str) -> None:
    emergencies = yaml.safe_load(
        (TESTS / "understanding" / "safety" / "unseen.yaml").read_text("utf-8")
    )
    for said in emergencies["emergencies"]:
        assert screener.read(UserMessage(around.format(CODE, said))).alert, said


@pytest.mark.parametrize(
    "typed",
    [
        "J\u0421D\u0420-SQNG-GN\u0422\u0421-\u0422\u0421VJ-\u0422F\u041aG",
        "J\u0106D\u1e54-\u015aQ\u0143\u01f4-GNTC-TCVJ-TFKG",
    ],
)
def test_letters_that_only_look_like_a_codes_hide_none(typed: str) -> None:
    found = without_codes(normalise(f"my code is {typed}"))
    assert found.text == f"my code is {PLACEHOLDER}"
    assert find(normalise(typed)) is not None
