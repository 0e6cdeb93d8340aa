"""What the assistant says about itself and about its documents, read from `data/`.

The words alone. Which of them is meant is learnt from the examples beside them, and what is told
about the documents comes from their own data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from bot.content.examples import lines
from bot.content.phrase import Phrase, blanks
from knowledge.errors import ContentError
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.yaml_source import YamlSource


def _examples(written: object) -> object:
    return lines(written) if isinstance(written, str) else written


Examples = Annotated[tuple[str, ...], BeforeValidator(_examples), Field(min_length=5)]
"""At least five: from fewer nothing can be learnt."""


class ReplyOption(Strict):
    """A button beside a reply, and the choice that it sends."""

    label: NonEmptyText
    choice: NonEmptyText


class AssistantReply(Strict):
    """`alone`: nothing is looked up beside it."""

    says: NonEmptyText
    alone: bool = False
    options: tuple[ReplyOption, ...] = ()
    examples: Examples


class AssistantFile(Strict):
    assistant: Mapping[str, AssistantReply]


def read_assistant(path: Path, choices: Collection[str]) -> Mapping[str, AssistantReply]:
    """By key. Raises ContentError, also for a button whose choice is none of `choices`."""
    source = YamlSource.read(path)
    replies = validated(source, AssistantFile).assistant
    for key, reply in replies.items():
        for number, option in enumerate(reply.options):
            if option.choice not in choices:
                place = source.place_of(("assistant", key, "options", number, "choice"))
                known = ", ".join(sorted(choices))
                raise ContentError.at(place, f"unknown '{option.choice}'; known here: {known}")
    return replies


class DocumentReply(Strict):
    model_config = ConfigDict(str_min_length=1)

    examples: Examples


class Says(DocumentReply):
    says: Phrase


class Extreme(DocumentReply):
    says: Annotated[str, blanks("count", "document")]


class Counted(DocumentReply):
    says: Annotated[str, blanks("count")]


class OfOne(DocumentReply):
    """`says` stands above the document of the passage shown last, `named` above one that the
    message named."""

    says: Phrase
    named: Phrase
    none: Annotated[str, blanks("count")]


class Dated(DocumentReply):
    says: Annotated[str, blanks("age")]
    named: Annotated[str, blanks("age")]
    years: Annotated[str, blanks("years")]
    this_year: Phrase
    none: Annotated[str, blanks("count")]


class Areas(DocumentReply):
    says: Annotated[str, blanks("count", "total")]
    others: Phrase


class Principles(DocumentReply):
    says: Phrase
    document: Annotated[str, blanks("title", "headings", "lists")]
    headings: Annotated[str, blanks("count")]
    one_heading: Phrase
    lists: Annotated[str, blanks("lists")]
    no_lists: Phrase
    one_list: Annotated[str, blanks("count", "opening")]


class Headings(DocumentReply):
    says: Annotated[str, blanks("title")]
    no_headings: Annotated[str, blanks("title")]
    none: Annotated[str, blanks("count")]


class Law(DocumentReply):
    says: Phrase
    beside: Phrase
    none_beside: Phrase


class Whole(DocumentReply):
    says: Phrase
    none: Phrase
    one_list: Annotated[str, blanks("title", "count", "opening")]


class ListPoint(DocumentReply):
    says: Annotated[str, blanks("number", "count")]
    none: Annotated[str, blanks("number", "count")]
    unclear: Phrase


class Missing(DocumentReply):
    says: Phrase
    cut_short: Annotated[str, blanks("reference", "title")]
    points_elsewhere: Annotated[str, blanks("reference", "title")]
    not_quoted: Annotated[str, blanks("title", "first", "last", "why")]


class Elsewhere(DocumentReply):
    says: Annotated[str, blanks("count")]
    none: Phrase
    unclear: Phrase


class DocumentReplies(Strict):
    """One for each kind of question about the documents."""

    newest: Extreme
    oldest: Extreme
    list: Counted
    publisher: OfOne
    date: Dated
    areas: Areas
    principles: Principles
    headings: Headings
    law: Law
    whole: Whole
    item: ListPoint
    next: ListPoint
    previous: ListPoint
    missing: Missing
    differences: Says
    elsewhere: Elsewhere
    copies: Says


class DocumentWording(Strict):
    """The whole file. `document` is how one document is named everywhere."""

    document: Annotated[str, blanks("title", "publisher", "version", "area")]
    of_an_area: Annotated[str, blanks("area")]
    of_no_area: Phrase
    documents: DocumentReplies


def read_document_wording(path: Path) -> DocumentWording:
    """Raises ContentError for words that are missing, unknown or have a blank that nothing
    fills in."""
    return validated(YamlSource.read(path), DocumentWording)
