"""Messages as plain text, for a channel that can only print."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Option
from knowledge.quotes import Quote


def quoted(quote: Quote) -> str:
    """The source's words in quotation marks, and outside them what is missing in the source."""
    words = f"“{quote.text}”"
    if quote.lead_in:
        words = f"“{quote.lead_in}” … {words}"
    return f"{words} [text missing in source]" if quote.truncated_in_source else words


def cited(quote: Quote) -> str:
    """The quotation, its citation, and any notice, each on a line of its own."""
    citation = quote.citation
    area = f", {citation.area.title()}" if citation.area else ""
    lines = [quoted(quote), f"— {citation.title}{area}, {citation.version}, {citation.reference}"]
    lines += [f"Notice (not from the source): {notice.text}" for notice in quote.notices]
    return "\n".join(lines)


def numbered(options: Sequence[Option]) -> str:
    return "\n".join(f"{place}. {option.label}" for place, option in enumerate(options, start=1))


def bulleted(options: Sequence[Option]) -> str:
    return "\n".join(f"- {option.label}" for option in options)


def paragraphs(*parts: str | None) -> str:
    return "\n\n".join(part for part in parts if part)
