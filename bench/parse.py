"""What a model of Rasa's takes messages for. Runs in Rasa's environment, for `bench.intents`.

`python -m bench.parse MODEL < TEXTS > PARSED`: a JSON list of texts in, and out a JSON list of the
intent and the ranking of each.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from rasa.core.agent import Agent


async def parse(model: str, texts: list[str]) -> list[dict[str, Any]]:
    agent = Agent.load(model)
    parsed = [await agent.parse_message(text) for text in texts]
    return [{key: each[key] for key in ("intent", "intent_ranking")} for each in parsed]


if __name__ == "__main__":
    json.dump(asyncio.run(parse(sys.argv[1], json.load(sys.stdin))), sys.stdout)
