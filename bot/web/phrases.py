"""What the widget shows of its own accord, as a JavaScript module: words, numbers, areas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from pydantic.alias_generators import to_camel

from bot.messages import Contact
from bot.web.emphasis import EMPHASIS
from bot.web.languages import LanguageName, SpokenLanguage
from bot.web.numbers import NUMBER
from knowledge.areas import area_name


def phrases_module(
    spoken: SpokenLanguage,
    languages: Sequence[LanguageName],
    contacts: Sequence[Contact],
    areas: Iterable[str],
) -> str:
    """`PHRASES`, its names as JavaScript writes them; `SPOKEN`, the language they are in;
    `LANGUAGES`, those there are; `CONTACTS`, whom to ring at once; `AREA_NAMES`, those that have
    a document of their own. `NUMBER` and `EMPHASIS` are the patterns of a number that a phone can
    ring and of emphasis in a source."""
    named = [{"id": area, "name": area_name(area)} for area in areas]
    parts = {
        "SPOKEN": spoken.code,
        "LANGUAGES": [asdict(each) for each in languages],
        "PHRASES": _phrases(spoken),
        "CONTACTS": [each.model_dump(mode="json") for each in contacts],
        "AREA_NAMES": named,
        "NUMBER": NUMBER,
        "EMPHASIS": EMPHASIS,
    }
    lines = (
        f"export const {name} = {json.dumps(value, ensure_ascii=False)};"
        for name, value in parts.items()
    )
    return "\n".join(lines) + "\n"


def _phrases(spoken: SpokenLanguage) -> dict[str, object]:
    phrases = spoken.phrases
    widget = phrases.widget.model_dump(exclude={"reasons"})
    quotations = phrases.quotations
    return {
        "widget": {to_camel(name): words for name, words in widget.items()}
        | {
            "missing": quotations.missing_text,
            "notFromSources": quotations.not_from_sources,
            "didYouMean": phrases.replies.did_you_mean,
        },
        "outcomes": dict(phrases.outcomes),
        "notices": dict(quotations.notices),
        "reasons": dict(phrases.widget.reasons),
        "translation": None if spoken.is_english else _translation(spoken),
    }


def _translation(spoken: SpokenLanguage) -> dict[str, str | None]:
    """What is said above the box: `unchecked` in both languages, None where it is checked."""
    words = spoken.phrases.translation
    return {
        "askInEnglish": words.ask_in_english,
        "sources": words.sources,
        "unchecked": words.unchecked if spoken.unchecked else None,
        "uncheckedInEnglish": spoken.unchecked,
    }
