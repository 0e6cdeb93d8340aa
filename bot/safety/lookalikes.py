"""Letters of other scripts that look like Latin ones, read as what they look like."""

from __future__ import annotations

from unicodedata import category, normalize

import regex

WORD = regex.compile(r"[\p{L}\p{M}\d]+")
FOREIGN = regex.compile(r"[\p{Cyrillic}\p{Greek}]")
CYRILLIC = ("асеіјорѕхуһкԁԛԝмптгѵӏАВСЕНІЈКМОРЅТХУԌԚԜѴ", "aceijopsxyhkdqwmntrvlABCEHIJKMOPSTXYGQWV")
GREEK = ("αειορτυνχγκζβηωΑΒΕΖΗΙΚΜΝΟΡΤΥΧϜ", "aeioptuvxykzbnwABEZHIKMNOPTYXF")
LATIN = str.maketrans(CYRILLIC[0] + GREEK[0], CYRILLIC[1] + GREEK[1])
STROKES = str.maketrans("łŁøØđĐðıħ", "lLoOdDdih")


def as_seen(text: str) -> str:
    """`text`, as long as it was, with words that only look like English ones in English letters.

    A word that would keep a letter of its own script is a word of another language: it stays.
    """
    return WORD.sub(_read, text) if FOREIGN.search(text) else text


def _read(word: regex.Match[str]) -> str:
    seen = word[0].translate(LATIN)
    return word[0] if FOREIGN.search(seen) else seen


def without_accents(word: str) -> str:
    if word.isascii():
        return word
    letters = normalize("NFD", word.translate(STROKES))
    return "".join(letter for letter in letters if category(letter) != "Mn")
