"""What words of art mean, in our words. Always marked as not from the sources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from knowledge.asking import asking_sentences
from knowledge.errors import ContentError
from knowledge.library import FOLDER
from knowledge.schema import NonEmptyText, Strict, validated
from knowledge.words import plain
from knowledge.yaml_source import YamlSource

ASKED = (
    re.compile(r"^what (?:does|do|is meant by) (?:an? |the )?(.+?) (?:mean|stand for)$"),
    re.compile(r"^what(?: is|s| are| does it mean by)? (?:an? |the )?(.+)$"),
    re.compile(r"^(?:the )?(?:meaning|definition) of (?:an? |the )?(.+)$"),
    re.compile(r"^(?:define|explain) (?:an? |the )?(.+)$"),
    re.compile(r"^(.+?) (?:meaning|stands for what|means what)$"),
)


@dataclass(frozen=True)
class Term:
    name: str
    meaning: str

    def __str__(self) -> str:
        return f"{self.name}: {self.meaning}"


class TermEntry(Strict):
    """A term as the file has it. `also`: other ways to write it."""

    term: NonEmptyText
    also: tuple[NonEmptyText, ...]
    meaning: NonEmptyText


class Glossary:
    def __init__(self, terms: dict[str, Term]):
        self._terms = terms

    @classmethod
    def read(cls, folder: Path = FOLDER) -> Glossary:
        """Raises ContentError when the file cannot be used."""
        terms: dict[str, Term] = {}
        source = YamlSource.read(folder / "glossary.yaml")
        for number, entry in enumerate(validated(source, tuple[TermEntry, ...])):
            term = Term(entry.term, entry.meaning)
            for name in (entry.term, *entry.also):
                if terms.setdefault(_key(name), term) != term:
                    problem = f"'{name}' is explained twice; keep one of the two"
                    raise ContentError.at(source.place_of((number, "term")), problem)
        return cls(terms)

    def asked(self, question: str) -> Term | None:
        """The term whose meaning, and nothing else, the question or a sentence of it asks for."""
        for said in map(_key, [question, *asking_sentences(question)]):
            for form in ASKED:
                match = form.match(said)
                if match and (term := self._terms.get(match[1])):
                    return term
        return None


def _key(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]", "", plain(text).replace("-", " ")).split())
