"""What people type who give a command and say nothing else, from Rasa's own training data."""

from __future__ import annotations

from pathlib import Path

from bot.content.examples import lines
from bot.flows.match import folded
from knowledge.yaml_source import YamlSource

FILES = ("commands.yml", "followups.yml", "induction.yml")
ASKS_FOR_HELP = "about"
"""Of a program or of anybody: "help" is no command."""
LONGEST = 8
"""Words: a longer example says more than its command."""


def read_commands(data: Path) -> frozenset[str]:
    """Each short example of Rasa's commands, made plain. Raises ContentError."""
    examples = (
        folded(text)
        for file in FILES
        for entry in YamlSource.read(data / "nlu" / file).to_python()["nlu"]
        if entry["intent"] != ASKS_FOR_HELP
        for text in lines(entry["examples"])
    )
    return frozenset(words for words in examples if 0 < len(words.split()) <= LONGEST)
