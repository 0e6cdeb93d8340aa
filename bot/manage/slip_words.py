"""Where in the content something is wrong, in words for whoever has never seen a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from knowledge.errors import Location

FILES = {
    "contacts.yaml": "The contacts",
    "relations.yaml": "Which passages belong together",
    "glossary.yaml": "The meanings of words",
    "words.yaml": "Words that mean the same",
    "gaps.jsonl": "The known gaps",
    "out_of_scope.jsonl": "What is outside the field",
    "questions.jsonl": "The written questions",
    "evaluation.jsonl": "Your own questions to judge a publication by",
    "flows_shared.yaml": "Advice that decisions share",
    "citation_rules.yaml": "What may be cited for what",
    "phrases.yaml": "The assistant's own sentences",
    "programme.yaml": "What holds for the whole induction",
}
OF_A_DOCUMENT = {
    "document.yaml": "What is known of {title}",
    "passages.json": "The passages of {title}",
    "text.txt": "The text of {title}",
}
FOLDERS = {"flows": "The decision “{name}”", "induction": "The lesson “{name}”"}
SPOKEN, BESIDE = "Notices that are said before an answer", "The notices beside passages"


def is_file(place: Location) -> bool:
    """Whether it is a file, and no words of our own such as "the form"."""
    return bool(PurePosixPath(place.file).suffix)


def said_of(place: Location, called: Callable[[str], str]) -> str:
    """`called`: what a person knows a document by. "" for the form that was sent, which needs no
    naming."""
    if not is_file(place):
        return "" if place.file[:4] in ("", "the ") else place.file
    path = PurePosixPath(place.file)
    folder = path.parent.name
    if path.name in OF_A_DOCUMENT:
        return OF_A_DOCUMENT[path.name].format(title=called(folder))
    if path.name == "notices.yaml":
        return SPOKEN if folder == "data" else BESIDE
    if folder in FOLDERS and path.name not in FILES:
        return FOLDERS[folder].format(name=path.stem.replace("_", " "))
    return FILES.get(path.name, "The content")


def sentence(text: str) -> str:
    """As a sentence of its own."""
    words = text[:1].upper() + text[1:]
    return words if words[-1:] in ".!?”" else f"{words}."
