"""The words that are no names are fixed: no content of the assistant changes what is a name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.settings import HOME
from bot.understanding.personal_data.lexicon import Lexicon
from bot.understanding.vocabulary import WORDS, danger_words, field_words
from tests.shipped import SAFETY

READS = """
import sys

opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from bot.settings import HOME
from bot.understanding.personal_data.redactor import Redactor

Redactor(HOME / "data" / "safety").redact("KIERAN WALSH and Tandrel came in")
print("\\n".join(opened))
"""
CONTENT = [
    *("knowledge", "data/flows", "data/intents", "data/nlu", "data/induction", "tests"),
    "data/safety/examples",
]


@pytest.fixture(scope="module")
def opened() -> list[Path]:
    """Every file that is opened to redact a message."""
    run = subprocess.run(
        [sys.executable, "-c", READS], cwd=HOME, capture_output=True, text=True, check=True
    )
    return [HOME / line for line in run.stdout.splitlines() if line]


@pytest.mark.parametrize("folder", CONTENT)
def test_redaction_reads_no_source_question_or_example(opened: list[Path], folder: str) -> None:
    read = [path for path in opened if path.is_relative_to(HOME / folder) and path.suffix != ".pyc"]
    assert [path for path in read if path.suffix != ".py"] == []


def test_redaction_reads_the_fixed_lists(opened: list[Path]) -> None:
    lists = {WORDS / "field.txt", WORDS / "danger.txt"}
    lists |= {SAFETY / "names" / f"{kind}_names.txt" for kind in ("first", "last")}
    assert lists <= set(opened)


def test_redaction_needs_no_package_that_makes_names_up(opened: list[Path]) -> None:
    assert [path for path in opened if "faker" in path.parts] == []


def test_no_word_of_the_fixed_lists_is_a_name_that_is_rarely_a_word() -> None:
    """The exceptions are the list of names that are also words, which a person reads."""
    file = yaml.safe_load((SAFETY / "names.yaml").read_text("utf-8"))
    exceptions = set(file["also_words"])
    lexicon = Lexicon(SAFETY)
    names = (lexicon.first | lexicon.last) - exceptions
    assert sorted((field_words() | danger_words()) & names) == []


def test_the_lists_are_in_order_and_hold_each_word_once() -> None:
    for name in ("field.txt", "danger.txt"):
        words = (WORDS / name).read_text("utf-8").split()
        assert words == sorted(set(words))
        assert all(word == word.casefold() for word in words)


def test_every_word_of_the_list_of_names_is_a_text() -> None:
    """YAML reads an unquoted on, off, yes or no as true or false, which is no word."""
    file = yaml.safe_load((SAFETY / "names.yaml").read_text("utf-8"))
    lists = {**file.pop("sorts"), **file}
    listed = [(key, word) for key, words in lists.items() for word in words]
    assert [(key, word) for key, word in listed if not isinstance(word, str)] == []
