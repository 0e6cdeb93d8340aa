"""How many messages are taken for another language. `python -m bench.other_language`.

Those in other languages should be, and English ones, however they are spelt, should not. The share
of unknown words from which one is taken for another language was chosen on the English ones that
are learnt from and on the first Welsh ones (cy1). The rest is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from bot.settings import HOME
from bot.understanding import other_language

EVAL = Path(__file__).parents[1] / "tests" / "eval"
OTHER = EVAL / "other_languages"
SETS = {
    "chosen on, English": tuple(sorted((HOME / "data" / "messages").rglob("*.jsonl"))),
    "chosen on, Welsh (cy1)": (OTHER / "cy1.jsonl",),
    "told, English (s19 to s21)": tuple(sorted((EVAL / "unseen").glob("*.jsonl"))),
    "told, Welsh (cy2)": (OTHER / "cy2.jsonl",),
    "told, ten other languages (ol1)": (OTHER / "ol1.jsonl",),
}
TRIED = (1 / 3, 0.4, 0.5)


def main() -> None:
    for share in TRIED:
        print(f"from {share:.2f} of the words unknown:")
        with patch.object(other_language, "UNKNOWN_SHARE", share):
            for name, files in SETS.items():
                taken = [other_language.is_other_language(each) for each in messages(files)]
                print(f"  {name}: {sum(taken)} of {len(taken)}")


def messages(files: tuple[Path, ...]) -> Iterator[str]:
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            yield json.loads(line)["q"]


if __name__ == "__main__":
    main()
