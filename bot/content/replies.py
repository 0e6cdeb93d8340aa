"""The assistant's own words, from a file that a policy officer edits."""

from __future__ import annotations

from pathlib import Path

from pydantic import ConfigDict, Field

from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource


class Replies(Strict):
    """`data/replies.yaml` as read; the file says what each entry is for."""

    model_config = ConfigDict(str_min_length=1)

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
    """Raises ContentError for an entry missing, unknown, empty or too long."""
    return validated(YamlSource.read(path), Replies)
