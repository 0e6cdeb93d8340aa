"""The errors that reach a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

RefusalReason = Literal[
    "bad-activity",
    "bad-request",
    "body-too-large",
    "choice-not-on-offer",
    "database-unreachable",
    "encoder-failed",
    "expired-token",
    "forbidden",
    "foreign-organisation",
    "headers-too-large",
    "internal",
    "invalid-json",
    "invalid-request",
    "keys-unreachable",
    "link-over",
    "method-not-allowed",
    "no-record",
    "not-found",
    "not-from-microsoft",
    "not-json",
    "not-one-of-both",
    "not-readable-now",
    "not-ready",
    "not-removed",
    "not-text",
    "sent-from-elsewhere",
    "sign-in-elsewhere",
    "sign-in-needed",
    "sign-in-refused",
    "sign-in-unchecked",
    "sign-in-unreachable",
    "sign-out-failed",
    "switched-off",
    "text-empty",
    "text-too-long",
    "too-many-at-once",
    "too-many-requests",
    "too-slow",
    "turn-under-way",
    "unauthorised",
    "unknown-area",
    "unknown-language",
    "wrong-token",
]
"""Why something is refused. The words for each stand in `data/phrases.yaml`, under `refusals`; what
it is over HTTP stands in `bot.api.problems`."""


class UserFacingError(Exception):
    """What went wrong and what to do next, in whole sentences: shown without a traceback."""


class Refusal(Exception):
    """What was asked for cannot be done now.

    `blanks` fill the wording, `members` are further facts for a program, as JSON values.
    `retry_after_s`: seconds after which another try makes sense.
    """

    def __init__(
        self,
        reason: RefusalReason,
        /,
        *,
        retry_after_s: int | None = None,
        members: Mapping[str, Any] | None = None,
        **blanks: object,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after_s = retry_after_s
        self.members = dict(members or {})
        self.blanks = blanks
