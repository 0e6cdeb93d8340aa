"""What to say to a message that asks for what the assistant must not do."""

from __future__ import annotations

from pathlib import Path

import regex
from pydantic import BaseModel, ConfigDict

from bot.understanding.pattern_lines import compiled
from bot.understanding.personal_data.placeholders import PLACEHOLDERS, TAKEN_OUT
from bot.understanding.safety.patterns import simplified
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

OTHER_LANGUAGE = "other_language"
WORD = regex.compile(r"\p{L}+")
LATIN = regex.compile(r"\p{Latin}")
LETTER = regex.compile(r"\p{L}")
FEWEST_WORDS = 3
UNREAD = PLACEHOLDERS["message"]


class Guardrail(BaseModel):
    """`lead` comes first. Unless it stands `alone`, the ordinary answer follows.

    `passages` are quoted and `flows` offered under the lead; `contacts` are roles of the
    contacts file.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    lead: str
    alone: bool
    passages: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


class GuardrailLines(Guardrail):
    model_config = ConfigDict(extra="forbid", frozen=True)

    patterns: tuple[str, ...]


class LanguageLines(Strict):
    lead: str
    contacts: tuple[str, ...]
    english: frozenset[str]
    foreign: frozenset[str]


class GuardrailsFile(Strict):
    notices: tuple[GuardrailLines, ...]
    other_language: LanguageLines


class Guardrails:
    def __init__(self, data: Path) -> None:
        """Raises ContentError for a file that cannot be used."""
        source = YamlSource.read(data / "guardrails.yaml")
        file = validated(source, GuardrailsFile)
        self.notices = tuple(
            Guardrail.model_validate(lines.model_dump(exclude={"patterns"}))
            for lines in file.notices
        )
        self._patterns = [compiled(source, lines.patterns) for lines in file.notices]
        self._language = file.other_language

    def notice(self, text: str) -> Guardrail | None:
        """The first notice that the redacted `text` calls for."""
        said = simplified(text)
        if self._is_foreign(text):
            lines = self._language
            return Guardrail(
                id=OTHER_LANGUAGE, lead=lines.lead, alone=True, contacts=lines.contacts
            )
        found = zip(self.notices, self._patterns, strict=True)
        return next((notice for notice, pattern in found if pattern.search(said)), None)

    def _is_foreign(self, text: str) -> bool:
        """What was taken out unread counts, and no other placeholder does."""
        said = simplified(TAKEN_OUT.sub(" ", text))
        letters = len(LETTER.findall(said))
        if letters and len(LATIN.findall(said)) * 2 < letters:
            return True
        words = WORD.findall(said)
        if UNREAD in text and len(words) < FEWEST_WORDS:
            return True
        foreign = sum(word in self._language.foreign for word in words)
        english = sum(word in self._language.english for word in words)
        return len(words) >= FEWEST_WORDS and foreign > 1 and foreign > 2 * english
