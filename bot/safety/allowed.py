"""What looks like personal data and is not: laws, inquiries, agencies, helplines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex
import yaml

NEARBY = 30
NUMBERS = {"phone", "number", "case_number", "username"}


@dataclass(frozen=True)
class Allowed:
    names: frozenset[str]
    only_with_law: frozenset[str]
    law: regex.Pattern[str]
    numbers: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Allowed:
        file = yaml.safe_load(path.read_text("utf-8"))
        return cls(
            names=frozenset(map(_plain, file["names"])),
            only_with_law=frozenset(map(_plain, file["only_with_law"])),
            law=regex.compile(rf"\b(?:{'|'.join(file['law_words'])})\b", regex.IGNORECASE),
            numbers=frozenset(file["numbers"]),
        )

    def allows(self, text: str, start: int, end: int, kind: str) -> bool:
        said = text[start:end]
        if kind == "name":
            return self._allows_name(_plain(said), text[max(0, start - NEARBY) : end + NEARBY])
        return kind in NUMBERS and regex.sub(r"\D", "", said) in self.numbers

    def _allows_name(self, name: str, around: str) -> bool:
        if not any(character.isalpha() for character in name):
            return True
        if name in self.only_with_law:
            return self.law.search(around) is not None
        return name in self.names


def _plain(name: str) -> str:
    return regex.sub(r"(?:['’]s?)?\W*$", "", name.strip()).casefold()
