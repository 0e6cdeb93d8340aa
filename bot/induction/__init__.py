from bot.induction.check import sound_programme
from bot.induction.course import Course
from bot.induction.model import Module, Programme
from bot.induction.reader import ProgrammeError, read_programme

__all__ = ["Course", "Module", "Programme", "ProgrammeError", "read_programme", "sound_programme"]
