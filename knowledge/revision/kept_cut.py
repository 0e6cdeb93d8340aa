"""Keeps passages as people cut them, where the import of a new edition would cut otherwise.

A text that was cut by hand has passages of several paragraphs, with lists in them, sentences that
the import takes for mere lead-ins, and lead-ins of its own. Where a new edition leaves them as they
were, nothing that cites them should find them changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Indel

from knowledge.documents import Passage, StoredDocument
from knowledge.importing import ImportedDocument, NotQuotable, ProposedPassage
from knowledge.importing.markers import number_of, numbers_a_paragraph, split_marker
from knowledge.revision.kept_context import with_kept_context
from knowledge.revision.matching import ALIKE
from knowledge.revision.new_text import NewText
from knowledge.revision.wording import Words, own_words, without_number, words

NOT_BEFORE = "was not quoted before"
Run = tuple[int, int]
"""The places of the first and the last of passages that follow each other."""


def with_kept_cut(
    stored: StoredDocument, earlier: ImportedDocument | None, imported: ImportedDocument
) -> ImportedDocument:
    """The new edition, with its passages cut and led in as the old ones were, and without what was
    not quoted before.

    `earlier`: what the import makes of the old edition today; None where it cannot be read. What it
    finds in both editions alike, the new one has not changed.
    """
    kept = _cut(stored.passages, imported)
    if earlier is None:
        return kept
    before = _cut(stored.passages, earlier)
    kept = _without_unquoted(stored, before, kept)
    return with_kept_context(stored.passages, before, kept)


def _cut(old: Sequence[Passage], imported: ImportedDocument) -> ImportedDocument:
    text = NewText(imported)
    return _with_sentences(old, _joined(old, imported, text), text)


def _joined(old: Sequence[Passage], imported: ImportedDocument, text: NewText) -> ImportedDocument:
    """Paragraphs that were one passage stay one."""
    passages = list(imported.passages)
    for passage in old:
        if "\n" not in without_number(passage.text, passage.reference).strip():
            continue
        first, last = _likest_run(own_words(passage.text, passage.reference), passages, text)
        if last > first:
            lines = (passages[first].lines[0], passages[last].lines[1])
            joined = replace(passages[first], text=text.within(lines), lines=lines)
            passages[first : last + 1] = [joined]
    lines_of = [each.lines for each in passages]
    furniture = tuple(
        each for each in imported.furniture if not any(_within(each.lines, it) for it in lines_of)
    )
    return replace(imported, passages=tuple(passages), furniture=furniture)


def _likest_run(said: Words, passages: Sequence[ProposedPassage], text: NewText) -> Run:
    """The passages that have together the most words of `said`. It ends before a paragraph with a
    number of its own: the new edition has split that off itself."""
    best, likest, known = (0, 0), 0.0, set(said)
    for first, opening in enumerate(passages):
        opens = set(words(opening.text))
        if len(opens & known) < ALIKE * len(opens):
            continue
        for last in range(first, len(passages)):
            if last > first and _has_own_number(passages[last]):
                break
            lines = (opening.lines[0], passages[last].lines[1])
            there = own_words(text.within(lines), opening.reference)
            alike = Indel.normalized_similarity(said, there, score_cutoff=max(ALIKE, likest))
            if alike > likest:
                best, likest = (first, last), alike
            if len(there) > len(said) / ALIKE:
                break
    return best


def _with_sentences(
    old: Sequence[Passage], imported: ImportedDocument, text: NewText
) -> ImportedDocument:
    """What was a passage, and is taken for what introduces others now, is a passage still."""
    passages, furniture = list(imported.passages), list(imported.furniture)
    proposed = {own_words(each.text, each.reference) for each in passages}
    for passage in old:
        said = own_words(passage.text, passage.reference)
        for line in text.lines_that_say(said) if said not in proposed else ():
            if any(each.lines == (line, line) for each in furniture):
                furniture = [each for each in furniture if each.lines != (line, line)]
                marker, opens = split_marker(text.line(line).strip())
                passages.append(
                    ProposedPassage(
                        number=number_of(marker),
                        label=passage.label,
                        text=opens,
                        lines=(line, line),
                        heading=text.heading_at(line),
                        lead_in=None,
                        kind="paragraph",
                    )
                )
    passages.sort(key=lambda each: each.lines)
    return replace(imported, passages=tuple(passages), furniture=tuple(furniture))


def _without_unquoted(
    stored: StoredDocument, earlier: ImportedDocument, imported: ImportedDocument
) -> ImportedDocument:
    """What stood in the old edition, too, and in none of its passages."""
    lines = stored.document.text.splitlines()
    reasons = {
        words(line): part.why
        for part in stored.document.not_quoted
        for line in lines[part.lines[0] - 1 : part.lines[1]]
    }
    quoted = [f" {' '.join(words(each.text))} " for each in stored.passages]
    there = {words(each.text) for each in earlier.passages}
    out = [
        each
        for each in imported.passages
        if (said := words(each.text)) in there
        and not any(f" {' '.join(said)} " in passage for passage in quoted)
    ]
    furniture = [NotQuotable(each.lines, reasons.get(words(each.text), NOT_BEFORE)) for each in out]
    return replace(
        imported,
        passages=tuple(each for each in imported.passages if each not in out),
        furniture=tuple(sorted((*imported.furniture, *furniture), key=lambda each: each.lines)),
    )


def _within(lines: tuple[int, int], others: tuple[int, int]) -> bool:
    return others[0] <= lines[0] and lines[1] <= others[1]


def _has_own_number(passage: ProposedPassage) -> bool:
    return bool(passage.number) and numbers_a_paragraph(passage.number or "")
