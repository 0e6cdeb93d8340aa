"""Where in a message something is asked."""

from __future__ import annotations

import re

OPENS_A_QUESTION = re.compile(
    r"(?:(?:and|so|but|then|also|ok) )*(?:(?:at|in|on|for|to|by|from|with|under) )?"
    r"(?:what|who|whom|whose|when|where|why|how|which|do|does|did|can|could|should|shall|may"
    r"|is|are|am|was|were|will|would|must|quote|(?:tell|give|show|read|find) (?:me|us))(?:s|nt)?\b"
)
EXACT_WORDS = re.compile(r"\bexact (?:words|wording)\W*$")
SENTENCE = re.compile(r"(?<=[.!?])[\"')]*\s+|\n+")
CLAUSE = re.compile(rf"{SENTENCE.pattern}|,\s+")
FEWEST = 3
"""Words of a sentence that asks something by itself."""
MOST = 4
"""Sentences of one message that are searched for apart: each costs one more pass of the encoder."""


def asks(text: str) -> bool:
    """Whether the words are put as a question, so that they are never taken for an answer."""
    return "?" in text or opens_a_question(text) or bool(EXACT_WORDS.search(text.lower()))


def opens_a_question(text: str) -> bool:
    """Whether the words begin as a question does."""
    return OPENS_A_QUESTION.match(without_apostrophes(text)) is not None


def asking_sentences(text: str) -> list[str]:
    """The sentences of a longer message that are put as questions, in their order."""
    found = [each.strip() for each in SENTENCE.split(text)]
    sentences = [each for each in found if len(each.split()) >= FEWEST]
    return [each for each in sentences if asks(each)][:MOST] if len(sentences) > 1 else []


def told(text: str) -> str:
    """The text without the sentences that begin as questions. "She can't, does that matter?" tells
    something first."""
    sentences = (each.strip() for each in SENTENCE.split(text))
    return " ".join(each for each in sentences if each and not opens_a_question(each))


def asked_further(text: str) -> str:
    """What is asked after the first clause, which answers or tells something."""
    _, *rest = CLAUSE.split(text)
    return " ".join(each for each in rest if len(each.split()) >= FEWEST and asks(each))


def without_apostrophes(text: str) -> str:
    return re.sub("['’]", "", text.lower())
