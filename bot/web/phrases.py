"""The words that the widget shows, as a JavaScript module."""

from __future__ import annotations

import json

from pydantic.alias_generators import to_camel

from bot.content.phrases import Phrases


def phrases_module(phrases: Phrases) -> str:
    """`export const PHRASES = {…}`, its names as JavaScript writes them."""
    widget = phrases.widget.model_dump(exclude={"reasons"})
    quotations = phrases.quotations
    content = {
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
    return f"export const PHRASES = {json.dumps(content, ensure_ascii=False)};\n"
