"""What the widget shows of its own accord, as a JavaScript module: words, numbers, areas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from pydantic.alias_generators import to_camel

from bot.content.phrases import Phrases
from bot.messages import Contact
from knowledge.areas import area_name


def phrases_module(phrases: Phrases, contacts: Sequence[Contact], areas: Iterable[str]) -> str:
    """`PHRASES`, its names as JavaScript writes them; `CONTACTS`, whom to ring at once; and
    `AREA_NAMES`, those that have a document of their own."""
    named = [{"id": area, "name": area_name(area)} for area in areas]
    parts = {
        "PHRASES": _phrases(phrases),
        "CONTACTS": [each.model_dump(mode="json") for each in contacts],
        "AREA_NAMES": named,
    }
    lines = (
        f"export const {name} = {json.dumps(value, ensure_ascii=False)};"
        for name, value in parts.items()
    )
    return "\n".join(lines) + "\n"


def _phrases(phrases: Phrases) -> dict[str, object]:
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
    }
