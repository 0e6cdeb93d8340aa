"""The induction programme: modules of reading, a scenario and a quiz. All of it is data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Annotated, Literal, Protocol

from pydantic import Field, StringConstraints, model_validator

from knowledge.schema import NonEmptyText, Strict

Role = Literal[
    "social_worker", "school", "health", "police", "early_years", "voluntary", "foster_carer"
]
QuestionKind = Literal["single", "multiple", "order", "source"]

Id = Annotated[str, StringConstraints(pattern="^[a-z0-9_]+$")]
"""Part of links, and of what is kept for a learner."""

ROLES: dict[Role, str] = {
    "social_worker": "Social work",
    "school": "School or college",
    "health": "Health",
    "police": "Police",
    "early_years": "Early years",
    "voluntary": "Voluntary or community group",
    "foster_carer": "Foster care",
}


class Reading(Strict):
    """A passage to read, and one thing to notice in it."""

    passage: str
    notice: NonEmptyText


class Scenario(Strict):
    """A situation that opens a flow. A role changes the situation, never the flow."""

    flow: str
    text: NonEmptyText
    roles: dict[Role, NonEmptyText]

    def for_role(self, role: Role | None) -> str:
        return self.roles[role] if role else self.text


class QuizOption(Strict):
    id: Id
    label: NonEmptyText
    why: NonEmptyText
    right: bool = False
    quote: str | None = None


class QuizQuestion(Strict):
    """One quiz question. For kind `order` the options stand in their right order."""

    id: Id
    kind: QuestionKind
    ask: NonEmptyText
    settled_by: tuple[str, ...]
    options: tuple[QuizOption, ...] = Field(min_length=3)
    fixed: NonEmptyText | None = None
    superseded: NonEmptyText | None = None

    @model_validator(mode="after")
    def has_a_right_answer(self) -> QuizQuestion:
        right = sum(option.right for option in self.options)
        if self.kind in ("single", "source") and right != 1:
            raise ValueError(f"exactly one option must be right; {right} are")
        if self.kind == "multiple" and not 1 <= right < len(self.options):
            raise ValueError("some options must be right and some wrong")
        if self.kind == "order" and right:
            raise ValueError("no option of an order is right; put them in the right order")
        if not self.settled_by and not self.fixed:
            raise ValueError(
                "name the passages under 'settled_by', or say under 'fixed' that no source does"
            )
        return self

    def option(self, option_id: str) -> QuizOption | None:
        return next((o for o in self.options if o.id == option_id), None)

    @property
    def shown(self) -> tuple[QuizOption, ...]:
        """The options as offered: mixed, always in the same way, never in the right order."""
        mixed = sorted(self.options, key=lambda o: sha256(f"{self.id}/{o.id}".encode()).digest())
        if self.kind == "order" and tuple(mixed) == self.options:
            mixed.reverse()
        return tuple(mixed)

    @property
    def answer(self) -> tuple[str, ...]:
        """The ids of a right answer; for kind `order`, in order."""
        if self.kind == "order":
            return tuple(option.id for option in self.options)
        return tuple(option.id for option in self.options if option.right)

    def is_answered(self, picked: tuple[str, ...]) -> bool:
        """Whether there is something to mark: for kind `order`, a place for every option."""
        return len(picked) == len(self.options) if self.kind == "order" else bool(picked)

    def is_right(self, picked: tuple[str, ...]) -> bool:
        if self.kind == "order":
            return picked == self.answer
        return set(picked) == set(self.answer)

    def explained(self, picked: tuple[str, ...]) -> tuple[QuizOption, ...]:
        """The options whose reasons are due: what was picked, and what was right but missed."""
        if self.kind == "order":
            return self.options
        return tuple(o for o in self.options if o.id in picked or o.right)

    def sources(self, picked: tuple[str, ...]) -> tuple[str, ...]:
        """The passages to show with the reasons, each once: what settles it comes first."""
        own = [option.quote for option in self.explained(picked) if option.quote]
        return tuple(dict.fromkeys([*self.settled_by, *own]))


class Module(Strict):
    id: Id
    title: NonEmptyText
    minutes: int = Field(ge=10, le=15)
    aim: NonEmptyText
    read: tuple[Reading, ...] = Field(min_length=3, max_length=6)
    scenario: Scenario
    quiz: tuple[QuizQuestion, ...] = Field(min_length=3, max_length=5)
    owner: NonEmptyText | None = None
    review_by: date | None = None

    def question(self, question_id: str) -> QuizQuestion | None:
        return next((q for q in self.quiz if q.id == question_id), None)

    @property
    def questions(self) -> tuple[str, ...]:
        return tuple(question.id for question in self.quiz)

    @property
    def passages(self) -> tuple[str, ...]:
        """Every passage the module leans on, once, in order of first use."""
        settled = [p for q in self.quiz for p in q.settled_by]
        shown = [o.quote for q in self.quiz for o in q.options if o.quote]
        return tuple(dict.fromkeys([r.passage for r in self.read] + settled + shown))


class Scored(Protocol):
    """So many right answers to so many questions."""

    @property
    def score(self) -> int: ...

    @property
    def asked(self) -> int: ...


class ProgrammeSettings(Strict):
    """What holds for every module. An edition from before there was such a file has these."""

    title: NonEmptyText = "Induction"
    pass_mark: int = Field(default=75, ge=1, le=100)


class Programme(Strict):
    modules: tuple[Module, ...]
    settings: ProgrammeSettings = ProgrammeSettings()

    def needed(self, asked: int) -> int:
        """How many of so many questions have to be right."""
        return -(-asked * self.settings.pass_mark // 100)

    def passes(self, right: int, asked: int) -> bool:
        return right >= self.needed(asked)

    def passed(self, results: Mapping[str, Scored]) -> list[Module]:
        """The modules that count as completed, by what is kept of each."""
        kept = ((module, results.get(module.id)) for module in self.modules)
        return [module for module, it in kept if it and self.passes(it.score, it.asked)]

    def module(self, module_id: str) -> Module | None:
        return next((m for m in self.modules if m.id == module_id), None)

    def after(self, module_id: str) -> Module | None:
        ids = [m.id for m in self.modules]
        place = ids.index(module_id) + 1
        return self.modules[place] if place < len(ids) else None
