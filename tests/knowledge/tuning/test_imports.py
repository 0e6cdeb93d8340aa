"""The documents that are weighed on are taken in, and what is asked of them stands in them."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from bot.settings import HOME
from knowledge.documents import StoredDocument, document_folders
from knowledge.editions.contents import copy_content
from knowledge.gold import GoldCheck
from knowledge.library import Library
from knowledge.relations import Relations
from knowledge.tuning.imports import IMPORTS, asked, documents_in, groups, put_in

GROUPS = groups(HOME / IMPORTS)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_answer_can_be_shown_as_the_import_cuts_the_document(
    group: Path, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    copy_content(HOME / "knowledge", content)
    ids = put_in(documents_in(group), content)
    library = Library.read(content)
    gold = GoldCheck(library, Relations.read(library, content))
    quotes = [
        library.quote(passage.id, None)
        for passage in library.passages.values()
        if passage.document_id in ids.values()
    ]
    questions = list(asked(group, ids))
    assert Counter(each.kind for each in questions) == {"answer": 60, "abstain": 18}
    for question in questions:
        shown = any(gold.hit(quote, question.gold, ()) for quote in quotes)
        assert shown == (question.kind == "answer"), question.q


def test_ids_are_given_by_name_with_and_without_the_ending(tmp_path: Path) -> None:
    group, content = tmp_path / "group", tmp_path / "content"
    group.mkdir()
    shutil.copy(documents_in(GROUPS[0])[0], group / "one.md")
    (group / "README.md").write_text("not a document", "utf-8")
    line = {"q": "who", "kind": "answer", "gold": [{"doc": "one", "quote": "x"}]}
    (group / "one.jsonl").write_text(f"{json.dumps(line)}\n", "utf-8")
    copy_content(HOME / "knowledge", content)
    shipped = {folder.name for folder in document_folders(content)}
    ids = put_in(documents_in(group), content)
    assert ids.keys() == {"one", "one.md"}
    assert len(set(ids.values())) == 1
    assert shipped.isdisjoint(ids.values())
    assert StoredDocument.read(content / "documents" / ids["one"], frozenset(ids.values())).passages
    assert [each.gold[0].doc for each in asked(group, ids)] == [ids["one"]]
