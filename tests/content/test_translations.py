from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from bot.content.data_files import DataFiles
from bot.content.translations import read_translations
from bot.messages import SafetyReason
from knowledge.errors import ContentError
from knowledge.yaml_source import YamlSource
from tests.shipped import DATA, PHRASES, TRANSLATIONS

WELSH = TRANSLATIONS["cy"]
PHRASES_FILE = Path("languages/cy/phrases.yaml")
SAFETY_FILE = Path("languages/cy/safety.yaml")
# Sent as they stand: questions are understood in English only.
SENT = {"widget.starters"}
CASES = [
    (code, english, DATA / "languages" / code / name)
    for code in TRANSLATIONS
    for english, name in (
        (DATA / "phrases.yaml", "phrases.yaml"),
        (DATA / "safety" / "messages.yaml", "safety.yaml"),
    )
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of what a translation is read from."""
    shutil.copy(DATA / "phrases.yaml", tmp_path)
    for folder in ("languages", "safety"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    return tmp_path


def texts(content: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(content, str):
        yield path, content
    inside = content.items() if isinstance(content, dict) else ()
    listed = enumerate(content) if isinstance(content, list) else ()
    for key, value in (*inside, *listed):
        yield from texts(value, (*path, str(key)))


def names(phrase: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(phrase)} - {None}


@pytest.mark.parametrize(("code", "english", "file"), CASES, ids=lambda each: str(each)[-24:])
def test_every_translated_phrase_has_the_blanks_and_numbers_of_the_english(
    code: str, english: Path, file: Path
) -> None:
    said = dict(texts(YamlSource.read(english).to_python()))
    tried = 0
    for path, phrase in texts(YamlSource.read(file).to_python()):
        if path not in said:
            assert path in {("language",), ("checked_by",)}
            continue
        assert names(phrase) == names(said[path]), path
        assert set(re.findall(r"\d+", phrase)) >= set(re.findall(r"\d+", said[path])), path
        tried += 1
    assert tried > 15


def test_every_phrase_of_the_chat_and_its_pages_is_in_welsh() -> None:
    groups = ("widget.", "pages.", "quotations.", "outcomes.", "safety.")
    missing = {path for path in WELSH.missing if path.startswith(groups)}
    assert missing == SENT
    assert WELSH.phrases.widget.send == "Anfon"
    assert WELSH.phrases.widget.starters == PHRASES.widget.starters


def test_what_is_not_translated_is_said_in_english() -> None:
    assert "flows.menu" in WELSH.missing
    assert WELSH.phrases.flows.menu == PHRASES.flows.menu
    # With the English sentence about 999, not the Welsh one in the middle of it.
    assert WELSH.phrases.replies.no_reply == PHRASES.replies.no_reply
    assert WELSH.phrases.replies.no_reply.startswith(PHRASES.in_danger)
    assert 0 < len(WELSH.missing) < WELSH.total


@pytest.mark.parametrize("reason", get_args(SafetyReason))
def test_the_first_line_of_danger_names_999_in_every_language(reason: SafetyReason) -> None:
    for translation in TRANSLATIONS.values():
        wording = translation.safety[reason]
        assert "999" in wording.lead.splitlines()[0]
        assert "999" in wording.possible.splitlines()[0]


def test_who_may_carry_on_is_the_same_in_every_language() -> None:
    stops = {reason for reason, each in WELSH.safety.items() if each.carry_on is None}
    assert stops == {"self_harm", "child_user"}


def test_a_key_without_a_value_is_one_that_nobody_has_translated_yet(data: Path) -> None:
    change(data / PHRASES_FILE, "  send: Anfon\n", "  send:\n")
    welsh = read_translations(DataFiles(data))["cy"]
    assert welsh.phrases.widget.send == "Send"
    assert "widget.send" in welsh.missing


def test_the_first_line_of_danger_may_end_right_after_999(data: Path) -> None:
    change(data / SAFETY_FILE, "Ffoniwch 999 nawr os", "Ffoniwch 999 nawr\n    os")
    lead = read_translations(DataFiles(data))["cy"].safety["immediate_danger"].lead
    assert lead.splitlines()[:2] == ["Ffoniwch 999 nawr", "os oes unrhyw un mewn perygl."]


@pytest.mark.parametrize(
    ("file", "was", "becomes", "told"),
    [
        (PHRASES_FILE, "  send: Anfon", "  sent: Anfon", "unknown key 'sent'"),
        (PHRASES_FILE, "  send: Anfon", "  send: '{count}'", "{count} cannot be filled in"),
        (PHRASES_FILE, "Cwestiwn {number}", "Cwestiwn", "'question' has lost {number}"),
        (PHRASES_FILE, "ffoniwch 999", "ffoniwch", "'in_danger' has lost 999"),
        (PHRASES_FILE, "language: Cymraeg", "language:", "'language' is empty"),
        (PHRASES_FILE, "checked_by: null\n", "", "'checked_by' is missing"),
        (SAFETY_FILE, "0800 1111", "0800 1112", "'after' has lost 0800 1111"),
        (SAFETY_FILE, "Ffoniwch 999 nawr", "Ffoniwch nawr", "'lead' has lost 999"),
        (SAFETY_FILE, "Ffoniwch 999 nawr os", "Ffoniwch\n    999 nawr os", "999 in its first line"),
        (SAFETY_FILE, "self_harm:", "selfharm:", "unknown 'selfharm'"),
        (SAFETY_FILE, "self_harm:", "self_harm:\n  carry_on: Ymlaen", "no words in English here"),
        (SAFETY_FILE, "self_harm:", "self_harm:\n  contacts: [lado]", "is no wording"),
    ],
)
def test_a_translation_that_cannot_be_used_says_where_and_why(
    data: Path, file: Path, was: str, becomes: str, told: str
) -> None:
    change(data / file, was, becomes)
    with pytest.raises(ContentError, match=re.escape(told)) as error:
        read_translations(DataFiles(data))
    assert re.match(rf"cy/{file.name}:\d+: ", str(error.value))


def test_there_need_be_no_other_language(data: Path) -> None:
    shutil.rmtree(data / "languages")
    assert read_translations(DataFiles(data)) == {}


@pytest.mark.parametrize("name", ["Welsh", "en-GB"])
def test_a_folder_that_is_named_by_no_other_language_is_refused(data: Path, name: str) -> None:
    (data / "languages" / "cy").rename(data / "languages" / name)
    with pytest.raises(ContentError, match="is no other language"):
        read_translations(DataFiles(data))


def change(file: Path, was: str, becomes: str) -> None:
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes, 1), "utf-8")
