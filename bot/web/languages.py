"""Which language a page and its chat speak, and the way to the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.container import Container
from bot.content.phrases import Phrases
from bot.messages import ENGLISH


@dataclass(frozen=True)
class LanguageName:
    """A language by its code and by what its speakers call it."""

    code: str
    name: str


@dataclass(frozen=True)
class SpokenLanguage:
    """`unchecked`: that nobody has checked the words yet, in English; None where somebody has."""

    code: str
    phrases: Phrases
    unchecked: str | None

    @property
    def is_english(self) -> bool:
        return self.code == ENGLISH


def spoken(container: Container, code: str) -> SpokenLanguage:
    """English where there are no words in the language."""
    phrases = container.phrases
    translation = container.content.translations.get(code)
    if translation is None:
        return SpokenLanguage(ENGLISH, phrases, None)
    unchecked = None if translation.head.checked_by else phrases.translation.unchecked
    return SpokenLanguage(translation.code, translation.phrases, unchecked)


def language_names(container: Container) -> list[LanguageName]:
    translations = container.content.translations
    others = (LanguageName(code, each.head.language) for code, each in translations.items())
    return [LanguageName(ENGLISH, container.phrases.translation.english), *others]


def other_languages(
    container: Container, code: str, asked: Mapping[str, str]
) -> Iterator[tuple[LanguageName, str]]:
    """Each with the address of the same page in it; `asked` is what else was asked of the page."""
    for each in language_names(container):
        if each.code != code:
            kept = {name: value for name, value in asked.items() if value}
            chosen = {} if each.code == ENGLISH else {"language": each.code}
            yield each, f"?{urlencode(kept | chosen)}"
