"""Does somebody need help now? Read before anything else, in every channel and state."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import structlog
from numpy.typing import NDArray

from bot.flows.match import folded
from bot.messages import SafetyReason
from bot.understanding.lookalikes import as_seen
from bot.understanding.normalisation import without_markup
from bot.understanding.other_language import is_other_language
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from bot.understanding.safety.head import LIVES, REASONS, DangerHead
from bot.understanding.safety.lexicon import DangerLexicon
from bot.understanding.safety.prefilter import Prefilter
from bot.understanding.safety.spelling import spelt_together
from bot.understanding.safety.windows import likeliest, windows
from knowledge.costs import Costs

log = structlog.get_logger()

Read = Callable[[Sequence[str]], NDArray[np.float32]]

WINDOWS_READ = 3
"""Of a long message, beside its beginning: each costs some 7 ms of a core."""
SURE_IN_A_WINDOW = 0.95
"""The share from which a window is heard without the rest of the message, which it has lost."""
DOUBT = 0.002
"""The share that the whole message must leave for a window to count: of long stories of what is
over, which alarm in parts, the whole is surer, .0005 or less. Without it windows alarmed 13 of 779
calm messages of four authors who were not learnt from, and heard one emergency of 83 alone."""
AS_LIKELY = 1 / 3
"""The share of the likeliest other reason from which a life may be at stake as well: "stepdads
outside my door with a knife" is by a child and tells of a knife."""
READ_TO_THE_END = 150
"""Words of a message of which the encoder reads every one (256 tokens). Of a longer one the whole
proves nothing."""


@dataclass(frozen=True)
class Alert:
    """Somebody may need help now. `certain`: so surely that it comes in place of all else."""

    reason: SafetyReason
    certain: bool


UNREADABLE = Alert("immediate_danger", certain=False)
"""Whoever cannot read a message says 999 first, and goes on as far as that goes."""


class DangerClassifier:
    """Reads a redacted message whole, and a long one in windows too, in which a cry for help does
    not drown. Costs decide what comes of the chance.

    `read` gives message vectors of 384; it is given redacted text only. `commands`: words, made
    plain, that are a command where they are all that is typed, such as "I want to stop".
    Raises ContentError and UserFacingError when a file of `data` is missing or damaged.
    """

    def __init__(
        self, read: Read, costs: Costs, data: Path, commands: frozenset[str] = frozenset()
    ) -> None:
        self._read = read
        self._commands = commands
        self._costs = costs
        self._lexicon = DangerLexicon.read(data / "lexicon.yaml")
        self._head = DangerHead.read(data / "head.npz")
        self._prefilter = Prefilter.read(data / "prefilter.npz")

    def alert(self, text: str, redacted: str) -> Alert | None:
        """The gravest reason found in the normalised `text`, said `redacted`."""
        own = _in_words(text)
        if heard := self._lexicon.heard(own):
            return Alert(heard, certain=True)
        said = own if redacted == text else _in_words(redacted)
        # Of another language so much is taken for names that what is left says little.
        unread = UNREADABLE if is_other_language(own) else None
        if not _tells_anything(said) or folded(said) in self._commands:
            return unread
        try:
            return self._judged(said) or unread
        except Exception as error:
            # Whatever keeps the encoder from answering must not keep 999 from being said.
            log.error("danger.not_read", error=type(error).__name__)
            return UNREADABLE

    def likeliest(self, text: str, longest: int) -> str:
        """Of a text too long to be read whole what sounds most like danger, in its own order.

        At most `longest` characters.
        """
        return likeliest(text, longest, self._prefilter)

    def _judged(self, said: str) -> Alert | None:
        """A window has lost what stood beside it, so it makes nothing certain."""
        (whole,) = self._shares([said])
        alert = self._alert(whole)
        read_to_the_end = len(said.split()) <= READ_TO_THE_END
        if (alert and alert.certain) or (whole.sum() < DOUBT and read_to_the_end):
            return alert
        windows_read = self._windows(said)
        parts = self._shares(windows_read) if windows_read else ()
        sure = (part for part in parts if part.sum() >= SURE_IN_A_WINDOW)
        heard = [alert, *map(self._alert, sure)]
        found = [replace(each, certain=False) for each in heard if each]
        return min(found, key=lambda each: REASONS.index(each.reason), default=None)

    def _shares(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row a text: the chance of each reason."""
        return self._head.shares(self._read(texts))[:, :-1]

    def _alert(self, shares: NDArray[np.float32]) -> Alert | None:
        """Where both are as likely, a life comes first, and neither is calm."""
        lives, others = shares[: len(LIVES)], shares[len(LIVES) :]
        as_likely = lives.sum() >= AS_LIKELY * others.max()
        of_lives = self._costs.of_danger(float(shares.sum() if as_likely else lives.sum()))
        of_others = self._costs.of_care(float(others.max()))
        if of_lives == "nothing" or (of_lives != "interrupt" and of_others == "interrupt"):
            if of_others == "nothing":
                return None
            reason = REASONS[len(LIVES) + int(others.argmax())]
            return Alert(reason, certain=of_others == "interrupt")
        return Alert(REASONS[int(lives.argmax())], certain=of_lives == "interrupt")

    def _windows(self, said: str) -> list[str]:
        found = windows(said)
        scores = self._prefilter.scores(found)
        ranked = sorted(range(len(found)), key=lambda place: -scores[place])
        return [found[place] for place in ranked[:WINDOWS_READ]]


def _tells_anything(said: str) -> bool:
    """Whether there is more than names, which are taken out."""
    return any(map(str.isalnum, said.replace(PLACEHOLDERS["name"], "")))


def _in_words(text: str) -> str:
    """`text` as it is read aloud: no look-alikes, no mark-up, no letters that stand apart."""
    return spelt_together(without_markup(as_seen(text)))
