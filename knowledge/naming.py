"""Which documents a text names, by what the library knows of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from knowledge.documents import Document
from knowledge.words import WORD, plain

TITLE_WORDS = 3
"""A shorter title, such as "Key Principles", is how people speak of any of them."""
BODY = "safeguarding"
"""After it the name of a publisher says what it is, and before it which place it is of."""
OF_ANYBODY = frozenset({"lscp", "lscb"})
"""Initials that stand for the local partnership or board of any place."""
SIDES = (["north"], ["south"], ["east"], ["west"], ["mid"], ["greater"])
"""Before the name of a place they make another place of it."""
NAME = "\N{REPLACEMENT CHARACTER}"
LEADS_UP = re.compile(
    r"(?:what (?:do|does|did) )?(?:(?:according to|in|for|from|of|under|at|by) )?"
    r"(?:(?:the|my|our) )?"
    + NAME
    + r"(?: (?:procedures?|polic(?:y|ies)|protocols?|guidance|documents?|chapters?))?"
    r"(?: (?:says?|asks?|wants?|tells? us)(?: about| on)?\b)?"
)
"""How a question speaks of a document that it names; what is left is what it asks for."""


class DocumentNames:
    """The id, the area, the publisher and the title of every document."""

    def __init__(self, documents: Collection[Document]):
        self._ids = {document.id for document in documents}
        self._areas = {_words(each.area) for each in documents if each.area}
        known: dict[str, set[str]] = {}
        for document in documents:
            for name in _names(document):
                known.setdefault(name, set()).add(document.id)
        self._names = sorted(known.items(), key=lambda each: (-len(each[0]), each[0]))

    def __call__(self, text: str) -> tuple[str, ...]:
        """The ids of the documents that `text` names, in the order of the library.

        A name inside a longer one that is there names nothing: "North Lincolnshire" is not
        "Lincolnshire", whether it has a document or not.
        """
        found, _ = self._taken_out(text)
        return tuple(sorted(found))

    def asked(self, text: str) -> str:
        """What `text` asks of the documents that it names, without their names and what only leads
        up to it: of "what does Knowsley say about consent" it is "consent"."""
        _, words = self._taken_out(text)
        return " ".join(LEADS_UP.sub(" ", " ".join(words.split())).split())

    def is_area(self, name: str) -> bool:
        """Whether a document is for a place that is called so."""
        words = _words(name)
        return any(words in (area, f"{area}s") for area in self._areas)

    def without_ids(self, text: str) -> str:
        """`text` as it is searched: to the index an id is a number like any other."""
        return " ".join(word for word in text.split() if word.strip(".,:;?!()") not in self._ids)

    def _taken_out(self, text: str) -> tuple[set[str], str]:
        """The ids of the documents that it names, and its words with NAME where it does."""
        words, found = f" {_words(text)} ", set[str]()
        for name, ids in self._names:
            for form in (f" {name} ", f" {name}s "):
                before, named, _ = words.partition(form)
                elsewhere = name in self._areas and before.split()[-1:] in SIDES
                if named and not elsewhere:
                    words = words.replace(form, f" {NAME} ")
                    found |= ids
        return found, words


def _names(document: Document) -> Iterator[str]:
    yield document.id
    publisher = _words(document.publisher)
    yield publisher
    yield from _short_names(publisher)
    if document.area:
        yield _words(document.area)
    title = _words(document.title)
    if len(title.split()) >= TITLE_WORDS:
        yield title


def _short_names(publisher: str) -> Iterator[str]:
    """As people in its area call a publisher: "mscp" and "marlshire scp" are the "Marlshire
    Safeguarding Children Partnership"."""
    place, body, rest = publisher.partition(f" {BODY} ")
    initials = "".join(word[0] for word in f"{body}{rest}".split())
    whole = "".join(word[0] for word in publisher.split())
    if body and place:
        yield f"{place} {initials}"
        if whole not in OF_ANYBODY:
            yield whole


def _words(text: str) -> str:
    return " ".join(WORD.findall(plain(text)))
