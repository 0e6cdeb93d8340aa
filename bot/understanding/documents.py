"""What is asked about the documents themselves, answered by rule from their own data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Literal, get_args

from bot.understanding.ordinals import LAST, numbers
from bot.understanding.shown import Shown
from knowledge.documents import Document, Passage
from knowledge.library import Library
from knowledge.quotes import Quote
from knowledge.relations import Relations, SourceList, quoted_whole
from knowledge.words import plain

DocumentKind = Literal[
    "newest",
    "oldest",
    "list",
    "publisher",
    "date",
    "areas",
    "principles",
    "headings",
    "law",
    "whole",
    "item",
    "next",
    "previous",
    "missing",
    "differences",
    "elsewhere",
    "copies",
]
"""The keys of `data/documents.yaml`."""

KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
CUT_SHORT = "truncated"
POINTS_ELSEWHERE = "dangling-ref"
"""Flags of a passage in the `passages.json` of its document."""

LONG = 4
"""Letters of a word that may name a list: shorter ones stand in every list's opening."""
NAMES_A_LIST = 2
"""So many long words of a list's opening or names point to it, also where another has them too."""


@dataclass(frozen=True)
class DocumentFacts:
    """What there is to say. Nothing is filled in that the kind of question has no use for.

    `documents` are those that it is about; `named`: the message named them. `undated` are those
    that might be the newest or oldest as well. `quotes` are shown (`item`, `whole`, `elsewhere`)
    or stand for what was shown before (`publisher`, `law`). Of a list `number` is the place asked
    for, 0 where it is not clear which list is meant, and `count` its length.
    """

    kind: DocumentKind
    documents: tuple[Document, ...] = ()
    named: bool = False
    undated: tuple[Document, ...] = ()
    quotes: tuple[Quote, ...] = ()
    lists: tuple[SourceList, ...] = ()
    passages: tuple[Passage, ...] = ()
    says: tuple[str, ...] = ()
    number: int = 0
    count: int = 0

    @property
    def shows(self) -> bool:
        """Whether text of a source is the answer."""
        return bool(self.quotes) and self.kind in ("whole", "item", "next", "previous", "elsewhere")


