"""What a publication changes in the answers, known before it is published.

The same questions are asked of what answers now and of the draft, and each reply is judged: before
publishing some of all that there are (`asked_of`), for one document those that its changes are
likeliest to touch (`asked_about`).
"""

from bot.operations.replay.comparison import AskedOfBoth, Comparison, compared
from bot.operations.replay.document_questions import asked_about
from bot.operations.replay.otherwise import IN_ORDER, Otherwise
from bot.operations.replay.questions import asked_of

__all__ = [
    "IN_ORDER",
    "AskedOfBoth",
    "Comparison",
    "Otherwise",
    "asked_about",
    "asked_of",
    "compared",
]
