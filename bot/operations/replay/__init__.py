"""What a publication changes in the answers, known before it is published.

The same questions are asked of what answers now and of the draft, and each reply is judged.
"""

from bot.operations.replay.comparison import Comparison, Regression, compared
from bot.operations.replay.questions import asked_of

__all__ = ["Comparison", "Regression", "asked_of", "compared"]
