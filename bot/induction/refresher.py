"""What to ask again, and when: what was missed first, and whatever has changed since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from hashlib import sha256

from bot.induction.course import Asked
from bot.induction.model import Module, Programme
from bot.induction.progress import ModuleResult

MISSED_AGAIN = timedelta(days=7)
ALL_AGAIN = timedelta(days=28)


def version(module: Module, text_of: Callable[[str], str]) -> str:
    """Changes when the module's wording or the text of any of its passages changes."""
    content = module.model_dump_json() + "".join(text_of(p) for p in module.passages)
    return sha256(content.encode()).hexdigest()[:12]


def due(
    programme: Programme,
    results: Mapping[str, ModuleResult],
    versions: Mapping[str, str],
    today: date,
) -> tuple[Asked, ...]:
    """Questions due today: changed modules whole, then what was missed, then the oldest."""
    changed: list[Asked] = []
    missed: list[Asked] = []
    old: list[Asked] = []
    for module in programme.modules:
        result = results.get(module.id)
        if result is None:
            continue
        asked = {q.id: Asked(module=module.id, question=q.id) for q in module.quiz}
        if versions[module.id] != result.version:
            changed += asked.values()
            continue
        if today - result.answered >= MISSED_AGAIN:
            missed += [asked[q] for q in result.missed if q in asked]
        if today - result.answered >= ALL_AGAIN:
            old += [each for q, each in asked.items() if q not in result.missed]
    return (*changed, *missed, *old)


def next_due(results: Mapping[str, ModuleResult]) -> date | None:
    """The first day on which something will be due."""
    days = [r.answered + (MISSED_AGAIN if r.missed else ALL_AGAIN) for r in results.values()]
    return min(days, default=None)
