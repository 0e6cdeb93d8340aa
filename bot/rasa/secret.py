"""The secret that Rasa and the assistant's own listeners share, made anew at each start."""

from __future__ import annotations

import os

HEADER = "X-Principles-Secret"


def secret() -> str:
    """Raises KeyError when whoever started Rasa gave none."""
    return os.environ["FP_RASA_SECRET"]
