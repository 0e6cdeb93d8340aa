"""Rasa's memory as the gateway sees it. That both call it the same: tests/rasa/slot_store.py."""

from __future__ import annotations

from bot.storage.engine import connected
from bot.storage.rasa_memory import RasaMemory, memories


def test_what_has_not_changed_for_a_while_is_named(url: str) -> None:
    memory = RasaMemory(connected(url), now=lambda: 1000.0)
    memory.create()
    memory.create()
    assert memory.answers()
    with memory.engine.begin() as connection:
        for sender, changed_at in (("old", 899), ("new", 901)):
            row = {"sender_id": sender, "slots": "{}", "changed_at": changed_at}
            connection.execute(memories.insert().values(row))
    assert memory.unchanged_for(100) == ["old"]
