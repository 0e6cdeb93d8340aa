"""How near what was typed is to the wordings of options."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Encoder


class EncoderSimilarity:
    """Cosine similarity by the encoder; the wordings of options are encoded once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._lock = Lock()

    def __call__(self, text: str, phrases: Sequence[str]) -> list[float]:
        with self._lock:
            missing = [phrase for phrase in dict.fromkeys(phrases) if phrase not in self._vectors]
            if missing:
                self._vectors.update(zip(missing, self._encoder.encode(missing), strict=True))
        known = np.stack([self._vectors[phrase] for phrase in phrases])
        scores: list[float] = (known @ self._encoder.query(text)).tolist()
        return scores
