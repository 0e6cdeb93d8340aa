"""Documents with questions, taken in beside the content just as an import cuts them. They stand for
the documents that a partnership will bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from knowledge.documents import document_folders
from knowledge.gold import Gold
from knowledge.importing import read_document
from knowledge.intake import GivenFacts, take_in

IMPORTS = Path("data", "imports")
"""In a checkout: folders of documents that are taken in together."""
SET = ".jsonl"
NOT_A_DOCUMENT = (SET, ".py")


class ImportQuestion(BaseModel):
    """What of a line of a set is used here (docs/evaluation.md has the whole form). A `doc` of
    `gold` is a file's name without its ending."""

    q: str
    kind: str
    gold: tuple[Gold, ...] = ()


def groups(folder: Path) -> list[Path]:
    """The folders of documents that are taken in together."""
    return sorted(path for path in folder.iterdir() if path.is_dir())


def documents_in(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return [each for each in files if each.suffix not in NOT_A_DOCUMENT and each.stem != "README"]


def put_in(documents: Sequence[Path], content: Path) -> dict[str, str]:
    """Takes the documents into the folder of the content; gives the id of each by its name, with
    and without the ending."""
    ids: dict[str, str] = {}
    shipped = [folder.name for folder in document_folders(content)]
    for file in documents:
        read, taken = read_document(file), [*shipped, *ids.values()]
        given = take_in(content, file, read, GivenFacts(), date.today(), taken)
        ids[file.name] = ids[file.stem] = given
    return ids


def asked(folder: Path, ids: Mapping[str, str]) -> Iterator[ImportQuestion]:
    """What is asked of the documents of a folder, with their ids in `gold`."""
    for path in sorted(folder.glob(f"*{SET}")):
        for line in path.read_text("utf-8").splitlines():
            question = ImportQuestion.model_validate_json(line)
            gold = tuple(each.model_copy(update={"doc": ids[each.doc]}) for each in question.gold)
            yield question.model_copy(update={"gold": gold})
