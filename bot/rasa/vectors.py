"""Sentence vectors from the actions' listener, which holds the only encoder."""

from __future__ import annotations

import os

import numpy as np
import urllib3

from bot.rasa.secret import HEADER, secret

BATCH = 64
VECTOR = "vector"
"""Where the metadata of a message holds the vector that the gateway sent along."""

NONE = np.empty((0, 0), np.float32)


class NoVectors(RuntimeError):
    """The encoder did not answer; the message says what to start."""


class VectorClient:
    """Asks `POST /encode` over one kept-alive connection."""

    def __init__(self, url: str, key: str) -> None:
        self._url = f"{url}/encode"
        self._pool = urllib3.PoolManager(
            headers={HEADER: key}, timeout=urllib3.Timeout(connect=1.0, read=30.0), retries=2
        )

    @classmethod
    def from_environment(cls) -> VectorClient:
        return cls(os.environ["FP_ACTIONS_URL"], secret())

    def encode(self, texts: list[str]) -> np.ndarray:
        """One normalised float32 row a text."""
        batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        return np.concatenate([self._ask(batch) for batch in batches]) if texts else NONE

    def _ask(self, texts: list[str]) -> np.ndarray:
        try:
            reply = self._pool.request("POST", self._url, json={"texts": texts})
        except urllib3.exceptions.HTTPError as broken:
            raise NoVectors(
                f"the encoder does not answer at {self._url}: start the assistant, "
                "or train with `principles train`, which starts it"
            ) from broken
        if reply.status != 200:
            raise NoVectors(f"the encoder answered {reply.status} at {self._url}")
        return np.frombuffer(reply.data, dtype="<f4").reshape(len(texts), -1)
