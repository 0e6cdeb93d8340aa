"""How many messages are taken for another language. `python -m bench.other_language`.

Welsh ones should be, and English ones, however they are spelt, should not. The share of unknown
words from which one is taken for another language was chosen on the English ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from bot.settings import HOME
from bot.understanding import other_language

EVAL = Path(__file__).parents[1] / "tests" / "eval"
WELSH = (EVAL / "welsh" / "cy1.jsonl",)
LEARNT_FROM = tuple(sorted((HOME / "data" / "messages").rglob("*.jsonl")))
HELD_BACK = tuple(sorted((EVAL / "unseen").glob("*.jsonl")))
TRIED = (1 / 3, 0.4, 0.5)


def main() -> None:
    for share in TRIED:
        print(f"from {share:.2f} of the words unknown:")
        with patch.object(other_language, "UNKNOWN_SHARE", share):
            for name, files in (
                ("Welsh", WELSH),
                ("English, learnt from", LEARNT_FROM),
                ("English, held back", HELD_BACK),
            ):
                taken = [other_language.is_other_language(each) for each in messages(files)]
                print(f"  {name}: {sum(taken)} of {len(taken)}")


def messages(files: tuple[Path, ...]) -> Iterator[str]:
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield row["q"]


if __name__ == "__main__":
    main()
