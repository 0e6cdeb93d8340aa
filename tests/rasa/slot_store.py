"""Run by Rasa's own Python with a database URL: what `SlotStore` keeps and forgets."""

from __future__ import annotations

import asyncio
import sys

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered

from bot.rasa.components.tracker_store import SlotStore, memories

DOMAIN = Domain.load("domain.yml")


async def main(url: str) -> None:
    store = SlotStore(DOMAIN, host=url)
    tracker = await store.get_or_create_tracker("slot-store-test")
    said = UserUttered("mum said no", metadata={"learner": "whose code it is"})
    tracker.update(said, DOMAIN)
    tracker.update(SlotSet("topic", ["what must I record?"]), DOMAIN)
    await store.save(tracker)
    tracker.update(SlotSet("dialogue", {"walk": None}), DOMAIN)
    await store.save(tracker)

    again = await SlotStore(DOMAIN, host=url).retrieve("slot-store-test")
    assert again is not None
    assert again.get_slot("topic") == ["what must I record?"]
    assert again.get_slot("dialogue") == {"walk": None}
    assert again.latest_action_name == "action_listen"
    with store._engine.connect() as connection:
        rows = [row for row in connection.execute(memories.select()) if "slot-store" in row[0]]
    assert len(rows) == 1
    assert "mum said no" not in str(rows)
    assert "whose code it is" not in str(rows)

    store.forget("slot-store-test")
    assert await store.retrieve("slot-store-test") is None
    assert "slot-store-test" not in await store.keys()


asyncio.run(main(sys.argv[1]))
