"""The patterns of data/safety/danger.yaml: a person's own words, without their slips."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import regex
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import UserFacingError
from bot.messages import SafetyReason
from bot.understanding.safety.segments import Segment, SegmentedText
from bot.understanding.safety.spelling import Spelling

WORD = regex.compile(r"(?<!\(\?)<([a-z_]+)>")
APOSTROPHES = regex.compile("['’]")
TEXTED_TO = regex.compile(r"\b2(?= (?:die|kill|hurt|end|jump|be|get|me))")
FIGURE_IN_WORD = regex.compile(r"(?<=[a-z][013457]?)[013457](?=[013457]?[a-z])|\b0(?=[a-z]{3})")
LETTERS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"}
LETTER = regex.compile(r"[^\W_]")
NEAR = 6
"""Words before and behind an alarm that can calm it: "a course on", "in 2019"."""
PATIENCE_S = 1.0
"""Far more than a pattern needs for what is read of any text."""
REMEDY = "Put it right, or take the file from the release again."
DRAWN_OUT = regex.compile(r"([a-z!])\1{2,}")


class ReasonLines(BaseModel):
    """`always` counts whatever the rest says; the other lines only of the here and now."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    always: tuple[str, ...]
    unless_past_or_general: tuple[str, ...] = ()


class SpellingLines(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    slips: dict[str, str]


class PatternFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[str, str]
    spelling: SpellingLines
    made_up: str
    past: str
    general: str
    reasons: dict[SafetyReason, ReasonLines]
    other_languages: dict[SafetyReason, tuple[str, ...]]


@dataclass(frozen=True)
class PatternMatch:
    """The words that gave a reason. `is_foreign`: in a language that only the patterns know."""

    reason: SafetyReason
    part: Segment
    is_foreign: bool = False


@dataclass(frozen=True)
class DangerPatterns:
    spelling: Spelling
    made_up: regex.Pattern[str]
    calm: regex.Pattern[str]
    now: regex.Pattern[str]
    always: dict[SafetyReason, regex.Pattern[str]]
    of_now: dict[SafetyReason, regex.Pattern[str]]
    foreign: dict[SafetyReason, regex.Pattern[str]]

    @classmethod
    def read(cls, path: Path) -> DangerPatterns:
        """Raises UserFacingError for a file that is missing or cannot be used."""
        try:
            return cls._of(PatternFile.model_validate(yaml.safe_load(path.read_text("utf-8"))))
        except (OSError, UnicodeError, yaml.YAMLError, ValidationError, LookupError) as error:
            raise UserFacingError(f"{path.name} cannot be used: {error}\n{REMEDY}") from error
        except regex.error as error:
            raise UserFacingError(f"A pattern of {path.name} is none: {error}\n{REMEDY}") from error

    @classmethod
    def _of(cls, file: PatternFile) -> DangerPatterns:
        def pattern(*lines: str) -> regex.Pattern[str]:
            joined = "|".join(f"(?:{_filled(line, file.words)})" for line in lines)
            return regex.compile(joined, regex.MULTILINE | regex.DOTALL)

        return cls(
            spelling=Spelling(file.spelling.words, file.spelling.slips),
            made_up=pattern(file.made_up),
            calm=pattern(file.past, file.general),
            now=pattern(r"\b<now>\b"),
            always={reason: pattern(*lines.always) for reason, lines in file.reasons.items()},
            of_now={
                reason: pattern(*lines.unless_past_or_general)
                for reason, lines in file.reasons.items()
                if lines.unless_past_or_general
            },
            foreign={reason: pattern(*lines) for reason, lines in file.other_languages.items()},
        )

    def said(self, text: SegmentedText) -> PreparedText:
        return PreparedText(text, self.spelling)

    def heard(self, said: PreparedText, parts: Sequence[Segment]) -> list[PatternMatch]:
        """Every alarm that the words give in `parts`.

        A pattern that takes too long is an alarm: who can say what it would have found?
        """
        try:
            return [alarm for part in parts for alarm in self._heard(said, part)]
        except TimeoutError:
            return [PatternMatch("immediate_danger", said.whole)]

    def are_in(self, words: str) -> bool:
        """Whether any pattern hears an alarm in these words alone."""
        said = self.said(SegmentedText(words, words))
        return bool(self.heard(said, [said.whole]))

    def _heard(self, said: PreparedText, part: Segment) -> Iterator[PatternMatch]:
        line = said.line(part)
        for reason, pattern in self.foreign.items():
            if found := pattern.search(line.text, timeout=PATIENCE_S):
                yield PatternMatch(reason, line.words(found.start(), found.end()), is_foreign=True)
        for reason, pattern, whatever in (
            *((reason, pattern, True) for reason, pattern in self.always.items()),
            *((reason, pattern, False) for reason, pattern in self.of_now.items()),
        ):
            for found in pattern.finditer(line.text, overlapped=True, timeout=PATIENCE_S):
                around = said.around(line.words(found.start(), found.end()))
                if self._counts(said.line(around).text, whatever):
                    yield PatternMatch(reason, around)

    def _counts(self, said: str, whatever: bool) -> bool:
        if self.made_up.search(said):
            return False
        return whatever or bool(self.now.search(said)) or not self.calm.search(said)


@dataclass(frozen=True)
class Line:
    """Words as the patterns read them: a line a sentence. `starts`: where each word begins."""

    text: str
    starts: Sequence[int]
    first: int

    def words(self, start: int, end: int) -> Segment:
        """Those from character `start` up to `end`."""
        return Segment(
            self.first + max(bisect_right(self.starts, start) - 1, 0),
            self.first + bisect_right(self.starts, max(start, end - 1)),
        )


class PreparedText:
    """A text as the patterns read it, word by word as it was typed."""

    def __init__(self, text: SegmentedText, spelling: Spelling) -> None:
        typed = " ".join(text.own[start:end] for start, end in text.words)
        self.words = spelling.mended(simplified(typed)).split(" ")
        self._sentences = text.sentences
        self._opens = [sentence.first for sentence in text.sentences]
        opens = frozenset(self._opens)
        self._written = [
            f"{chr(10) if number in opens else ' '}{word}" if LETTER.search(word) else ""
            for number, word in enumerate(self.words)
        ]
        self.whole = Segment(0, len(text.words))

    def line(self, part: Segment) -> Line:
        written = self._written[part.first : part.last]
        starts = [0, *accumulate(map(len, written))]
        return Line("".join(written), starts[:-1], part.first)

    def around(self, part: Segment) -> Segment:
        """What stands near: of the sentences that `part` is in, so many words on each side."""
        first = self._sentences[bisect_right(self._opens, part.first) - 1].first
        last = self._sentences[bisect_right(self._opens, part.last - 1) - 1].last
        return Segment(max(first, part.first - NEAR), min(last, part.last + NEAR))


def simplified(text: str) -> str:
    """Lower case, no apostrophes, no letter drawn out, no figure for one: "HELPPP" is "help"."""
    said = APOSTROPHES.sub("", text.casefold()).replace("\n", ". ")
    said = FIGURE_IN_WORD.sub(lambda figure: LETTERS[figure[0]], TEXTED_TO.sub("to", said))
    return DRAWN_OUT.sub(r"\1", said)


def _filled(pattern: str, words: dict[str, str]) -> str:
    while WORD.search(pattern):
        pattern = WORD.sub(lambda word: words[word[1]], pattern)
    return pattern
