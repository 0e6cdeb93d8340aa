"""The induction programme: modules, quizzes, and what a learner keeps under a code.

No HTTP and no Rasa: pages and actions lead through it by the tutor.
"""

from __future__ import annotations

from bot.induction.check import sound_programme
from bot.induction.course import Course
from bot.induction.model import Module, Programme
from bot.induction.reader import read_programme

__all__ = ["Course", "Module", "Programme", "read_programme", "sound_programme"]
