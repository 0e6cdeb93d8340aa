"""What a new edition changes, passage by passage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge.documents import Passage, StoredDocument
from knowledge.importing import ProposedPassage
from knowledge.revision.change import ContextChange, PassageChange
from knowledge.revision.matching import Comparable, Matcher, Pairs, in_order
from knowledge.revision.references import new_references
from knowledge.revision.wording import (
    Words,
    heading_words,
    nearest_heading,
    own_words,
    without_number,
    word_differences,
    words,
)


def align(old: Sequence[Passage], new: Sequence[ProposedPassage]) -> tuple[PassageChange, ...]:
    """In the order of the new edition; what it has removed stands where it was."""
    return _Alignment.of(old, new).changes()


def compared(before: StoredDocument, after: StoredDocument) -> tuple[PassageChange, ...]:
    """The same of two editions that are kept: the ids say which passage goes on with which."""
    old, new = before.passages, [_as_proposed(each, after) for each in after.passages]
    places = {each.id: at for at, each in enumerate(old)}
    pairs = {places[each.id]: at for at, each in enumerate(after.passages) if each.id in places}
    references = [each.reference for each in after.passages]
    whole = _Alignment(old, new, _matcher(old, new), pairs, references)
    ids = iter(each.id for each in after.passages)
    return tuple(
        replace(change, id=next(ids)) if change.after else change for change in whole.changes()
    )


def _as_proposed(passage: Passage, of: StoredDocument) -> ProposedPassage:
    first = of.document.text.count("\n", 0, passage.start) + 1
    return ProposedPassage(
        number=passage.reference,
        label=passage.label,
        text=passage.text,
        lines=(first, first + passage.text.count("\n")),
        heading=passage.heading,
        lead_in=passage.lead_in,
        kind="paragraph",
    )


@dataclass(frozen=True)
class _Alignment:
    old: Sequence[Passage]
    new: Sequence[ProposedPassage]
    matcher: Matcher
    pairs: Pairs
    references: Sequence[str]

    @classmethod
    def of(cls, old: Sequence[Passage], new: Sequence[ProposedPassage]) -> _Alignment:
        matcher = _matcher(old, new)
        pairs = matcher.pairs()
        pairs |= _longest_parts(matcher, pairs)
        return cls(old, new, matcher, pairs, new_references(old, new, pairs))

    def changes(self) -> tuple[PassageChange, ...]:
        of_new = {new: old for old, new in self.pairs.items()}
        straight = in_order(self.pairs)
        parts = self._parts_of()
        found: list[PassageChange] = []
        next_old = 0
        for at, passage in enumerate(self.new):
            was = of_new.get(at)
            if was is None:
                found.append(self._new(at, passage, parts))
                continue
            if was in straight:
                found += self._removed(range(next_old, was))
                next_old = was + 1
            found.append(self._kept(was, at, moved=was not in straight))
        return (*found, *self._removed(range(next_old, len(self.old))))

    def _new(
        self, at: int, passage: ProposedPassage, parts: Mapping[int, Sequence[str]]
    ) -> PassageChange:
        return PassageChange(
            "new",
            None,
            passage,
            reference=self.references[at],
            shares_words_with=tuple(parts.get(at, ())),
        )

    def _removed(self, places: range) -> Iterator[PassageChange]:
        for at in places:
            if at not in self.pairs:
                inside = self.matcher.holding(self.matcher.old[at].words, self._held)
                yield PassageChange(
                    "removed",
                    self.old[at],
                    None,
                    id=self.old[at].id,
                    shares_words_with=tuple(self.old[was].id for was in inside),
                )

    @cached_property
    def _held(self) -> list[tuple[int, Words]]:
        """The words that go on, by the place that they had."""
        return [(old, self.matcher.new[new].words) for old, new in self.pairs.items()]

    def _kept(self, was: int, now: int, moved: bool) -> PassageChange:
        before, after, reference = self.old[was], self.new[now], self.references[now]
        change = PassageChange("same", before, after, id=before.id, reference=reference)
        context = tuple(_context_changes(before, after))
        if self.matcher.old[was].words != self.matcher.new[now].words:
            said = word_differences(without_number(before.text, before.reference), _text(after))
            return replace(change, kind="changed", words=said, context=context)
        if context:
            return replace(change, kind="changed", context=context)
        elsewhere = moved or reference != before.reference or _under_others(before, after)
        return replace(change, kind="moved") if elsewhere else change

    def _parts_of(self) -> dict[int, list[str]]:
        """Of the new passages that nothing was before: the ids of those that they were a part of
        and that go on without them."""
        taken = set(self.pairs.values())
        shorter = [
            (old, self.matcher.old[old].words)
            for old, new in self.pairs.items()
            if len(self.matcher.new[new].words) < len(self.matcher.old[old].words)
        ]
        found: dict[int, list[str]] = {}
        for at, each in enumerate(self.matcher.new):
            if at not in taken and (wholes := self.matcher.holding(each.words, shorter)):
                found[at] = [self.old[old].id for old in wholes]
        return found


def _longest_parts(matcher: Matcher, pairs: Pairs) -> Pairs:
    """A paragraph that was split in three or more goes on in the longest part; one that was joined
    of as many goes on with the longest, too."""
    found: Pairs = {}
    taken = set(pairs.values())
    olds = [(at, each.words) for at, each in enumerate(matcher.old) if at not in pairs]
    news = [(at, each.words) for at, each in enumerate(matcher.new) if at not in taken]
    for at, said in sorted(news, key=lambda each: -len(each[1])):
        for old in matcher.holding(said, olds):
            if old not in found and at not in found.values():
                found[old] = at
    for old, said in sorted(olds, key=lambda each: -len(each[1])):
        for at in matcher.holding(said, news):
            if old not in found and at not in found.values():
                found[old] = at
    return found


def _matcher(old: Sequence[Passage], new: Sequence[ProposedPassage]) -> Matcher:
    return Matcher(
        [_comparable(each, at, len(old)) for at, each in enumerate(old)],
        [_comparable(each, at, len(new)) for at, each in enumerate(new)],
    )


def _comparable(passage: Passage | ProposedPassage, at: int, count: int) -> Comparable:
    return Comparable(
        words=own_words(passage.text, passage.reference),
        lead_in=words(passage.lead_in),
        heading=nearest_heading(passage.heading),
        number=words(passage.reference),
        place=at / count,
    )


def _text(passage: ProposedPassage) -> str:
    return without_number(passage.text, passage.reference)


def _context_changes(before: Passage, after: ProposedPassage) -> Iterator[ContextChange]:
    if words(before.lead_in) != words(after.lead_in):
        yield ContextChange("lead-in", before.lead_in, after.lead_in)
    if nearest_heading(before.heading) != nearest_heading(after.heading):
        yield ContextChange("heading", before.heading, after.heading)


def _under_others(before: Passage, after: ProposedPassage) -> bool:
    """Whether the headings further up are others. A path that was cut by hand may begin lower."""
    old, new = heading_words(before.heading), heading_words(after.heading)
    return not (_ends_with(old, new) or _ends_with(new, old))


def _ends_with(path: tuple[Words, ...], end: tuple[Words, ...]) -> bool:
    return path[len(path) - len(end) :] == end if len(end) <= len(path) else False
