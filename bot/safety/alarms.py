"""The patterns of data/safety/danger.yaml: a person's own words, without their slips."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex
import yaml
from pydantic import BaseModel, ConfigDict

from bot.messages import SafetyReason
from bot.safety.spelling import Spelling

WORD = regex.compile(r"(?<!\(\?)<([a-z_]+)>")
APOSTROPHES = regex.compile("['’]")
TEXTED_TO = regex.compile(r"\b2(?= (?:die|kill|hurt|end|jump|be|get|me))")
FIGURE_IN_WORD = regex.compile(r"(?<=[a-z])[013](?=[a-z])|\b0(?=[a-z]{3})")
LETTERS = {"0": "o", "1": "i", "3": "e"}
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


class AlarmFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[str, str]
    spelling: SpellingLines
    made_up: str
    past: str
    general: str
    reasons: dict[SafetyReason, ReasonLines]


@dataclass(frozen=True)
class Alarms:
    spelling: Spelling
    made_up: regex.Pattern[str]
    calm: regex.Pattern[str]
    now: regex.Pattern[str]
    always: dict[SafetyReason, regex.Pattern[str]]
    of_now: dict[SafetyReason, regex.Pattern[str]]

    @classmethod
    def read(cls, path: Path) -> Alarms:
        """Raises ValidationError or KeyError for a file that cannot be used."""
        file = AlarmFile.model_validate(yaml.safe_load(path.read_text("utf-8")))

        def pattern(*lines: str) -> regex.Pattern[str]:
            return regex.compile("|".join(f"(?:{_filled(line, file.words)})" for line in lines))

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
        )

    def heard(self, text: str) -> set[SafetyReason]:
        """Every reason that the normalised `text` gives."""
        said = self.spelling.mended(plain(text))
        if self.made_up.search(said):
            return set()
        heard = {reason for reason, pattern in self.always.items() if pattern.search(said)}
        if self.now.search(said) or not self.calm.search(said):
            heard |= {reason for reason, pattern in self.of_now.items() if pattern.search(said)}
        return heard


def plain(text: str) -> str:
    """Lower case, no apostrophes, no letter drawn out, no figure for one: "HELPPP" is "help"."""
    said = APOSTROPHES.sub("", text.casefold()).replace("\n", ". ")
    said = FIGURE_IN_WORD.sub(lambda figure: LETTERS[figure[0]], TEXTED_TO.sub("to", said))
    return DRAWN_OUT.sub(r"\1", said)


def _filled(pattern: str, words: dict[str, str]) -> str:
    while WORD.search(pattern):
        pattern = WORD.sub(lambda word: words[word[1]], pattern)
    return pattern
