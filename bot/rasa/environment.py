"""What Rasa is told by environment variables, by whoever starts it."""

from __future__ import annotations

import os
from pathlib import Path

from rasa.shared.exceptions import RasaException

ACTIONS_URL = "FP_ACTIONS_URL"
SECRET = "FP_RASA_SECRET"  # noqa: S105  # the name of a variable
DATABASE = "FP_RASA_DB"
EDITION = "FP_RASA_EDITION"
"""The folder of the edition that is learnt; without it, what lies in the checkout."""


class NotPrepared(RasaException):
    """Rasa was started in an environment that does not say where the assistant's parts are."""


def edition() -> Path | None:
    return Path(folder) if (folder := os.environ.get(EDITION)) else None


def told(name: str) -> str:
    """Raises NotPrepared, which says what to run, where the variable is not set."""
    try:
        return os.environ[name]
    except KeyError:
        raise NotPrepared(
            f"{name} is not set. Run this in the same shell first: "
            'eval "$(.venv/bin/principles rasa $$)"'
        ) from None
