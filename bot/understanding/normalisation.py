"""Text as everything after the door may rely on it: one form, nothing hidden in it."""

from __future__ import annotations

import unicodedata
from html import unescape

import regex

BREAKS = regex.compile(r"\R")
BLANKS = regex.compile(r"[^\S\n]+")
LINES = regex.compile(r" ?\n[ \n]*")
INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}+")
# Unicode's stream-safe format: sorting the marks of one letter takes the square of their number.
CROWDS = regex.compile(r"(\p{M}{30})\p{M}+")
# Latin, Greek and Cyrillic letters have a character of their own for each accent that people
# write; other scripts spell with marks.
MARKS = regex.compile(r"((?![\p{Latin}\p{Greek}\p{Cyrillic}])\p{L}\p{M}+)|\p{M}+")

MOST_GROWTH = 4
"""Characters that one may become. Ligatures of whole phrases, up to 18 long, stay themselves."""

PHRASES = regex.compile(
    "(["
    + "".join(
        chr(code)
        for code in range(0x10000)
        if len(unicodedata.normalize("NFKC", chr(code))) > MOST_GROWTH
    )
    + "]+)"
)
LOOKALIKES = str.maketrans("‘’‛ʼ`´“”„‟‐‑‒–—―−⁄∕", "''''''\"\"\"\"-------//")
DIGITS = {code: str(unicodedata.digit(chr(code))) for code in range(0x20000) if chr(code).isdigit()}
LETTERS = {
    first + at: letter
    for first in (0x1F150, 0x1F170, 0x1F1E6)  # in black circles, in black squares, of flags
    for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}
TAG = regex.compile(r"</?[A-Za-z][^<>\n]{0,80}>")
MARKUP = regex.compile(r"[{}<>\"|\\*^~=`]")
ENTITY = regex.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
KEPT = {ord(blank): blank for blank in "\n\t"}
PLAIN = LOOKALIKES | DIGITS | LETTERS


def normalise(text: str) -> str:
    """The same words in NFKC, without control, format, private, invisible or half characters.

    What was copied out of a page's source is read as the page shows it: "&#66;" is "B".

    Every run of white space becomes one space or, where it held a line break, one line break;
    every digit is one of 0 to 9. Latin, Greek and Cyrillic letters, digits and signs lose marks
    that are no part of a character. Idempotent, linear, at most MOST_GROWTH times as long.
    Length is counted after this.
    """
    lines = BREAKS.sub("\n", ENTITY.sub(lambda entity: unescape(entity[0]), text))
    kept = _folded(_shown(INVISIBLE.sub("", _folded(lines))))
    return LINES.sub("\n", BLANKS.sub(" ", MARKS.sub(r"\1", kept))).strip()


def without_markup(text: str) -> str:
    """Words alone: blanks for tags, and for the signs of JSON, tables and Markdown."""
    return MARKUP.sub(" ", TAG.sub(" ", text))


def excerpt(text: str, longest: int) -> str:
    """Beginning and end of a text that is longer than `longest`, on lines of their own."""
    if len(text) <= longest:
        return text
    beginning = longest // 2
    return f"{text[:beginning]}\n{text[beginning + 1 - longest :]}"


def _folded(text: str) -> str:
    parts = PHRASES.split(CROWDS.sub(r"\1", text).translate(PLAIN))
    # Every other part is phrases.
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return "".join(parts)


def _shown(text: str) -> str:
    hidden = (character for character in set(text) if unicodedata.category(character)[0] == "C")
    return text.translate(dict.fromkeys(map(ord, hidden)) | KEPT)
