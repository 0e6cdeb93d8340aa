"""Does somebody need help now? Read before anything else, in every channel and state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import regex
import structlog
from numpy.typing import NDArray

from bot.messages import SafetyReason
from bot.understanding.lookalikes import as_seen
from bot.understanding.normalisation import without_markup
from bot.understanding.personal_data.placeholders import TAKEN_OUT
from bot.understanding.safety.head import DangerHead, Judgement
from bot.understanding.safety.patterns import DangerPatterns, PatternMatch, PreparedText
from bot.understanding.safety.prefilter import Prefilter, likeliest_first
from bot.understanding.safety.segments import Segment, SegmentedText
from bot.understanding.safety.spelling import spelt_together
from bot.understanding.vocabulary import ordinary_words

log = structlog.get_logger()

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

PRECEDENCE: tuple[SafetyReason, ...] = (
    "immediate_danger",
    "self_harm",
    "child_user",
    "allegation",
    "public_user",
)
SURE = 0.8
"""From this share on danger is certain, below it possible: `pytest tests/safety/test_unseen.py -rP`
prints of how many emergencies and near misses each is the case."""
NARROWLY = 0.7
"""The share from which a narrow window counts, which says less than was meant. On the sets of
tests/safety .6 cautioned fourteen more calm messages in two hundred than .8 did."""
SURELY_CALM = 0.99
"""Between .9 and here words alone, such as "send police now", are believed. It costs six more
near misses in 240."""
READ_BY_PATTERNS = 600
"""Characters that the patterns are given of one message: some 10 ms of a core."""
READ_BY_HEAD = 128
"""Pieces of words that the encoder is given of one message: some 25 ms of a core."""
SMALLEST = 4
MOST_CALMED = 4
"""Alarms by words that the head is asked about; more of them than these are believed."""
CALM_TO_THE_SCREEN = -3.0
"""Below this score no emergency was found among the examples: the part is given no vector."""
LETTER = regex.compile(r"\p{L}")
TAIL = regex.compile(r"(?<=\S{24})\S+")
"""What no English word has, and a hundred pieces are made of."""
PIECE = regex.compile(r"[a-z0-9]+|[^\sa-z0-9]")


@dataclass(frozen=True)
class Alert:
    """Somebody may need help now. `certain`: so surely that it comes in place of all else."""

    reason: SafetyReason
    certain: bool


class DangerClassifier:
    """Patterns on a person's own words, and a linear head on the redacted ones, part by part.

    `encode` turns texts into unit vectors of 384; it is given redacted text only.
    Raises UserFacingError when the patterns or the weights in `data` are missing or damaged.
    """

    def __init__(self, encode: Encode, data: Path) -> None:
        self._encode = encode
        self._patterns = DangerPatterns.read(data / "danger.yaml")
        self._head = DangerHead.read(data / "head.npz", PRECEDENCE)
        self._prefilter = Prefilter.read(data / "prefilter.npz")

    def alert(self, text: str, redacted: str) -> Alert | None:
        """The gravest reason found in any part of the normalised `text`, said `redacted`.

        Words raise no alarm where the head is sure that this very part is calm: "a course on
        choking" has the words of one. What the rest of the message says calms nothing.
        """
        own = _in_words(text)
        redacted = own if redacted == text else _in_words(redacted)
        heard = self._heard(SegmentedText(own, redacted))
        if not heard and len(own) <= READ_BY_PATTERNS and TAKEN_OUT.search(redacted):
            # "Rose Green is stabbing him" says nothing to the patterns, "[name] is" does.
            heard = self._heard(SegmentedText(redacted, redacted))
        return next((heard[reason] for reason in PRECEDENCE if reason in heard), None)

    def likeliest(self, text: str, longest: int) -> str:
        """Of a text too long to be read whole what sounds most like danger, in its own order.

        At most `longest` characters; each piece with the words that stand around it, on a line.
        """
        read = SegmentedText(text, text)
        said = self._patterns.said(read)
        ranked = likeliest_first(read.parts, self._prefilter.scores(said.words, read.parts))
        chosen: list[Segment] = []
        left = longest
        for part in ranked:
            around = said.around(part)
            length = len(read.own_of(around)) + 1
            if length <= left and not any(map(around.is_much_of, chosen)):
                left -= length
                chosen.append(around)
        return "\n".join(read.own_of(part) for part in sorted(chosen)) or text[:longest]

    def _heard(self, text: SegmentedText) -> dict[SafetyReason, Alert]:
        if not text.words:
            return {}
        said = self._patterns.said(text)
        ranked = self._ranked(said, text)
        patterns = self._patterns.heard(said, _read_by_patterns(said, text, ranked))
        asked = self._asked_about(text, patterns)
        try:
            judged = self._judged(text, [*asked, *ranked])
        except Exception as error:
            # Whatever keeps the encoder from answering must not keep 999 from being said.
            log.error("danger.by_words_alone", error=type(error).__name__)
            return {alarm.reason: Alert(alarm.reason, certain=True) for alarm in patterns}
        believed = {
            alarm.reason
            for alarm in patterns
            if alarm.part not in asked
            or alarm.part not in judged
            or judged[alarm.part].calm < SURELY_CALM
        }
        # A clause or a narrow window has lost what stood beside it, so it makes nothing certain.
        narrow = frozenset(text.narrow).difference(text.parts)
        torn = narrow.union(text.clauses)
        whole = [judgement for part, judgement in judged.items() if part not in torn]
        certain = set().union(*(judgement.from_share(SURE) for judgement in whole))
        possible = believed.union(
            *(
                judgement.from_share(NARROWLY) if part in narrow else judgement.reasons
                for part, judgement in judged.items()
            )
        )
        return {reason: Alert(reason, reason in certain) for reason in possible | certain}

    def _asked_about(self, text: SegmentedText, patterns: Sequence[PatternMatch]) -> list[Segment]:
        """Where the head may calm an alarm: it is shown the very words that gave it, in English."""
        parts = dict.fromkeys(alarm.part for alarm in patterns if not alarm.is_foreign)
        shown = ((part, text.redacted_of(part)) for part in islice(parts, MOST_CALMED))
        return [part for part, redacted in shown if redacted and self._patterns.are_in(redacted)]

    def _ranked(self, said: PreparedText, text: SegmentedText) -> list[Segment]:
        parts = list(dict.fromkeys((*text.parts, *text.narrow)))
        scores = self._prefilter.scores(said.words, parts)
        kept = scores >= CALM_TO_THE_SCREEN
        worth = [part for part, keep in zip(parts, kept, strict=True) if keep]
        return likeliest_first(worth, scores[kept])

    def _judged(self, text: SegmentedText, parts: Iterable[Segment]) -> dict[Segment, Judgement]:
        """What the head says of the first of `parts`, as many as may be read."""
        chosen: dict[Segment, str] = {}
        seen: set[str] = set()
        left = READ_BY_HEAD
        for part in dict.fromkeys(parts):
            if left < SMALLEST:
                break
            redacted = text.redacted_of(part)
            if redacted is None or not LETTER.search(redacted):
                continue
            read = TAIL.sub("", redacted)
            # Of names in a row one part reads like another once they are taken out.
            if (cost := 0 if read in seen else pieces(read)) <= left:
                left -= cost
                chosen[part] = read
                seen.add(read)
        if not chosen:
            return {}
        texts = list(dict.fromkeys(chosen.values()))
        judged = dict(zip(texts, self._head.judge(texts, self._encode(texts)), strict=True))
        return {part: judged[read] for part, read in chosen.items()}


def _in_words(text: str) -> str:
    """`text` as it is read aloud: no look-alikes, no mark-up, no letters that stand apart."""
    return spelt_together(without_markup(as_seen(text)))


def pieces(text: str) -> int:
    """About how many pieces of words the encoder makes of `text`, never far fewer."""
    known = ordinary_words()
    found = PIECE.findall(text.lower())
    return 2 + sum(
        1 if len(piece) == 1 or piece in known else 2 * len(piece) // 3 for piece in found
    )


def _read_by_patterns(
    said: PreparedText, text: SegmentedText, ranked: Sequence[Segment]
) -> list[Segment]:
    """The whole, or the likeliest parts of a long text, each with what stands around it."""
    if len(text.own) <= READ_BY_PATTERNS:
        return [said.whole]
    read: list[Segment] = []
    left = READ_BY_PATTERNS
    for part in ranked:
        around = said.around(part)
        if any(map(around.is_much_of, read)):
            continue
        length = len(text.own_of(around))
        if length <= left:
            left -= length
            read.append(around)
    return read
