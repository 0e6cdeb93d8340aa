"""The assistant's own words, from a file that a policy officer edits."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Replies(BaseModel):
    """`data/replies.yaml` as read; the file says what each entry is for."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1)

    greet: str
    goodbye: str
    thanks: str
    about: str
    menu_label: str = Field(max_length=60)
    ask: str
    related: str
    flows: str
    ask_by_default: str


def read_replies(path: Path) -> Replies:
    """Raises ValidationError naming the entry that is missing, unknown or empty."""
    return Replies.model_validate(yaml.safe_load(path.read_text("utf-8")))
