from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.operations.citations import KINDS, CitationGraph, by_kind
from bot.operations.content_check import checked_content
from bot.operations.dropping import GO_WITH_THE_DOCUMENT
from knowledge.library import FOLDER
from knowledge.revision import CitingPlace
from knowledge.yaml_source import YamlSource
from tests.shipped import DATA, FLOWS, LIBRARY


@pytest.fixture(scope="module")
def graph() -> CitationGraph:
    return CitationGraph.read(FOLDER, DATA)


def test_every_kind_of_place_that_cites_a_passage_is_there(graph: CitationGraph) -> None:
    kinds = {each.kind for each in graph.citations}
    assert kinds == {*KINDS} - {"supersedes", "out_of_scope", "named"}
    outcomes = [each for each in graph.citations if each.kind == "outcome"]
    quoted = sum(
        len(outcome.quotes) for flow in FLOWS.values() for outcome in flow.outcomes.values()
    )
    assert len(outcomes) == quoted


def test_nothing_that_is_written_in_the_files_is_missed(graph: CitationGraph) -> None:
    """Every scalar that is a passage's id stands in the graph as often as in the file."""
    files = [*sorted((DATA / "flows").glob("*.yaml")), *sorted((DATA / "induction").glob("*.yaml"))]
    files += [DATA / "flows_shared.yaml", DATA / "notices.yaml"]
    files += [FOLDER / "notices.yaml", FOLDER / "relations.yaml"]
    for file in files:
        found = sorted(each.cited for each in graph.citations if each.file == file)
        known = {*LIBRARY.passages, *(LIBRARY.documents if file.parent == FOLDER else ())}
        written = sorted(
            each for each in scalars(YamlSource.read(file).to_python()) if each in known
        )
        assert found == written, file


def scalars(content: object) -> list[str]:
    if isinstance(content, dict):
        return [each for part in content.values() for each in scalars(part)]
    if isinstance(content, list):
        return [each for part in content for each in scalars(part)]
    return [str(content)]


def test_the_way_leads_to_the_very_id(graph: CitationGraph) -> None:
    files = {each.file for each in graph.citations if each.path}
    read = {file: YamlSource.read(file).to_python() for file in files}
    for citation in graph.citations:
        if citation.path:
            there = read[citation.file]
            for step in citation.path:
                there = there[step]
            assert there == citation.cited
            assert citation.place.line is not None


def test_a_place_has_a_name_for_people_and_one_for_commands(graph: CitationGraph) -> None:
    found = next(each for each in graph.of("003.2.4.4") if each.key == "flow/tell_parents/o_role")
    assert found.name.startswith("What “Do I tell the parents, and how open am I?” ends with: “")
    assert str(found.place).startswith("flows/tell_parents.yaml:")
    assert [kind for kind, _ in by_kind(graph.of("003.2.4.4"))] == [
        *("outcome", "relation", "gap", "questions"),
    ]
    assert all(" " not in each.key for each in graph.citations)


def test_what_stands_beside_the_whole_document_belongs_to_it(graph: CitationGraph) -> None:
    assert [each.key for each in graph.of("003")] == ["notice/knowsley-text"]
    assert {each.cited.split(".")[0] for each in graph.of_document("003")} == {"003"}
    place = graph.of_place("flow/tell_parents/o_role")
    assert {each.cited for each in place} == {*FLOWS["tell_parents"].outcomes["o_role"].quotes}


def test_a_document_that_supersedes_another_cites_it(content: Path) -> None:
    entry = content / "documents" / "004" / "document.yaml"
    entry.write_text(entry.read_text() + 'supersedes: ["003"]\n')
    graph = CitationGraph.read(content, DATA)
    assert "document/004" in {each.key for each in graph.of("003")}


def test_no_kind_of_citation_may_lose_its_passage(content: Path) -> None:
    """What `checked_content` finds is never published."""
    topics = content / "out_of_scope.jsonl"
    first, *rest = topics.read_text().splitlines()
    near = json.dumps(json.loads(first) | {"near": ["003.2.1.1"]})
    topics.write_text("\n".join([near, *rest]) + "\n")
    graph = CitationGraph.read(content, DATA)
    chosen = {each.kind: each for each in graph.citations if each.cited in LIBRARY.passages}
    del chosen["rule"]
    assert chosen.keys() == {*KINDS} - {"rule", "supersedes", "named"}
    for citation in chosen.values():
        without(content, citation.cited)
    slips = [str(slip) for slip in checked_content(content, DATA).slips]
    for citation in chosen.values():
        assert any(is_about(citation, slip) for slip in slips), citation


def is_about(citation: CitingPlace, slip: str) -> bool:
    return citation.file.name in slip and citation.cited in slip


def without(content: Path, passage: str) -> None:
    file = content / "documents" / passage.split(".")[0] / "passages.json"
    left = [each for each in json.loads(file.read_text()) if each["id"] != passage]
    file.write_text(json.dumps(left))


def test_what_goes_with_a_document_is_known_to_the_graph() -> None:
    assert {*KINDS} > GO_WITH_THE_DOCUMENT
