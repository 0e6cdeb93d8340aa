"""Where a learner is in the programme: an immutable value, moved by pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from bot.induction.model import Module, Programme, QuizQuestion, Role

Stage = Literal["menu", "reading", "scenario", "quiz", "done"]


class Asked(BaseModel):
    """A quiz question that is waiting: from a module, or from a refresher."""

    model_config = ConfigDict(frozen=True)

    module: str
    question: str


class QuizResult(Asked):
    right: bool


def whole(module: Module) -> tuple[Asked, ...]:
    """Every question of the module's quiz."""
    return tuple(Asked(module=module.id, question=question) for question in module.questions)


class Course(BaseModel):
    """The state of one learner's induction in one conversation. Plain JSON both ways.

    `skipped` counts the questions of the quiz that were passed over without a result.
    """

    model_config = ConfigDict(frozen=True)

    stage: Stage = "menu"
    module: str | None = None
    waiting: tuple[Asked, ...] = ()
    picked: tuple[str, ...] = ()
    results: tuple[QuizResult, ...] = ()
    skipped: int = 0
    role: Role | None = None
    learner: str | None = None
    refreshing: bool = False

    def open(self, module: Module) -> Course:
        return self.quiz(()).model_copy(update={"stage": "reading", "module": module.id})

    def with_role(self, role: str) -> Course:
        """Raises ValueError for a role that is not in the programme."""
        if role not in get_args(Role):
            raise ValueError(f"no such role: {role}")
        return self._to(role=role)

    def on(self, programme: Programme) -> Course:
        """The next stage of the open module, or its quiz from the first question."""
        module = programme.module(self.module or "")
        if module is None:
            return self._to(stage="menu", module=None)
        if self.stage == "reading":
            return self._to(stage="scenario")
        if self.stage == "scenario":
            return self.quiz(whole(module))
        following = programme.after(module.id)
        if self.stage == "done" and following:
            return self.open(following)
        return self

    def retake(self, programme: Programme) -> Course:
        """The quiz of the open module once more, from its first question."""
        module = programme.module(self.module or "")
        return self.quiz(whole(module)) if module else self.on(programme)

    def quiz(self, questions: tuple[Asked, ...], *, refreshing: bool = False) -> Course:
        return self._to(
            stage="quiz", waiting=questions, results=(), skipped=0, refreshing=refreshing
        )

    @property
    def asked(self) -> int:
        """How many questions of the quiz are behind."""
        return len(self.results) + self.skipped

    def question(self, programme: Programme) -> QuizQuestion | None:
        """The quiz question now open, if the programme still has it."""
        if self.stage != "quiz" or not self.waiting:
            return None
        module = programme.module(self.waiting[0].module)
        return module.question(self.waiting[0].question) if module else None

    def pick(self, option: str, question: QuizQuestion) -> Course:
        """Pick, or take back a pick, in a question that wants more than one."""
        if option in self.picked:
            return self._to(picked=tuple(p for p in self.picked if p != option))
        if question.kind in ("single", "source"):
            return self._to(picked=(option,))
        return self._to(picked=(*self.picked, option))

    def mark(self, question: QuizQuestion) -> Course:
        """Close the open question. The last one of a quiz ends it."""
        asked, *waiting = self.waiting
        result = QuizResult(**asked.model_dump(), right=question.is_right(self.picked))
        return self._to(
            results=(*self.results, result),
            waiting=tuple(waiting),
            picked=(),
            stage="quiz" if waiting else "done",
        )

    def skip(self, programme: Programme) -> Course:
        """Past the open question, without a result; otherwise to the next stage."""
        if self.stage == "quiz" and self.waiting:
            waiting = self.waiting[1:]
            return self._to(
                waiting=waiting, skipped=self.skipped + 1, stage="quiz" if waiting else "done"
            )
        return self.on(programme)

    def _to(self, **changes: object) -> Course:
        return self.model_copy(update={"picked": (), **changes})


@dataclass(frozen=True)
class CourseCommand:
    """`on`, `skip`, `again`, `retake`, `leave` or `where`; anything else shows the menu."""

    name: str


@dataclass(frozen=True)
class QuizAnswer:
    """An answer in words: the ids of the options named, or none for a number out of range."""

    picked: tuple[str, ...]
