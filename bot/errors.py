"""The errors that reach a person."""

from __future__ import annotations


class UserFacingError(Exception):
    """What went wrong and what to do next, in whole sentences: shown without a traceback."""