class DocumentReader:
    """Reads library and relations; holds nothing of a conversation."""

    def __init__(self, library: Library, relations: Relations) -> None:
        self._library = library
        self._relations = relations
        self._all = tuple(library.documents.values())

    def stands_in_source(self, text: str) -> bool:
        """Whether it is typed just as a source has it, or is a heading of one."""
        return bool(self._library.word_for_word(text))

    def read(
        self,
        kind: DocumentKind,
        text: str,
        shown: Shown,
        area: str | None = None,
        named: Sequence[str] = (),
    ) -> DocumentFacts:
        """`text` is what was typed, and `named` are the ids of the documents that it names. To a
        reader of `area` its own text is not called local."""
        about = tuple(self._library.documents[each] for each in named)
        some = about or self._all
        match kind:
            case "newest":
                return self._first_by(kind, lambda year: -year)
            case "oldest":
                return self._first_by(kind, lambda year: year)
            case "publisher" | "date" | "headings":
                return self._of_one(kind, about, shown, area)
            case "principles":
                lists = tuple(each for each in self._relations.lists if _of(each, some))
                return DocumentFacts(kind, some, lists=lists, passages=self._in(some))
            case "law":
                return DocumentFacts(kind, quotes=self._quotes(shown.passages, area))
            case "whole":
                return self._whole(text, shown, area)
            case "item" | "next" | "previous":
                return self._item(kind, text, about, shown, area)
            case "missing":
                return DocumentFacts(kind, some, passages=self._in(some))
            case "differences":
                says = dict.fromkeys(each.says for each in self._relations.differs)
                return DocumentFacts(kind, says=tuple(says))
            case "elsewhere":
                return self._elsewhere(shown, area)
        return DocumentFacts(kind, self._all)

    def _first_by(self, kind: DocumentKind, order: Callable[[int], int]) -> DocumentFacts:
        """Of the documents with a year the first, and beside it those without."""
        dated = [(order(each.year), each) for each in self._all if each.year is not None]
        undated = tuple(each for each in self._all if each.year is None)
        first = (min(dated, key=itemgetter(0))[1],) if dated else ()
        return DocumentFacts(kind, first, undated=undated, count=len(self._all))

    def _of_one(
        self, kind: DocumentKind, named: tuple[Document, ...], shown: Shown, area: str | None
    ) -> DocumentFacts:
        """Of the document that the message names, else of those shown last; else of none."""
        quotes = self._quotes(shown.passages, area)
        if named:
            return DocumentFacts(kind, named, named=True, passages=self._in(named))
        ids = dict.fromkeys([*(quote.citation.document_id for quote in quotes), *shown.documents])
        # A document may have been taken out since it was spoken of.
        known = self._library.documents
        about = tuple(known[each] for each in ids if each in known)
        return DocumentFacts(kind, about, quotes=quotes, passages=self._in(about))

    def _whole(self, text: str, shown: Shown, area: str | None) -> DocumentFacts:
        listed = self._list_named(text) or self._list_shown(shown)
        if listed is None:
            return DocumentFacts("whole", lists=self._lists_named(text) or self._relations.lists)
        quote = quoted_whole(listed, self._library, area)
        return DocumentFacts("whole", quotes=(quote,), count=len(listed.members))

    def _item(
        self,
        kind: DocumentKind,
        text: str,
        named: Sequence[Document],
        shown: Shown,
        area: str | None,
    ) -> DocumentFacts:
        before = self._place_shown(shown)
        if kind == "item":
            listed = self._list_counted(text, named, shown)
            if listed is None:
                return DocumentFacts(kind)
            number = self._number(text, listed)
        elif before is None:
            return DocumentFacts(kind)
        else:
            listed, place = before
            number = place + (1 if kind == "next" else -1)
        facts = DocumentFacts(kind, number=number, count=len(listed.items), lists=(listed,))
        if not 1 <= number <= len(listed.items):
            return facts
        return replace(facts, quotes=(self._library.quote(listed.items[number - 1], area),))

    def _elsewhere(self, shown: Shown, area: str | None) -> DocumentFacts:
        """Of the best passage that was shown; `documents` is its own."""
        shown_first = [each for each in shown.passages if each in self._library.passages][:1]
        about = tuple(
            self._library.documents[self._library.passages[each].document_id]
            for each in shown_first
        )
        others = [
            other
            for each in shown_first
            for other in sorted(self._relations.group_of.get(each, frozenset()) - {each})
        ]
        return DocumentFacts("elsewhere", about, quotes=self._quotes(others, area))

    # Which list, and which place in it

    def _list_counted(
        self, text: str, named: Sequence[Document], shown: Shown
    ) -> SourceList | None:
        """The list that is meant by "number six": named, shown, or else the longest of all; none
        where the sources have no list."""
        counted = [each for each in self._relations.lists if each.items]
        for listed in (self._list_named(text), self._list_shown(shown)):
            if listed in counted:
                return listed
        among = [each for each in counted if _of(each, named)] or counted
        return max(among, key=lambda each: len(each.items), default=None)

    def _number(self, text: str, listed: SourceList) -> int:
        """The first number that is not only the list's name ("number ten of the fifteen")."""
        found = list(numbers(text))
        number = found[0] if found else 1
        if len(found) > 1 and number == len(listed.items):
            number = found[1]
        return len(listed.items) if number == LAST else number

    def _list_named(self, text: str) -> SourceList | None:
        """The one that is named, by its own name, by two words or by a word of no other list."""
        said = plain(text)
        for listed in self._relations.lists:
            if listed.asked_for(said):
                return listed
        nearest = self._lists_named(text)
        words = _long_words(said)
        clearly = [each for each in nearest if len(words & _names(each)) >= NAMES_A_LIST]
        if len(nearest) == 1 or clearly:
            return max(nearest, key=lambda each: len(each.members))
        return None

    def _lists_named(self, text: str) -> tuple[SourceList, ...]:
        """Those that share the most words with `text`; none where all lists share as many."""
        words = _long_words(plain(text))
        sharing = {each: len(words & _names(each)) for each in self._relations.lists}
        most = max(sharing.values(), default=0)
        nearest = tuple(each for each in sharing if sharing[each] == most)
        return nearest if most and len(nearest) < len(sharing) else ()

    def _list_shown(self, shown: Shown) -> SourceList | None:
        found = (self._relations.list_of(each) for each in shown.passages)
        return next(filter(None, found), None)

    def _place_shown(self, shown: Shown) -> tuple[SourceList, int] | None:
        """The list of the point shown last, and that point's number in it, from 1."""
        for passage in shown.passages:
            listed = self._relations.list_of(passage)
            if listed and passage in listed.items:
                return listed, listed.items.index(passage) + 1
        return None

    # Which documents

    def _in(self, documents: Sequence[Document]) -> tuple[Passage, ...]:
        ids = {each.id for each in documents}
        return tuple(each for each in self._library.passages.values() if each.document_id in ids)

    def _quotes(self, passages: Sequence[str], area: str | None) -> tuple[Quote, ...]:
        known = (each for each in passages if each in self._library.passages)
        return tuple(self._library.quote(each, area) for each in known)


def _of(listed: SourceList, documents: Sequence[Document]) -> bool:
    return listed.passage_id.partition(".")[0] in {each.id for each in documents}


def _long_words(text: str) -> set[str]:
    return {word for word in text.replace(",", " ").split() if len(word) >= LONG}


def _names(listed: SourceList) -> set[str]:
    return _long_words(plain(f"{listed.opening} {' '.join(listed.called)}"))
