"""Letters that look like Latin ones, read as what they look like."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category, normalize

import regex

WORD = regex.compile(r"[\p{L}\p{M}\d]+")
PLAIN = regex.compile("[A-Za-z]")
CYRILLIC = (
    "асеіјорѕхуһкԁԛԝмптгѵӏАВСЕНІЈКМОРЅТХУԌԚԜѴӀ",
    "aceijopsxyhkdqwmntrvlABCEHIJKMOPSTXYGQWVI",
)
GREEK = ("αειορτυνχγκζβηωϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧϜϹͿ", "aeioptuvxykzbnwcjABEZHIKMNOPTYXFCJ")
ARMENIAN = ("հոսցօզՍՏԼՕ", "hnugoqUSLO")
CHEROKEE = ("ᎪᏴᏟᎠᎬᏀᎻᏆᎫᏦᏞᎷᏢᎡᏚᎢᏙᏔᏃ", "ABCDEGHIJKLMPRSTVWZ")
SMALL_CAPITALS = ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡıɩƒ", "abcdefghijklmnoprstuvwyzagiif")
# Only among English letters, where they stand for nothing else.
IN_DISGUISE = ("внгьиязшэчбдлйфцБГДЛИЯЗШЭЬ", "bhrbureweybdnuouBrDNURZWEB"), ("μσςδθπλ", "uosdonl")
FOREIGN = regex.compile(r"[\p{Cyrillic}\p{Greek}\p{Armenian}\p{Cherokee}]")
STROKES = str.maketrans("łŁøØđĐðıħ", "lLoOdDdih")


def _table(*pairs: tuple[str, str]) -> dict[int, str]:
    """The letters of `pairs`, and those with an accent as what they are without."""
    table = {ord(letter): seen for pair in pairs for letter, seen in zip(*pair, strict=True)}
    return dict(_accented(table)) | table


def _accented(table: dict[int, str]) -> Iterator[tuple[int, str]]:
    for code in (*range(0x0370, 0x0530), *range(0x1F00, 0x2000)):
        letter = normalize("NFD", chr(code))[0]
        if ord(letter) in table:
            yield code, table[ord(letter)]


LATIN = _table(CYRILLIC, GREEK, ARMENIAN, CHEROKEE, SMALL_CAPITALS)
DISGUISED = _table(*IN_DISGUISE) | LATIN
LOOK_ALIKE = regex.compile(f"[{''.join(map(chr, DISGUISED))}]")


def as_seen(text: str) -> str:
    """`text`, as long as it was, with words that only look like English ones in English letters.

    In a text of another script a word that would keep one of its letters stays as it is.
    """
    if not LOOK_ALIKE.search(text):
        return text
    if len(PLAIN.findall(text)) > len(FOREIGN.findall(text)):
        return text.translate(DISGUISED)
    return WORD.sub(_read, text)


def _read(word: regex.Match[str]) -> str:
    if PLAIN.search(word[0]):
        return word[0].translate(DISGUISED)
    seen = word[0].translate(LATIN)
    return word[0] if FOREIGN.search(seen) else seen


def without_accents(word: str) -> str:
    if word.isascii():
        return word
    letters = normalize("NFD", word.translate(STROKES))
    return "".join(letter for letter in letters if category(letter) != "Mn")
