"""The text of a new edition, in which words are looked for."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.importing import ImportedDocument
from knowledge.importing.markers import split_marker
from knowledge.revision.wording import Words, placed_words, words


class NewText:
    """Lines are counted from 1."""

    def __init__(self, imported: ImportedDocument) -> None:
        self._text = imported.text
        self._lines = imported.text.splitlines()
        self._headings = imported.headings

    def line(self, number: int) -> str:
        return self._lines[number - 1]

    def within(self, lines: tuple[int, int]) -> str:
        """The text of the lines, without the number or bullet that it opens with."""
        first, last = lines
        opens = split_marker(self._lines[first - 1].strip())[1]
        return "\n".join((opens, *self._lines[first:last])).rstrip()

    def lines_that_say(self, said: Words) -> Iterator[int]:
        """The lines that have these words and no others, but for a number before them."""
        for number, line in enumerate(self._lines, start=1):
            if words(split_marker(line.strip())[1]) == said:
                yield number

    def heading_at(self, line: int) -> str | None:
        """The path of the headings that the line stands under."""
        path: dict[int, str] = {}
        for heading in self._headings:
            if heading.line < line:
                path = {level: text for level, text in path.items() if level < heading.level}
                path[heading.level] = heading.text
        return " > ".join(path.values()) or None


def as_it_says(text: str, said: Words) -> str | None:
    """How these words are written in a text, with the signs that close them, where they stand in it
    once."""
    placed = list(placed_words(text))
    found = [
        at
        for at, (word, _, _) in enumerate(placed)
        if word == said[0] and tuple(each for each, _, _ in placed[at : at + len(said)]) == said
    ]
    if len(found) != 1:
        return None
    start, end = placed[found[0]][1], placed[found[0] + len(said) - 1][2]
    closing = text[end:].split(maxsplit=1)
    is_sign = closing and text[end : end + 1].strip() and not words(closing[0])
    return text[start:end] + (closing[0] if is_sign else "")
