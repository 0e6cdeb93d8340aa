"""Presidio's recognisers, loaded with what is personal data in English social care."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import regex
from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts
from presidio_analyzer.predefined_recognizers import NhsRecognizer

from bot.understanding.pattern_lines import compiled, filled_in
from bot.understanding.personal_data.lexicon import Lexicon
from bot.understanding.personal_data.names import Names
from bot.understanding.personal_data.tagger import WEIGHTS, Tagger
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

PATTERN_WITHIN_S = 1.0
"""Many times what the slowest of the patterns needs for the longest text, on a busy machine."""

BETWEEN_DIGITS = r"[\s.\-/_()•·]{0,3}"
PART = regex.compile(r"<<(\w+)>>")


class Patterns(LocalRecognizer):
    """What the patterns of one kind match.

    Presidio's own recogniser of patterns skips one that takes too long, and compares every
    finding with every other.
    """

    def __init__(self, kind: str, patterns: Iterable[regex.Pattern[str]]) -> None:
        self._kind = kind
        self._patterns = tuple(patterns)
        super().__init__(supported_entities=[kind], name=kind)

    def load(self) -> None:
        """Everything is read when it is made."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Raises TimeoutError: then nobody knows what the text holds."""
        return [
            RecognizerResult(self._kind, *match.span(), score=1.0)
            for pattern in self._patterns
            for match in pattern.finditer(text, timeout=PATTERN_WITHIN_S)
        ]


class RecognisersFile(Strict):
    """`recognisers.yaml` as read: pattern by name, by kind of personal data."""

    parts: dict[str, str]
    any_case: dict[str, dict[str, str]]
    exact_case: dict[str, dict[str, str]]


Recogniser = Patterns | NhsRecognizer | Names


def recognisers(data: Path) -> list[Recogniser]:
    """Raises ContentError for a file that cannot be used, and UserFacingError for weights."""
    return [
        *pattern_recognisers(data),
        NhsRecognizer(supported_entity="nhs_number"),
        Names(Lexicon(data), Tagger.read(data / WEIGHTS)),
    ]


def pattern_recognisers(data: Path) -> list[Patterns]:
    """Raises ContentError for a file that cannot be used."""
    source = YamlSource.read(data / "recognisers.yaml")
    file = validated(source, RecognisersFile)

    def written_out(line: str) -> str:
        return _put_together(line, file.parts)

    return [
        Patterns(
            kind,
            (
                compiled(source, [line], written_out, flags | regex.MULTILINE)
                for line in lines.values()
            ),
        )
        for kinds, flags in ((file.any_case, regex.IGNORECASE), (file.exact_case, 0))
        for kind, lines in kinds.items()
    ]


def _put_together(line: str, parts: Mapping[str, str]) -> str:
    """`line` with each <<part>>, and the parts within it, written out."""
    grouped = {name: f"(?:{part})" for name, part in parts.items()}
    return filled_in(line, PART, grouped).replace("~", BETWEEN_DIGITS)
