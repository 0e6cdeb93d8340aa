"""The completion record: modules, dates and version, and lines that only the learner fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO

from docx import Document

from bot.induction.lessons import day
from bot.induction.model import Module, Programme
from bot.induction.progress import ModuleResult


@dataclass(frozen=True)
class TakenModule:
    """A module with what is kept of its quiz."""

    module: Module
    result: ModuleResult
    passed: bool


@dataclass(frozen=True)
class Completion:
    """What a learner has finished. Made in memory, handed over, stored nowhere."""

    title: str
    made_on: date
    taken: list[TakenModule]
    not_started: list[Module]
    version: str
    prompts: tuple[str, ...]

    @property
    def to_pass(self) -> list[Module]:
        return [each.module for each in self.taken if not each.passed] + self.not_started

    @property
    def completed_on(self) -> date | None:
        """The day of the last module, once every module is passed."""
        if self.to_pass:
            return None
        return max((each.result.finished for each in self.taken), default=None)

    @classmethod
    def of(
        cls,
        programme: Programme,
        results: Mapping[str, ModuleResult],
        today: date,
        prompts: tuple[str, ...],
    ) -> Completion:
        passed = programme.passed(results)
        taken = [
            TakenModule(module, results[module.id], module in passed)
            for module in programme.modules
            if module.id in results
        ]
        versions = "".join(each.result.version for each in taken)
        return cls(
            title=programme.settings.title,
            made_on=today,
            taken=taken,
            not_started=[m for m in programme.modules if m.id not in results],
            version=sha256(versions.encode()).hexdigest()[:12],
            prompts=prompts,
        )


HEADINGS = ("Module", "Result", "Date", "Score", "Version")


def completion_docx(completion: Completion) -> bytes:
    document = Document()
    document.add_heading("Induction record", 1)
    document.add_paragraph(
        f"Made on {day(completion.made_on)}. Version of the content: {completion.version}."
    )
    table = document.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = heading
    for row in _rows(completion):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for prompt in completion.prompts:
        document.add_heading(prompt, 2)
        document.add_paragraph("_" * 60)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _rows(completion: Completion) -> Iterator[tuple[str, ...]]:
    for each in completion.taken:
        kept = each.result
        said = "Passed" if each.passed else "Not passed yet"
        score = f"{kept.score} of {kept.asked}"
        yield each.module.title, said, day(kept.finished), score, kept.version
    for module in completion.not_started:
        yield module.title, "Not started", "", "", ""
