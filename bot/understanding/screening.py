"""Reading what a person typed: danger first, then personal data, then whether it can be taken.

It happens before anybody is asked who they are, in threads of its own, so that neither a database
nor somebody else's long text keeps 999 from being said.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from bot.errors import Refusal
from bot.induction.codes import PLACEHOLDER, without_codes
from bot.messages import ENGLISH
from bot.understanding.normalisation import excerpt, normalise
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.carry_on import CarryOn
from bot.understanding.safety.classifier import Alert
from bot.understanding.safety.spelling import spelt_together

log = structlog.get_logger()

LONGEST = 2000
"""Characters that a text may have, counted after normalisation."""

SEARCHED_FOR_DANGER = 20_000
"""Characters of an over-long text in which danger is still looked for."""

SHORT = 500
"""Characters of a text that is read at once. Longer ones wait for each other, so that they hold up
nobody else; of 512 development questions 97 in a hundred are shorter."""

AROUND_A_CODE = 4
"""Words, "code" among them, that only say what it is."""

SHORT_READERS, LONG_READERS = 2, 1
MOST_WAITING = 20
"""Long texts, and texts beyond its limit, of one client at a time; what comes on top is refused,
with 999 in the refusal."""


NamesDocuments = Callable[[str], tuple[str, ...]]
"""Gives the ids of the documents that a text names, in the edition that is asked."""


class ReadsDanger(Protocol):
    def alert(self, text: str, redacted: str) -> Alert | None: ...

    def likeliest(self, text: str, longest: int) -> str: ...


class Redacts(Protocol):
    def redact(self, text: str) -> Redaction: ...


class LimitsClients(Protocol):
    async def client(self, address: str) -> object:
        """Raises a Refusal where the address asks too often."""


@dataclass(frozen=True)
class UserMessage:
    """What a person typed, or the id of what they clicked.

    `key` makes a retry harmless; `client` is the address that the limits count; `conversation` the
    id, or the channel's own key, of the one that the caller claims to speak in, which is not proven
    yet. `language` is the one to speak of danger in.
    """

    text: str = ""
    choice: str | None = None
    key: str | None = None
    client: str | None = None
    conversation: str | None = None
    channel_keeps_a_copy: bool = False
    language: str = ENGLISH


@dataclass(frozen=True)
class ScreenedMessage:
    """A message, and what reading it found. `redaction` is None for a click.

    `alert`: what must be answered first, whatever else is the case. `refusal`: why it cannot be
    taken, which counts only where there is no `alert`. `learner`: the id of the code that was in
    it.
    """

    message: UserMessage
    redaction: Redaction | None = None
    alert: Alert | None = None
    refusal: Refusal | None = None
    learner: str | None = None

    def with_places(self, is_place: Callable[[str], bool]) -> ScreenedMessage:
        """As if the places that documents are for had not been taken for people: the name of
        an area tells of nobody, unless people are called so as well."""
        if self.redaction is None or not self.redaction.names:
            return self
        return replace(self, redaction=self.redaction.giving_back(is_place))

    def documents_taken_out(self, named: NamesDocuments) -> tuple[str, ...]:
        """The ids of the documents that only what was taken for a name names. A place that no list
        holds is taken for one, whatever documents there are.

        Other personal data names nothing: a number may be an id, and a street an area.
        """
        redaction = self.redaction
        if not (redaction and redaction.names):
            return ()
        seen = named(redaction.text)
        return tuple(each for each in named(redaction.with_names) if each not in seen)


@dataclass(frozen=True)
class NormalisedText:
    """`whole` as it was typed; `text` without a learner's code, and of an over-long one what sounds
    most like danger. `learner` is the id of the code."""

    whole: str
    text: str
    learner: str | None


class Screener:
    """Normalises, redacts and checks for danger: the first three steps of a turn.

    Short texts are read at once, long ones in turn. Nobody can fill the queue alone.
    """

    def __init__(
        self, danger: ReadsDanger, personal_data: Redacts, carry_on: CarryOn, limits: LimitsClients
    ) -> None:
        self._danger = danger
        self._personal_data = personal_data
        self._carry_on = carry_on
        self._limits = limits
        self._short = ThreadPoolExecutor(SHORT_READERS, "read-short")
        self._long = ThreadPoolExecutor(LONG_READERS, "read-long")
        self._waiting: Counter[str] = Counter()

    async def screen(self, message: UserMessage) -> ScreenedMessage:
        """Raises nothing: whoever takes the turn decides what comes of it."""
        if message.choice is not None and has_blanks(message.choice):
            # No id has a blank: these are a person's words in the wrong place.
            words = await self.screen(replace(message, text=message.choice, choice=None))
            return ScreenedMessage(message, alert=words.alert, refusal=words.refusal)
        over = await self._over_limit(message.client)
        if message.choice is not None:
            return ScreenedMessage(message, refusal=over)
        lane = self._short if len(message.text) <= SHORT else self._long
        if lane is self._short and over is None:
            return await self._read(lane, message, None)
        with self._in_turn(message.client or "") as refused:
            if refused:
                return ScreenedMessage(message, refusal=refused)
            return await self._read(lane, message, over)

    def read(self, message: UserMessage) -> ScreenedMessage:
        """Danger first, however long or broken the text is; then whether it can be taken."""
        normalised = self._normalise(message)
        redaction = self._redact(normalised)
        return ScreenedMessage(
            message,
            redaction or Redaction("", ()),
            self._check_safety(normalised, redaction),
            unacceptable(message.text, normalised.whole) if redaction else unreadable(),
            normalised.learner,
        )

    async def danger_in(self, redacted: str) -> Alert | None:
        """The danger that words tell of which were screened before, in other pieces."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._short,
            copy_context().run,
            self._check_safety,
            NormalisedText(redacted, redacted, None),
            Redaction(redacted, ()),
        )

    def waiting(self, client: str) -> int:
        """How many texts of a client are under way that count towards `MOST_WAITING`."""
        return self._waiting[client]

    def _normalise(self, message: UserMessage) -> NormalisedText:
        whole = _searched(normalise(_searched(message.text)))
        without = without_codes(self._likeliest(whole))
        return NormalisedText(whole, without.text, without.learner)

    def _redact(self, normalised: NormalisedText) -> Redaction | None:
        """None where it cannot be done: then nothing of the text may go any further."""
        try:
            return self._personal_data.redact(normalised.text)
        except Exception as error:
            log.error("redaction.failed", error=type(error).__name__)
            return None

    def _check_safety(
        self, normalised: NormalisedText, redaction: Redaction | None
    ) -> Alert | None:
        """Whoever cannot tell whether there is danger says 999."""
        if self._carry_on.is_meant(normalised.whole):
            return None
        # Not even its placeholder is read for danger: "learner" would calm the reader.
        own = normalised.text.replace(PLACEHOLDER, "")
        if normalised.learner and _only_gives_a_code(own):
            return None
        try:
            return self._danger.alert(own, self._to_read(own, redaction))
        except Exception as error:
            log.error("danger.failed", error=type(error).__name__)
            return Alert("immediate_danger", certain=True)

    def _to_read(self, own: str, redaction: Redaction | None) -> str:
        """Redacted. Words that run together, as in "iwanttodie", are taken apart first: as one they
        are taken for a name."""
        if redaction is None:
            return ""
        apart = spelt_together(own)
        if apart == own:
            return redaction.text.replace(PLACEHOLDER, "")
        return self._personal_data.redact(apart).text

    def _likeliest(self, text: str) -> str:
        if len(text) <= LONGEST:
            return text
        try:
            return self._danger.likeliest(text, LONGEST)
        except Exception as error:
            log.error("danger.nothing_likeliest", error=type(error).__name__)
            return text[:LONGEST]

    async def _over_limit(self, client: str | None) -> Refusal | None:
        try:
            if client:
                await self._limits.client(client)
        except Refusal as refusal:
            return refusal
        return None

    @contextmanager
    def _in_turn(self, client: str) -> Iterator[Refusal | None]:
        if self._waiting[client] >= MOST_WAITING:
            yield Refusal("too-many-at-once", retry_after_s=5)
            return
        self._waiting[client] += 1
        try:
            yield None
        finally:
            self._waiting[client] -= 1
            if not self._waiting[client]:
                del self._waiting[client]

    async def _read(
        self, lane: ThreadPoolExecutor, message: UserMessage, over: Refusal | None
    ) -> ScreenedMessage:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(lane, copy_context().run, self.read, message)
        return replace(found, refusal=over or found.refusal)


def _only_gives_a_code(words: str) -> bool:
    """Of a message what stands around a learner's code, as in "my code is"."""
    left = words.casefold().split()
    return "code" in left and len(left) <= AROUND_A_CODE


def has_blanks(choice: str) -> bool:
    return any(map(str.isspace, choice))


def _searched(text: str) -> str:
    """Of an over-long text the beginning and the end, before and after it grows."""
    return excerpt(text, SEARCHED_FOR_DANGER)


def unacceptable(typed: str, normalised: str) -> Refusal | None:
    """Why a text cannot be taken."""
    if len(typed) > SEARCHED_FOR_DANGER or len(normalised) > LONGEST:
        return Refusal("text-too-long", longest=f"{LONGEST:,}")
    if any("\ud800" <= character <= "\udfff" for character in typed):
        return Refusal("not-text")
    return None if normalised else Refusal("text-empty")


def unreadable() -> Refusal:
    return Refusal("not-readable-now", retry_after_s=30)
