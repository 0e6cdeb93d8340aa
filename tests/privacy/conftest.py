"""A gateway of one's own, for what needs no Rasa."""

from __future__ import annotations

from tests.api.gateway import (
    log_file,
    make_container,
    personal_data,
    rasa,
    serve,
    shelf,
    stand_in,
)

__all__ = ["log_file", "make_container", "personal_data", "rasa", "serve", "shelf", "stand_in"]
