"""The pipeline's second half: which command a message gives, if it gives one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.rasa import provenance
from bot.rasa.weights import IntentWeights, Vectors, decide

RANKED = 6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CommandClassifier(IntentClassifier, GraphComponent):
    """A command that is not sure enough is a question; the ranking keeps what it might be.

    `sure` and `sure_of_flow` are the shares from which a command is followed and a flow
    started. Starting a flow in place of an answer costs more than offering it beside one.

    Of a retrieval intent every key is learnt (`documents/newest`). The intent is decided by all its
    keys together and published without them; the ranking has the keys.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """For Rasa's cache of what was trained, which looks at the code of this class alone."""
        return provenance.code(Path.cwd())

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"strength": 10.0, "sure": 0.5, "sure_of_flow": 0.8}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        weights: IntentWeights,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._weights = weights

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CommandClassifier:
        return cls(config, model_storage, resource, IntentWeights.none())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CommandClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentWeights.load(folder / "weights.npz"))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [each for each in training_data.intent_examples if each.get(TEXT)]
        texts = [each.get(TEXT) for each in examples]
        intents = [each.get_full_intent() for each in examples]
        weights = IntentWeights.fit(
            texts,
            np.stack([vector for each in examples for vector in sentence_vectors(each)]),
            intents,
            self._config["strength"],
        )
        with self._model_storage.write_to(self._resource) as folder:
            weights.save(folder / "weights.npz")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            for vector in sentence_vectors(message):
                self._classify(message, vector)
        return messages

    def _classify(self, message: Message, vector: Vectors) -> None:
        ranked = self._weights.rank(message.get(TEXT), vector)
        best, share = decide(ranked, self._config["sure"], self._config["sure_of_flow"])
        ranking = [{"name": name, "confidence": share} for name, share in ranked[:RANKED]]
        message.set("intent", {"name": best, "confidence": share}, add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)


def sentence_vectors(message: Message) -> list[Vectors]:
    """The vector of the text; none for a click."""
    _, sentence = message.get_dense_features(attribute=TEXT)
    return [sentence.features[0]] if sentence else []
