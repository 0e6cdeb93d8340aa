"""What is said before an answer, from `data/notices.yaml`.

These notices are spoken. The dated warnings that stand beside a quotation are others
(`knowledge.notices`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from pydantic import Field

from bot.content.replies import Examples
from knowledge.errors import ContentError, KeyPath, Violation
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.yaml_source import YamlSource


class Characters(Strict):
    """Characters that no example could teach. `matches` and `spares` are tried at every start."""

    text: NonEmptyText
    matches: tuple[str, ...] = Field(min_length=1)
    spares: tuple[str, ...] = Field(min_length=1)

    def is_in(self, message: str) -> bool:
        return self.text in message.casefold()


class SpokenNotice(Strict):
    """`says` comes first, `followed` by the ordinary answer always, never, or if something is asked
    that the sources answer.

    `passages` are quoted and `flows` offered under it; `contacts` are roles of the contacts file.
    `again`: what is said in its place, without contacts, once it has been said; the next of them
    each time, and the last from then on. `gives_way`: after that, what is asked is answered
    instead. `stays`: after that, it is said again in place of what is only nearest to a question.
    `within`: the notice that it is a part of, which is said before it where it has not been said.
    `key` is its name.
    """

    says: NonEmptyText
    followed: Literal["always", "if_asked", "never"]
    passages: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    found: tuple[Characters, ...] = ()
    again: tuple[NonEmptyText, ...] = ()
    gives_way: bool = False
    stays: bool = False
    within: str | None = None
    examples: Examples
    key: str = ""

    def said_again(self, times: int) -> SpokenNotice:
        """In other words and without contacts, when it has been said `times` times."""
        last = (self.says, *self.again)[-1]
        says = self.again[times - 1] if times <= len(self.again) else last
        return self.model_copy(update={"says": says, "contacts": ()})


class OtherLanguage(Strict):
    """`english` and `foreign` are words by which the language of a message is told."""

    says: NonEmptyText
    contacts: tuple[str, ...]
    english: frozenset[str]
    foreign: frozenset[str]
    matches: tuple[str, ...] = Field(min_length=1)
    spares: tuple[str, ...] = Field(min_length=1)


class SpokenNoticesFile(Strict):
    notice: Mapping[str, SpokenNotice]
    other_language: OtherLanguage


def read_notices(
    source: YamlSource,
    *,
    contacts: Collection[str],
    flows: Collection[str],
    passages: Collection[str] | None = None,
) -> SpokenNoticesFile:
    """Raises ContentError, also where a contact, flow or passage is named that there is not, or
    where characters are found in a message that they must spare. Without `passages` those are not
    looked at."""
    file = validated(source, SpokenNoticesFile)
    known = {"contacts": contacts, "flows": flows}
    if passages is not None:
        known["passages"] = passages
    wrong = [
        Violation(source.place_of(path), problem)
        for path, problem in (*_unknown(file, known), *_misread(file))
    ]
    if wrong:
        raise ContentError(*wrong)
    return file


def quoted(notices: Mapping[str, SpokenNotice]) -> Iterator[tuple[str, KeyPath, str]]:
    """Every notice's key with each passage that it quotes, and the way to that in the file."""
    for key, notice in notices.items():
        for at, passage in enumerate(notice.passages):
            yield key, ("notice", key, "passages", at), passage


def _unknown(
    file: SpokenNoticesFile, known: Mapping[str, Collection[str]]
) -> Iterator[tuple[KeyPath, str]]:
    for key, notice in file.notice.items():
        for field, there in known.items():
            for at, name in enumerate(getattr(notice, field)):
                if name not in there:
                    yield ("notice", key, field, at), f"{key}: there is no '{name}' in the {field}"
        if notice.within is not None and notice.within not in file.notice:
            yield ("notice", key, "within"), f"{key}: there is no notice '{notice.within}'"
    for at, name in enumerate(file.other_language.contacts):
        if name not in known["contacts"]:
            yield ("other_language", "contacts", at), f"there is no '{name}' in the contacts"


def _misread(file: SpokenNoticesFile) -> Iterator[tuple[KeyPath, str]]:
    for key, notice in file.notice.items():
        for number, found in enumerate(notice.found):
            path: KeyPath = ("notice", key, "found", number)
            for at, message in enumerate(found.matches):
                if not found.is_in(message):
                    yield (*path, "matches", at), f"'{found.text}' is not in this message"
            for at, message in enumerate(found.spares):
                if found.is_in(message):
                    yield (*path, "spares", at), f"'{found.text}' is in this message"
