from __future__ import annotations

import pytest

from knowledge.library import Library
from knowledge.relations import Relations

LIBRARY = Library.read()
RELATIONS = Relations.read(LIBRARY)


@pytest.mark.parametrize("found", RELATIONS.lists, ids=lambda found: found.passage_id)
def test_a_list_is_one_verbatim_part_of_its_source(found: object) -> None:
    listed = RELATIONS.list_of(found.passage_id)  # type: ignore[attr-defined]
    assert listed is not None
    source = LIBRARY.documents[listed.passage_id.partition(".")[0]].text
    assert listed.text in source
    places = [listed.text.find(LIBRARY.passages[member].text) for member in listed.members]
    assert places == sorted(places)
    assert places[0] >= 0


@pytest.mark.parametrize("rule", RELATIONS.exceptions)
def test_a_rule_and_its_exception_are_of_one_document(rule: str) -> None:
    exception = RELATIONS.exceptions[rule]
    documents = {LIBRARY.passages[each].document_id for each in (rule, exception)}
    assert len(documents) == 1


def test_the_fifteen_principles_are_fifteen() -> None:
    listed = RELATIONS.list_of("000.intro")
    assert listed is not None
    assert len(listed.members) == 15
    assert listed.asked_for("what are the fifteen principles")
