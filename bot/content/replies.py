"""The assistant's own words, from a file that a policy officer edits."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.content.yaml_source import YamlSource, load


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
    """Raises ContentError, with file and line, for an entry missing, unknown, empty or too long."""
    entries = YamlSource.parse(*load(path)).fields(" ".join(Replies.model_fields))
    try:
        return Replies.model_validate({name: each.node.value for name, each in entries.items()})
    except ValidationError as invalid:
        first = invalid.errors()[0]
        name = str(first["loc"][0])
        raise entries[name].error(f"'{name}': {first['msg']}") from invalid
