from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic.alias_generators import to_camel

from bot.content.phrase import PhraseGroup
from bot.content.phrases import read_phrases
from bot.errors import RefusalReason
from bot.settings import HOME
from bot.understanding.meaning import SUBJECTS
from knowledge.errors import ContentError
from tests.shipped import DATA, PHRASES

SHIPPED = DATA / "phrases.yaml"
CODE = [path for name in ("bot", "actions", "knowledge") for path in (HOME / name).rglob("*.py")]
PAGES = [
    path for path in (HOME / "bot" / "web").rglob("*") if path.suffix in {".js", ".html", ".j2"}
]
LEARNT_FROM = HOME / "bot" / "understanding" / "safety" / "training.py"
"""Writes examples for the classifier, which nobody is told."""


def words_of(path: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    docs = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_999_is_named_by_no_line_of_code() -> None:
    told = re.compile(r"\bcall 999\b", re.IGNORECASE)
    named = [
        str(path.relative_to(HOME))
        for path in CODE
        if path != LEARNT_FROM and any(map(told.search, words_of(path)))
    ]
    named += [str(path) for path in PAGES if told.search(path.read_text("utf-8"))]
    assert named == []


def test_every_refusal_that_may_be_kept_from_danger_names_999() -> None:
    """What a program or an administrator gets names none: nobody types there."""
    silent = {
        *("bad-activity", "foreign-organisation", "keys-unreachable", "not-from-microsoft"),
        *("link-over", "no-record", "not-found", "not-ready", "not-removed", "not-text"),
        *("sign-in-refused", "sign-out-failed", "text-empty"),
    }
    for reason in get_args(RefusalReason):
        assert ("999" in PHRASES.refusals[reason].detail) is (reason not in silent), reason


def groups(group: PhraseGroup, path: str = "") -> Iterator[tuple[str, str]]:
    for name in type(group).model_fields:
        value = getattr(group, name)
        if isinstance(value, PhraseGroup):
            yield from groups(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", name


def is_named(name: str, said: str) -> bool:
    """Of a flow by its name, and the label of a command by the command."""
    return f'"{name}"' in said or f'"{name.removesuffix("_label")}"' in said


def test_every_phrase_is_said_somewhere() -> None:
    readers = set((HOME / "bot" / "content").glob("*phrases.py"))
    assert len(readers) == 3
    said = "\n".join(path.read_text("utf-8") for path in [*CODE, *PAGES] if path not in readers)
    unsaid = {
        path
        for path, name in groups(PHRASES)
        if f".{name}" not in said
        and f"WORDS.{to_camel(name)}" not in said
        and not (path.startswith(("flows.", "follow_ups.")) and is_named(name, said))
    }
    # Small talk is found by the name of its intent.
    assert unsaid <= {f"replies.{subject}" for subject in SUBJECTS}


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("  greet: >-", "  greeting: >-", "greet"),
        ("  thanks: You are welcome.", "  thanks: ''\n  #", "thanks"),
        ("{publisher}", "{author}", "{author} cannot be filled in; {publisher}, {version} can"),
        ("  safety: Act now\n", "", "add safety"),
        ("    title: The text is empty", "    title: {the text", "phrases.yaml"),
        ("Goodbye. If", "Goodbye {. If", "a brace is open"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(
    tmp_path: Path, was: str, becomes: str, told: str
) -> None:
    text = SHIPPED.read_text("utf-8")
    assert was in text
    broken = tmp_path / "phrases.yaml"
    broken.write_text(text.replace(was, becomes, 1), "utf-8")
    with pytest.raises(ContentError, match=re.escape(told)) as error:
        read_phrases(broken)
    assert re.match(r"[^ ]+/phrases\.yaml:\d+: ", str(error.value))


def test_the_sentence_about_999_is_written_once(tmp_path: Path) -> None:
    text = SHIPPED.read_text("utf-8")
    changed = tmp_path / "phrases.yaml"
    changed.write_text(text.replace(f"in_danger: {PHRASES.in_danger}", "in_danger: Ring 999.", 1))
    assert read_phrases(changed).replies.no_reply.startswith("Ring 999. Do not wait")
