"""The completion record: modules, dates and version, and lines that only the learner fills."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO

from docx import Document

from bot.induction.lessons import day
from bot.induction.model import Module, Programme
from bot.induction.progress import ModuleResult


@dataclass(frozen=True)
class Completion:
    """What a learner has finished. Made in memory, handed over, stored nowhere."""

    made_on: date
    finished: list[tuple[Module, ModuleResult]]
    unfinished: list[Module]
    version: str
    prompts: tuple[str, ...]

    @classmethod
    def of(
        cls,
        programme: Programme,
        results: Mapping[str, ModuleResult],
        today: date,
        prompts: tuple[str, ...],
    ) -> Completion:
        done = [(m, results[m.id]) for m in programme.modules if m.id in results]
        return cls(
            made_on=today,
            finished=done,
            unfinished=[m for m in programme.modules if m.id not in results],
            version=sha256("".join(r.version for _, r in done).encode()).hexdigest()[:12],
            prompts=prompts,
        )


def completion_docx(completion: Completion) -> bytes:
    document = Document()
    document.add_heading("Induction record", 1)
    document.add_paragraph(
        f"Made on {day(completion.made_on)}. Version of the content: {completion.version}."
    )
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, heading in zip(
        table.rows[0].cells, ("Module", "Finished", "Score", "Version"), strict=True
    ):
        cell.text = heading
    for module, result in completion.finished:
        row = (module.title, day(result.finished), f"{result.score} of {result.asked}")
        for cell, text in zip(table.add_row().cells, (*row, result.version), strict=True):
            cell.text = text
    for module in completion.unfinished:
        for cell, text in zip(
            table.add_row().cells, (module.title, "Not finished", "", ""), strict=True
        ):
            cell.text = text
    for prompt in completion.prompts:
        document.add_heading(prompt, 2)
        document.add_paragraph("_" * 60)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
