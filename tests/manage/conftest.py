"""A gateway of one's own, and people who may look after its content."""

from __future__ import annotations

from tests.api.conftest import (
    log_file,
    make_container,
    personal_data,
    rasa,
    serve,
    shelf,
    stand_in,
)

__all__ = ["log_file", "make_container", "personal_data", "rasa", "serve", "shelf", "stand_in"]
