"""The assistant's own words in other languages, each laid over the English ones.

A phrase that a language lacks is said in English. What the sources say is never translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from bot.content.data_files import DataFiles
from bot.content.phrase import blanks_of
from bot.content.phrases import IN_DANGER, Phrases, with_danger
from bot.content.safety_wording import SafetyWording, SafetyWordings
from bot.messages import ENGLISH, SafetyReason
from knowledge.errors import ContentError, KeyPath, Location, Violation
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

LANGUAGES = "languages"
"""The folder below `data` in which each language has one of its own."""
CODE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
"""A language and, where it needs one, a region (BCP 47, as far as it is in use here)."""
NUMBER = re.compile(r"\d+(?:[ ,]\d+)*")
EMERGENCY = "999"
NOT_WORDS = {"contacts", "ask_by_default"}
"""Lists of keys, which no language changes."""


class TranslationHead(Strict):
    """What a file of phrases begins with. `language`: as its speakers call it; `checked_by`: who
    speaks it and has read every line, or null."""

    language: str = Field(min_length=1)
    checked_by: str | None


@dataclass(frozen=True)
class Translation:
    """One language. `missing` are the phrases that are said in English, of `total`."""

    code: str
    head: TranslationHead
    phrases: Phrases
    safety: Mapping[SafetyReason, SafetyWording]
    missing: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class Overlay:
    """A file's words over the English ones. Its mistakes are its own."""

    source: YamlSource
    english: Any
    over: Any

    def to_python(self) -> Any:
        return _laid_over(self.english, self.over)

    def place_of(self, path: KeyPath) -> Location:
        return self.source.place_of(path)

    @property
    def keys(self) -> list[str]:
        return [_written(path) for path, _ in _phrases(self.english)]

    @property
    def missing(self) -> list[str]:
        translated = dict(_phrases(self.over))
        return [_written(path) for path, _ in _phrases(self.english) if path not in translated]

    def lost(self) -> Iterator[Violation]:
        """What the English has and the translation must have too, or must not have of its own."""
        originals = dict(_phrases(self.english))
        for path, phrase in _phrases(self.over):
            place, name = self.place_of(path), path[-1]
            if path not in originals:
                yield Violation(place, f"'{name}' has no words in English here; take it out")
                continue
            for lost in _lost_of(originals[path], phrase):
                yield Violation(place, f"'{name}' has lost {lost}, which the English has")
        for path in _lists_of_keys(self.over):
            yield Violation(self.place_of(path), f"'{path[-1]}' is no wording; take it out")


def read_translations(data: DataFiles) -> Mapping[str, Translation]:
    """By language; none where there is no folder for them. Raises ContentError, with file and line,
    for a key that the English file lacks, and for a blank or a number that was lost."""
    languages = data.shipped / LANGUAGES
    if not languages.is_dir():
        return {}
    folders = sorted(each for each in languages.iterdir() if each.is_dir())
    return {folder.name: _read(folder, data) for folder in folders}


def _read(folder: Path, data: DataFiles) -> Translation:
    file = YamlSource.read(folder / "phrases.yaml")
    if not CODE.fullmatch(folder.name) or folder.name == ENGLISH:
        raise file.error(f"'{folder.name}' is no other language; call the folder cy, or pl")
    content = {key: each.to_python() for key, each in file.entries().items()}
    own = {key: content.pop(key) for key in TranslationHead.model_fields if key in content}
    head = validated(Overlay(file, {}, own), TranslationHead)
    english = {
        key: each.to_python() for key, each in YamlSource.read(data.phrases).entries().items()
    }
    danger = str(english[IN_DANGER])
    phrases = Overlay(file, english, content)
    spoken = Overlay(
        file,
        with_danger(english, danger),
        with_danger(content, str(content.get(IN_DANGER) or danger)),
    )
    wordings = YamlSource.read(folder / "safety.yaml")
    messages = YamlSource.read(data.safety / "messages.yaml").to_python()
    safety = Overlay(wordings, messages, wordings.to_python())
    translation = Translation(
        folder.name,
        head,
        validated(spoken, Phrases),
        validated(safety, SafetyWordings),
        (*phrases.missing, *(f"safety.{each}" for each in safety.missing)),
        len(phrases.keys) + len(safety.keys),
    )
    if lost := [*phrases.lost(), *safety.lost()]:
        raise ContentError(*lost)
    return translation


def _laid_over(english: Any, over: Any) -> Any:
    """A key without a value is one that nobody has translated yet."""
    if over in (None, ""):
        return english
    if isinstance(english, dict) and isinstance(over, dict):
        return english | {key: _laid_over(english.get(key), each) for key, each in over.items()}
    return over


def _phrases(content: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every phrase with its key; a list of phrases is one."""
    match content:
        case dict():
            for key, value in content.items():
                yield from _phrases(value, (*path, key))
        case list() if path and path[-1] not in NOT_WORDS:
            yield path, "\n".join(map(str, content))
        case str() if content:
            yield path, content


def _lists_of_keys(content: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    match content:
        case dict():
            for key, value in content.items():
                yield from _lists_of_keys(value, (*path, key))
        case list() if path and path[-1] in NOT_WORDS:
            yield path


def _lost_of(english: str, phrase: str) -> Iterator[str]:
    names = (f"{{{name}}}" for name in sorted(blanks_of(english)))
    yield from (blank for blank in names if blank not in phrase)
    numbers = set(NUMBER.findall(phrase))
    yield from sorted(set(NUMBER.findall(english)) - numbers)
    is_first = EMERGENCY in english.splitlines()[0]
    if is_first and EMERGENCY in numbers and EMERGENCY not in phrase.splitlines()[0]:
        yield f"{EMERGENCY} in its first line"


def _written(path: KeyPath) -> str:
    return ".".join(map(str, path))
