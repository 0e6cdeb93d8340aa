"""How near a passage has to be to say anything on a topic. `python -m bench.comparing`.

The sealed questions stand in for topics: of one that a passage answers its document should say
something, of one outside the field no document should. Nobody reads them here; they are counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.settings import Settings
from knowledge import Knowledge, comparing

SETS = sorted((Path(__file__).parents[1] / "tests" / "eval" / "unseen").glob("*.jsonl"))
TRIED = (0.16, 0.19, comparing.NEAR, 0.25, 0.28)


def main() -> None:
    knowledge = Knowledge.open(Settings.read().state_dir)
    asked = [json.loads(line) for each in SETS for line in each.read_text("utf-8").splitlines()]
    inside = [each for each in asked if each["kind"] == "answer" and "context" not in each]
    outside = [each for each in asked if each["kind"] == "out_of_scope"]
    print(
        f"{', '.join(each.stem for each in SETS)}: {len(inside)} questions, {len(outside)} outside"
    )
    for near in TRIED:
        with patch.object(comparing, "NEAR", near):
            missed = [share_without(knowledge, each) for each in inside]
            found = [each for one in outside for each in speaks(knowledge, one)]
        print(
            f"{near:.2f}: {sum(missed) / len(missed):.0%} of the questions have nothing near in the"
            f" document that answers; outside the field {sum(found) / len(found):.0%} of documents"
            " have something"
        )


def share_without(knowledge: Knowledge, question: dict[str, Any]) -> bool:
    """Whether none of the documents that answer it says anything near."""
    own = {passage.partition(".")[0] for passage in question["passages"]}
    says = knowledge.compare(question["q"])
    return not any(each.quotes for each in says if each.document.id in own)


def speaks(knowledge: Knowledge, question: dict[str, Any]) -> Iterator[bool]:
    """Of each document whether it says anything near."""
    yield from (bool(each.quotes) for each in knowledge.compare(question["q"]))


if __name__ == "__main__":
    main()
