"""Which documents a text names, by what the library knows of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from knowledge.documents import Document
from knowledge.words import WORD, plain

TITLE_WORDS = 3
"""A shorter title, such as "Key Principles", is how people speak of any of them."""


class DocumentNames:
    """The id, the area, the publisher and the title of every document."""

    def __init__(self, documents: Collection[Document]):
        names = [(name, document.id) for document in documents for name in _names(document)]
        self._ids = {document.id for document in documents}
        self._names = sorted(names, key=lambda each: -len(each[0]))

    def __call__(self, text: str) -> tuple[str, ...]:
        """The ids of the documents that `text` names, in the order of the library.

        A name inside a longer one that is there names nothing: "North Lincolnshire" is not
        "Lincolnshire".
        """
        words, found = f" {_words(text)} ", set()
        for name, document_id in self._names:
            for form in (f" {name} ", f" {name}s "):
                if form in words:
                    words = words.replace(form, "  ")
                    found.add(document_id)
        return tuple(sorted(found))

    def without_ids(self, text: str) -> str:
        """`text` as it is searched: to the index an id is a number like any other."""
        return " ".join(word for word in text.split() if word.strip(".,:;?!()") not in self._ids)


def _names(document: Document) -> Iterator[str]:
    yield document.id
    yield _words(document.publisher)
    if document.area:
        yield _words(document.area)
    title = _words(document.title)
    if len(title.split()) >= TITLE_WORDS:
        yield title


def _words(text: str) -> str:
    return " ".join(WORD.findall(plain(text)))
