"""What cites passages within the content itself: notices beside them, relations, questions, topics,
and documents that supersede others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.documents import ENTRY, document_folders, read_entry
from knowledge.errors import ContentError, KeyPath, Violation
from knowledge.notices import NoticesFile, notice_name
from knowledge.passage_questions import GAPS, OUT_OF_SCOPE, QUESTIONS
from knowledge.questions import AnsweredLine, TopicLine
from knowledge.relations import RelationsFile, named
from knowledge.revision.citing_place import CitingPlace, PlaceKind
from knowledge.schema import validated, validated_lines
from knowledge.yaml_source import YamlSource

NOTICES, RELATIONS = "notices.yaml", "relations.yaml"


def cited_in_content(folder: Path) -> Iterator[CitingPlace]:
    """Raises ContentError."""
    yield from _in_notices(folder / NOTICES)
    yield from _in_relations(folder / RELATIONS)
    found: list[Violation] = []
    yield from _in_topics(folder / GAPS, "gap", found)
    yield from _in_topics(folder / OUT_OF_SCOPE, "out_of_scope", found)
    yield from _in_questions(folder / QUESTIONS, found)
    if found:
        raise ContentError(*found)
    for each in document_folders(folder):
        yield from _in_document(each / ENTRY, each.name)


def _in_notices(file: Path) -> Iterator[CitingPlace]:
    source = YamlSource.read(file)
    for number, record in enumerate(validated(source, NoticesFile).notices):
        cited = {"passages": record.passages, "documents": record.documents}
        for field, names in cited.items():
            beside = "a passage" if field == "passages" else "the whole document"
            for at, name in enumerate(names):
                way: KeyPath = ("notices", number, field, at)
                yield CitingPlace(
                    name,
                    "notice",
                    f"notice/{record.id}",
                    f"The notice “{notice_name(record.id)}” beside {beside}",
                    source.place_of(way),
                    record.text,
                    file,
                    way,
                )


def _in_relations(file: Path) -> Iterator[CitingPlace]:
    source = YamlSource.read(file)
    relations = validated(source, RelationsFile)
    for way, passage in named(relations):
        key, name, text = _relation(relations, way)
        yield CitingPlace(passage, "relation", key, name, source.place_of(way), text, file, way)


def _relation(relations: RelationsFile, way: KeyPath) -> tuple[str, str, str]:
    """The key, the name and the words of the relation that `way` leads to."""
    part, number = way[0], int(way[1])
    if part == "same":
        ids = relations.same[number]
        return f"same/{ids[0]}", f"Passages that say the same: {', '.join(ids)}", " ".join(ids)
    if part == "lists":
        entry = relations.lists[number]
        name = f"The list from {entry.first} to {entry.last}"
        return f"list/{entry.first}+{entry.last}", name, entry.opening
    if part == "exceptions":
        limits = relations.exceptions[number]
        name = f"The rule {limits.rule} and its exception {limits.exception}"
        return f"exception/{limits.rule}+{limits.exception}", name, "exception"
    differs = relations.differs[number]
    name = f"Where documents differ on “{differs.topic}”"
    return f"differs/{'+'.join(differs.sides)}", name, differs.says


def _in_topics(file: Path, kind: PlaceKind, found: list[Violation]) -> Iterator[CitingPlace]:
    for place, line in validated_lines(file, TopicLine, found):
        for passage in line.near:
            text = f"{line.topic} {line.why_not}"
            key = f"{kind}/{line.id}"
            yield CitingPlace(passage, kind, key, f"The topic “{line.topic}”", place, text, file)


def _in_questions(file: Path, found: list[Violation]) -> Iterator[CitingPlace]:
    for place, line in validated_lines(file, AnsweredLine, found):
        passage, count = line.passage_id, len(line.questions)
        name = f"{count} question{'s' if count != 1 else ''} that {passage} answers"
        text = " ".join(line.questions)
        yield CitingPlace(passage, "questions", f"questions/{passage}", name, place, text, file)


def _in_document(file: Path, document_id: str) -> Iterator[CitingPlace]:
    source, entry = read_entry(file)
    for at, other in enumerate(entry.supersedes):
        way: KeyPath = ("supersedes", at)
        key, name = f"document/{document_id}", f"{entry.title}, which supersedes it"
        yield CitingPlace(
            other, "supersedes", key, name, source.place_of(way), entry.title, file, way
        )
