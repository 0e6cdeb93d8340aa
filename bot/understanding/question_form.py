"""How words are put: as a question, as a task in hand, or as a wish to be led through it."""

from __future__ import annotations

import re

from knowledge.asking import asks, without_apostrophes

DECIDING = re.compile(
    r"\b(?:can|could|do|should|shall|may|must|am|are|is it ok to|what do|who do|how do) (?:i|we)\b"
)
LED = re.compile(
    r"\b(?:"
    + "|".join(
        (
            r"(?:take|walk|talk|guide|lead|step|go|run) (?:me|us|it|this) (?:thr|on|w)",
            r"(?:go|work|run|think|talk|step) (?:it |this |that )?thr(?:ough|u)\b",
            r"step by step|(?:guide|lead|coach|step) me\b|set me up|start me on|sort me out",
            r"(?:a|one|1) \w+ at a time|where (?:do|shud|should) i (?:start|begin)",
            r"(?:check|tick) ?list|(?:my|the|what|which|next) steps?\b",
            r"help me\b(?! (?:understand|find|with what|see what|know what))|give me a hand",
        )
    )
    + ")"
)

END_MARKS = (".", "?", "!", "…")
WHOLE = 8
"""Words from which a message is a thought of its own. `python -m bench.pieces` prints what it is
worth to read fewer together with those before them."""


def goes_on(text: str, before: str) -> bool:
    """Whether the words may be the rest of those before them, typed in two pieces: they are few and
    begin no question, and what was before them has no end."""
    if before.rstrip().endswith(END_MARKS) or len(text.split()) >= WHOLE:
        return False
    return not asks(text.rstrip(" ?!."))


def is_task(text: str) -> bool:
    """Whether the words are a task in hand, and not a question about what is written."""
    return not asks(text) or decides(text) or asks_to_be_led(text)


def decides(text: str) -> bool:
    """Whether a question is about what the person is to do, and so may be a task in hand."""
    return DECIDING.search(without_apostrophes(text)) is not None


def asks_to_be_led(text: str) -> bool:
    """Whether the words ask to be taken through something, however else they are put."""
    return LED.search(text.lower()) is not None
