"""An e-mail that somebody saved or pasted as text: what is round its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.importing.block import Block
from knowledge.importing.text_furniture import left_out
from knowledge.importing.text_lines import TextLines
from knowledge.importing.text_paragraphs import TextParagraphs

AROUND = "head, greeting or signature of an e-mail"
FIELD = re.compile(
    r"(from|sent|date|to|cc|bcc|subject|reply-to|attachments?):\s*(.*)", re.IGNORECASE
)
NEEDED = frozenset(("from", "subject"))
GREETS = re.compile(
    r"(?:dear|hi|hello|good (?:morning|afternoon))\b[^.:;?!]{0,60},?", re.IGNORECASE
)
SIGNS = re.compile(
    r"(?:(?:kind|best|warm|kindest|with) (?:\w+ )?(?:regards|wishes)|regards|(?:many )?thanks"
    r"|yours (?:sincerely|faithfully)|best wishes)\W*",
    re.IGNORECASE,
)
MOST_FIELDS = 12


@dataclass
class Email:
    """`is_open`: whether the lines here are those of an e-mail."""

    lines: TextLines
    paragraphs: TextParagraphs
    is_open: bool = False

    def special(self, line: str) -> Iterator[Block] | None:
        """What is no part of what the e-mail says, or None."""
        if FIELD.match(line) and self._fields() >= NEEDED:
            self.is_open = True
            return self._head()
        if not self.is_open:
            return None
        if SIGNS.fullmatch(line.strip()):
            return self._end()
        if line.startswith(">") or GREETS.fullmatch(line.strip()):
            return iter((left_out(self.lines.take(), AROUND),))
        return None

    def _fields(self) -> set[str]:
        """The names of the fields on this line and on those below it."""
        names: set[str] = set()
        for ahead in range(MOST_FIELDS):
            found = FIELD.match(self.lines.ahead(ahead))
            if found is None:
                break
            names.add(found[1].lower())
        return names

    def _head(self) -> Iterator[Block]:
        """The subject is the heading of what follows."""
        while (found := FIELD.match(self.lines.here)) is not None:
            line = self.lines.take()
            if found[1].lower() == "subject" and found[2]:
                yield self.paragraphs.heading(found[2], 1)
            else:
                yield left_out(line, AROUND)

    def _end(self) -> Iterator[Block]:
        """Whatever comes below the close, up to the next e-mail."""
        self.is_open = False
        while not self.lines.has_ended and not self._fields() >= NEEDED:
            line = self.lines.take()
            if line.strip():
                yield left_out(line, AROUND)
