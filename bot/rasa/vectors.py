"""Sentence vectors from the actions' listener, which holds the only encoder."""

from __future__ import annotations

import numpy as np
import urllib3
from rasa.shared.exceptions import RasaException

from bot.rasa.environment import ACTIONS_URL, SECRET, told
from bot.rasa.secret import HEADER

BATCH = 64
VECTOR = "vector"
"""Where the metadata of a message holds the vector that the gateway sent along."""

CONNECTS_WITHIN_S = 5.0
READS_WITHIN_S = 180.0
"""A batch takes two seconds. While people are answered, and on a machine that has much else to do,
training beside them waited for more than 30."""

NONE = np.empty((0, 0), np.float32)


class NoVectors(RasaException):
    """The encoder did not answer; the message says what to start."""


class VectorClient:
    """Asks `POST /encode` over one kept-alive connection."""

    def __init__(self, url: str, key: str) -> None:
        self._url = f"{url}/encode"
        self._pool = urllib3.PoolManager(
            headers={HEADER: key},
            timeout=urllib3.Timeout(connect=CONNECTS_WITHIN_S, read=READS_WITHIN_S),
            retries=2,
        )

    @classmethod
    def from_environment(cls) -> VectorClient:
        """Raises NotPrepared when the environment does not say where the encoder listens."""
        return cls(told(ACTIONS_URL), told(SECRET))

    def encode(self, texts: list[str]) -> np.ndarray:
        """One normalised float32 row a text. Raises NoVectors."""
        batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        return np.concatenate([self._ask(batch) for batch in batches]) if texts else NONE

    def _ask(self, texts: list[str]) -> np.ndarray:
        try:
            reply = self._pool.request("POST", self._url, json={"texts": texts})
        except urllib3.exceptions.HTTPError as broken:
            raise NoVectors(
                f"the encoder does not answer at {self._url}. Run this in the same shell again: "
                'eval "$(.venv/bin/principles rasa $$)"'
            ) from broken
        if reply.status != 200:
            raise NoVectors(f"the encoder answered {reply.status} at {self._url}")
        return np.frombuffer(reply.data, dtype="<f4").reshape(len(texts), -1)
