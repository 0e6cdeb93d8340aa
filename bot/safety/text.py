"""Text as everything after the door may rely on it: one form, nothing hidden in it."""

from __future__ import annotations

import re
import unicodedata

BLANKS = re.compile(r"[^\S\n]+")
LINES = re.compile(r" ?\n[ \n]*")
LOOKALIKES = str.maketrans("‘’‛ʼ`´“”„‟‐‑‒–—―−", "''''''\"\"\"\"-------")


def normalise(text: str) -> str:
    """The same words in NFKC, without control, format, private or half characters.

    Zero-width and tag characters vanish; every run of white space becomes one space or,
    where it held a line break, one line break. Idempotent. Length is counted after this.
    """
    joined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    folded = unicodedata.normalize("NFKC", joined.translate(LOOKALIKES))
    kept = "".join(character for character in folded if _is_shown(character))
    kept = unicodedata.normalize("NFKC", kept.translate(LOOKALIKES))
    return LINES.sub("\n", BLANKS.sub(" ", kept)).strip()


def _is_shown(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character)[0] != "C"
