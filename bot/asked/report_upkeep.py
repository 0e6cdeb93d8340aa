"""The board's report: what changed, what is due for review, and what nobody has signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot.asked.report_blocks import (
    ReportBlock,
    day,
    listed,
)
from bot.asked.report_source import ReportSource
from bot.operations.counted import counted
from bot.operations.difference import SORTS, Became, ContentDifference, Sort
from bot.operations.due import SOON, DueReview, Kind
from bot.operations.published_draft import count_meant, given_reason
from bot.record.blocks import Heading, Paragraph, Subheading, TableOf
from knowledge.editions import Edition
from knowledge.signatures import SignOff

SORTED: Mapping[Sort, str] = {
    "document": "Documents",
    "notice": "Notices beside quotations",
    "contact": "Contacts",
    "answer": "Answers",
    "walk": "Decisions and lessons",
    "rests": "What says the same, and rests on something else or names another date",
    "other": "What else the assistant says",
}
SIGNED: frozenset[Sort] = frozenset({"document", "notice"})
ONE: Mapping[Sort, str] = {
    "document": "document",
    "notice": "notice",
    "contact": "contact",
    "answer": "answer",
    "walk": "decision or lesson",
    "rests": "decision, lesson or other text",
    "other": "other text",
}
MANY: Mapping[Sort, str] = {
    "walk": "decisions or lessons",
    "rests": "decisions, lessons or other texts",
}
ONLY_RESTS = "changed only in what is cited there, or in a date"
DOCUMENTS_BECAME: Mapping[Became, str] = {
    "new": "came in",
    "back": "came back",
    "new_edition": "got a new edition",
    "gone": "retired",
    "changed": "corrected",
}
KINDS: Mapping[Kind, str] = {
    "notice": "Notice beside quotations",
    "document": "Document",
    "contact": "Contact",
    "flow": "Decision to talk through",
    "module": "Lesson of the induction",
}
NO_REASON = "No reason was given."
NO_ROLE = "role not known"

Changed = tuple[Edition, ContentDifference]


def upkeep_blocks(source: ReportSource) -> Iterator[ReportBlock]:
    yield Heading("What changed in what is quoted and said")
    yield from _changes(source)
    yield Heading("What is due for review")
    yield from _due(source)
    yield Heading("What nobody has signed as it stands")
    yield from _unsigned(source)


def changed_in_short(source: ReportSource) -> str:
    """One sentence, and another of what says the same as before."""
    things = [together for _, together in _things(source)]
    became = defaultdict[Became, int](int)
    others = defaultdict[Sort, int](int)
    for together in things:
        _, last = together[-1]
        if last.sort == "document":
            became[_on_the_whole(together)] += 1
        else:
            others[last.sort] += 1
    parts = [
        f"{counted(became[each], 'document')} {words}"
        for each, words in DOCUMENTS_BECAME.items()
        if became[each]
    ]
    parts += [
        f"{_number(others, sort)} changed" for sort in SORTS if others[sort] and sort != "rests"
    ]
    said = [f"{listed(parts)}."] if parts else []
    if others["rests"]:
        said.append(f"{_number(others, 'rests')} {ONLY_RESTS}.")
    return " ".join(said) or "Nothing changed in what is quoted and said."


def _number(others: Mapping[Sort, int], sort: Sort) -> str:
    return counted(others[sort], ONE[sort], MANY.get(sort, ""))


def _on_the_whole(together: Sequence[Changed]) -> Became:
    """What a board would say of a document that changed several times."""
    found = [each.became for _, each in together]
    if found[-1] == "gone":
        return "gone"
    return next((each for each in DOCUMENTS_BECAME if each in found), "changed")


def _things(source: ReportSource) -> list[tuple[tuple[Sort, str], list[Changed]]]:
    """Each thing with what happened to it, in the order in which it did."""
    found: defaultdict[tuple[Sort, str], list[Changed]] = defaultdict(list)
    for edition, changed in reversed(source.changes):
        for each in changed:
            if each.told:
                found[each.sort, each.called].append((edition, each))
    return sorted(found.items(), key=lambda item: (SORTS.index(item[0][0]), item[0][1]))


def _changes(source: ReportSource) -> Iterator[ReportBlock]:
    """In the words of those who read the answers; each thing once."""
    things = _things(source)
    if not things:
        yield Paragraph("Nothing.")
    for sort in SORTS:
        rows = [_row(source, name, them) for (of, name), them in things if of == sort]
        if rows and sort in SIGNED:
            yield Subheading(SORTED[sort])
            yield TableOf(
                ("Which", "What happened", "Why", "Published by", "Signed by"),
                _said_once(rows),
                (21, 32, 19, 14, 14),
            )
        elif rows:
            yield Subheading(SORTED[sort])
            yield TableOf(
                ("Which", "What happened", "Why", "Published by"),
                _said_once([row[:-1] for row in rows]),
                (24, 38, 22, 16),
            )
    if others := sum(not any(each.told for each in changed) for _, changed in source.changes):
        more = counted(others, "more publication was", "more publications were")
        yield Paragraph(
            f"{more} only about how all this is looked after:"
            " signatures, days, and the questions that lead to a passage."
        )
    if worse := sum(count_meant(edition.why) for edition, _ in source.changes):
        were = "answer was", "answers were"
        told = "it was" if worse == 1 else "they were"
        yield Paragraph(
            f"{counted(worse, *were)} published in this period although {told} worse than before."
            " The person who published said that this is meant, and the history keeps each of them."
        )


def _row(source: ReportSource, name: str, together: Sequence[Changed]) -> tuple[str, ...]:
    happened: defaultdict[str, list[str]] = defaultdict(list)
    for edition, each in together:
        back = " This went back to an earlier state." if edition.goes_back else ""
        happened[" ".join(each.told) + back].append(day(edition.published_at.date()))
    reasons = [given_reason(edition.why) or NO_REASON for edition, _ in together]
    publishers = [
        f"{edition.who}, {source.roles.get(edition.who, NO_ROLE)}" for edition, _ in together
    ]
    return (
        name,
        "\n".join(f"{listed(unique(days))}: {what}" for what, days in happened.items()),
        "\n".join(unique(reasons)),
        "\n".join(unique(publishers)),
        _signed_now(source, together[-1][1]),
    )


def _said_once(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """What is said of several in the same words is said once, beside all of their names."""
    names: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, *said in rows:
        names[tuple(said)].append(name)
    return tuple(("\n".join(them), *said) for said, them in names.items())


def unique(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _signed_now(source: ReportSource, difference: ContentDifference) -> str:
    if difference.became == "gone":
        return "Nobody needs to"
    states = {each.page: each.sign_off for each in source.signed}
    state = states.get(difference.page)
    return signed_words(state) if state else "It is no longer there"


def signed_words(state: SignOff) -> str:
    signers = listed(
        [f"{each.by}, {each.role}, on {day(each.on)}" for each in state.signatures] or [""]
    )
    match state.kind:
        case "signed":
            return signers
        case "needs_another":
            return f"{signers}. A second person has to sign it"
        case "reopened":
            return "Nobody as it stands: it has changed since it was signed"
    return "Nobody"


def _due(source: ReportSource) -> Iterator[ReportBlock]:
    yield Paragraph(f"As it stands on {day(source.today)}.")
    if count := source.places_open:
        waits = counted(count, "place waits", "places wait")
        it, its = ("it", "its") if count == 1 else ("them", "their")
        yield Paragraph(
            f"{waits} for somebody to look at {it}: the words that {its} wording rests on have"
            " changed, or a known gap may be answered now."
        )
    yield Subheading("Overdue")
    yield _reviews(source.overdue)
    yield Subheading(f"Due in the next {SOON.days} days")
    yield _reviews(source.soon)


def _reviews(found: Sequence[DueReview]) -> TableOf:
    return TableOf(
        ("Due", "What", "Which", "Owner"),
        tuple(
            (
                day(each.due) if each.due else "Never looked at",
                KINDS[each.kind],
                each.title,
                each.owner or "Nobody named",
            )
            for each in found
        ),
        (18, 20, 44, 18),
    )


def _unsigned(source: ReportSource) -> Iterator[ReportBlock]:
    yield Paragraph(f"As it stands on {day(source.today)}.")
    for sort in ("document", "notice"):
        found = [each for each in source.unsigned if each.sort == sort]
        yield Subheading(SORTED[sort])
        yield TableOf(
            ("Which", "Signed by"),
            _said_once([(each.title, signed_words(each.sign_off)) for each in found]),
            (70, 30),
        )
