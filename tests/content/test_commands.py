from __future__ import annotations

from bot.content.commands import LONGEST, read_commands
from tests.shipped import DATA


def test_short_commands_are_known_by_their_words_and_a_cry_for_help_is_none() -> None:
    commands = read_commands(DATA)
    assert {"i want to stop", "carry on where i left off", "goodbye", "yes please"} <= commands
    assert "help" not in commands
    assert max(len(words.split()) for words in commands) <= LONGEST
