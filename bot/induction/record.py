"""The completion record: modules, dates and version, and lines that only the learner fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256

from bot.content.induction_phrases import InductionPagePhrases
from bot.induction.lessons import day
from bot.induction.model import Module, Programme
from bot.induction.progress import ModuleResult
from bot.record.blocks import TableOf
from bot.record.word_file import add_table, file_of, new_document


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


WIDTHS = (32, 16, 20, 12, 20)
"""Of the columns, in hundredths: a version is twelve signs and stays on one line."""
LINE = "_" * 60
"""To write on."""


def completion_docx(completion: Completion, words: InductionPagePhrases) -> bytes:
    """The same of a day as the page says. Equal records are equal bytes."""
    document = new_document()
    document.add_heading(words.record_title, 0)
    made = words.made.format(day=day(completion.made_on), version=completion.version)
    document.add_paragraph(made)
    heads = (words.module, words.result, words.date, words.score, words.version)
    add_table(document, TableOf(heads, tuple(_rows(completion, words)), WIDTHS))
    document.add_heading(words.by_hand, 1)
    for prompt in completion.prompts:
        document.add_heading(prompt, 2)
        document.add_paragraph(LINE)
    at = datetime.combine(completion.made_on, time(), UTC)
    return file_of(document, words.record_title, at)


def _rows(completion: Completion, words: InductionPagePhrases) -> Iterator[tuple[str, ...]]:
    for each in completion.taken:
        kept = each.result
        said = words.passed if each.passed else words.not_passed
        score = words.of_all.format(score=kept.score, asked=kept.asked)
        yield each.module.title, said, day(kept.finished), score, kept.version
    for module in completion.not_started:
        yield module.title, words.not_started, "", "", ""
