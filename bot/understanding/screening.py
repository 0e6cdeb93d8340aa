"""Reading what a person typed: danger first, then personal data, then whether it can be taken.

It happens before anybody is asked who they are, in threads of its own, so that neither a database
nor somebody else's long text keeps 999 from being said.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from bot.api.problems import IN_DANGER, Problem
from bot.conversation.rate_limits import RateLimiter
from bot.induction.codes import PLACEHOLDER, without_codes
from bot.rendering.safety import carries_on
from bot.understanding.normalisation import excerpt, normalise
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.classifier import Alert

log = structlog.get_logger()

LONGEST = 2000
"""Characters that a text may have, counted after normalisation."""

SEARCHED_FOR_DANGER = 20_000
"""Characters of an over-long text in which danger is still looked for."""

SHORT = 500
"""Characters of a text that is read at once. Longer ones wait for each other, so that they hold up
nobody else; of 512 development questions 97 in a hundred are shorter."""

SHORT_READERS, LONG_READERS = 2, 1
MOST_WAITING = 20
"""Long texts, and texts beyond its limit, of one client at a time; what comes on top is refused,
with 999 in the refusal."""


class ReadsDanger(Protocol):
    def alert(self, text: str, redacted: str) -> Alert | None: ...

    def likeliest(self, text: str, longest: int) -> str: ...


class Redacts(Protocol):
    def redact(self, text: str) -> Redaction: ...


@dataclass(frozen=True)
class UserMessage:
    """What a person typed, or the id of what they clicked.

    `key` makes a retry harmless; `client` is the address that the limits count; `conversation` the
    id of the one that the caller claims to speak in, which is not proven yet.
    """

    text: str = ""
    choice: str | None = None
    key: str | None = None
    client: str | None = None
    conversation: str | None = None
    channel_keeps_a_copy: bool = False


@dataclass(frozen=True)
class ScreenedMessage:
    """What was said, and what reading it found. `redaction` is None for a click.

    `reason`: what must be answered first, whatever else is the case. `problem`: why it cannot be
    taken, which counts only where no `reason` does. `learner`: the id of the code that was in it.
    """

    said: UserMessage
    redaction: Redaction | None = None
    alert: Alert | None = None
    problem: Problem | None = None
    learner: str | None = None


class Screener:
    """Short texts are read at once, long ones in turn. Nobody can fill the queue alone."""

    def __init__(self, danger: ReadsDanger, personal_data: Redacts, limits: RateLimiter) -> None:
        self._danger = danger
        self._personal_data = personal_data
        self._limits = limits
        self._short = ThreadPoolExecutor(SHORT_READERS, "read-short")
        self._long = ThreadPoolExecutor(LONG_READERS, "read-long")
        self._waiting: Counter[str] = Counter()

    async def screen(self, said: UserMessage) -> ScreenedMessage:
        """Raises nothing: whoever takes the turn decides what comes of it."""
        if said.choice is not None and has_blanks(said.choice):
            # No id has a blank: these are a person's words in the wrong place.
            words = await self.screen(replace(said, text=said.choice, choice=None))
            return ScreenedMessage(said, alert=words.alert, problem=words.problem)
        over = await self._over_limit(said.client)
        if said.choice is not None:
            return ScreenedMessage(said, problem=over)
        lane = self._short if len(said.text) <= SHORT else self._long
        if lane is self._short and over is None:
            return await self._read(lane, said, None)
        with self._in_turn(said.client or "") as refused:
            if refused:
                return ScreenedMessage(said, problem=refused)
            return await self._read(lane, said, over)

    def waiting(self, client: str) -> int:
        """How many texts of a client are under way that count towards `MOST_WAITING`."""
        return self._waiting[client]

    async def _over_limit(self, client: str | None) -> Problem | None:
        try:
            if client:
                await self._limits.client(client)
        except Problem as problem:
            return problem
        return None

    @contextmanager
    def _in_turn(self, client: str) -> Iterator[Problem | None]:
        if self._waiting[client] >= MOST_WAITING:
            yield too_many_at_once()
            return
        self._waiting[client] += 1
        try:
            yield None
        finally:
            self._waiting[client] -= 1
            if not self._waiting[client]:
                del self._waiting[client]

    async def _read(
        self, lane: ThreadPoolExecutor, said: UserMessage, over: Problem | None
    ) -> ScreenedMessage:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(lane, copy_context().run, self.read, said)
        return replace(found, problem=over or found.problem)

    def read(self, said: UserMessage) -> ScreenedMessage:
        """Danger first, however long or broken the text is; then whether it can be taken.

        Of an over-long text only what sounds most like danger is read, and comes back redacted.
        """
        text = _searched(normalise(_searched(said.text)))
        without = without_codes(self._to_read(text))
        redaction = self._redacted(without.text)
        # Not even its placeholder is read for danger: "learner" would calm the reader.
        own, redacted = (
            each.replace(PLACEHOLDER, "")
            for each in (without.text, redaction.text if redaction else "")
        )
        return ScreenedMessage(
            said,
            redaction or Redaction("", ()),
            None if carries_on(text) else self._alert(own, redacted),
            unacceptable(said.text, text) if redaction else unreadable(),
            without.learner,
        )

    def _to_read(self, text: str) -> str:
        if len(text) <= LONGEST:
            return text
        try:
            return self._danger.likeliest(text, LONGEST)
        except Exception as error:
            log.error("danger.nothing_likeliest", error=type(error).__name__)
            return text[:LONGEST]

    def _redacted(self, text: str) -> Redaction | None:
        """None where it cannot be done: then nothing of the text may go any further."""
        try:
            return self._personal_data.redact(text)
        except Exception as error:
            log.error("redaction.failed", error=type(error).__name__)
            return None

    def _alert(self, text: str, redacted: str) -> Alert | None:
        """Whoever cannot tell whether there is danger says 999."""
        try:
            return self._danger.alert(text, redacted)
        except Exception as error:
            log.error("danger.failed", error=type(error).__name__)
            return Alert("immediate_danger", certain=True)


def has_blanks(choice: str) -> bool:
    return any(map(str.isspace, choice))


def _searched(text: str) -> str:
    """Of an over-long text the beginning and the end, before and after it grows."""
    return excerpt(text, SEARCHED_FOR_DANGER)


def unacceptable(typed: str, normalised: str) -> Problem | None:
    """Why a text cannot be taken, as a 422 Problem."""
    if len(typed) > SEARCHED_FOR_DANGER or len(normalised) > LONGEST:
        return Problem(
            422,
            "text-too-long",
            "The text is too long",
            f"{IN_DANGER} Send at most {LONGEST:,} characters. "
            "Shorten the text or send it in parts.",
        )
    if any("\ud800" <= character <= "\udfff" for character in typed):
        return Problem(
            422,
            "not-text",
            "The text holds half characters",
            "Send whole Unicode characters: the text has a lone surrogate.",
        )
    if not normalised:
        return Problem(422, "text-empty", "The text is empty", "Type a question and send it.")
    return None


def unreadable() -> Problem:
    return Problem(
        503,
        "not-readable-now",
        "The text cannot be read now",
        f"{IN_DANGER} A part of the assistant does not work. Tell whoever runs it.",
        headers={"Retry-After": "30"},
    )


def too_many_at_once() -> Problem:
    return Problem(
        429,
        "too-many-requests",
        "Too many requests",
        f"{IN_DANGER} Wait for the replies under way, then send it again.",
        headers={"Retry-After": "5"},
    )
