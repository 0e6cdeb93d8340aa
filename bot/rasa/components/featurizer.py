"""The pipeline's first half: a message becomes the vector that retrieval also uses."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.constants import INTENT_MESSAGE_PREFIX
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.rasa import provenance
from bot.rasa.vectors import VECTOR, VectorClient


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Sets one sentence vector on each text. A click has no text to encode.

    The gateway sends the vector with what somebody typed; in training the encoder is asked.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        return cls(execution_context.node_name, config)

    def __init__(self, name: str, config: dict[str, Any]) -> None:
        super().__init__(name, config)
        self._vectors = VectorClient.from_environment()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """For Rasa's cache of what was trained, which looks at the code of this class alone."""
        return provenance.code(Path.cwd())

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to set."""

    def process(self, messages: list[Message]) -> list[Message]:
        typed = [
            message
            for message in messages
            if message.get(TEXT) and not message.get(TEXT).startswith(INTENT_MESSAGE_PREFIX)
        ]
        asked = [message for message in typed if not sent_along(message)]
        encoded = iter(self._vectors.encode([message.get(TEXT) for message in asked]))
        for message in typed:
            sent = sent_along(message)
            vector = np.frombuffer(b64decode(sent), "<f4") if sent else next(encoded)
            self.add_features_to_message(None, vector[None, :], TEXT, message)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data


def sent_along(message: Message) -> str | None:
    """The vector that came with a message: little-endian float32 in base64."""
    return (message.get("metadata") or {}).get(VECTOR)
