from __future__ import annotations

from pathlib import Path

from bot.operations.citations import CitationGraph
from bot.operations.dropping import drop, planned
from bot.operations.yaml_edits import edited
from knowledge.library import FOLDER
from tests.shipped import DATA

FILES = [
    DATA / "flows" / "new_concern.yaml",
    DATA / "induction" / "1-child-first.yaml",
    DATA / "flows_shared.yaml",
    DATA / "notices.yaml",
    FOLDER / "notices.yaml",
    FOLDER / "relations.yaml",
]


def test_a_file_that_nothing_is_taken_out_of_keeps_every_sign() -> None:
    for file in FILES:
        assert edited(file.read_text(), lambda _: None) == file.read_text()


def test_only_the_citation_goes_and_comments_stay() -> None:
    text = "# why\na:\n    quotes: [x, 'y']  # both\n    say: >-\n       One\n       two.\n"

    def change(content: dict[str, dict[str, list[str]]]) -> None:
        del content["a"]["quotes"][0]

    assert edited(text, change) == text.replace("x, 'y']", "'y']     ")


def test_a_file_that_cannot_be_edited_line_by_line_is_laid_out_anew() -> None:
    text = "a:\n    - {x: 1,\n       y: 2}\n    - z\n"
    assert edited(text, lambda content: content["a"].pop()) == "a:\n  - {x: 1, y: 2}\n"


def test_a_place_that_cites_nothing_else_is_refused_and_nothing_of_another_document_goes(
    content: Path, data: Path
) -> None:
    graph = CitationGraph.read(content, data)
    plan = planned(graph, "001")
    assert not plan.is_whole
    last = {(each.kind, each.key) for each in plan.last}
    assert ("outcome", "flow/share_without_consent/o_ask_basis") in last
    assert ("notice", "notice/lincolnshire-text") in last
    assert ("reading", "reading/child_first/001.CF") in last
    before = {each.cited for each in graph.citations}
    drop(plan.drops)
    left = CitationGraph.read(content, data)
    kept = {(each.key, each.cited) for each in plan.last}
    dropped = {(each.key, each.cited) for each in plan.drops} - kept
    now = {(each.key, each.cited) for each in left.citations if each.kind != "relation"}
    assert kept <= now
    assert not dropped & now
    relations = (content / "relations.yaml").read_text()
    assert "001." not in relations  # Those of fewer than two passages have gone whole.
    assert '  - ["003.2.4.2", "004.vi.p2"]' in relations
    assert before - {each.cited for each in left.citations} <= {
        each for each in before if each.startswith("001")
    }


def test_each_edit_is_shown_with_its_line(content: Path, data: Path) -> None:
    graph = CitationGraph.read(content, data)
    (one,) = (
        each for each in planned(graph, "001").drops if each.key == "flow/tell_parents/o_role"
    )
    (made,) = drop([one])
    assert made.file.name == "tell_parents.yaml"
    assert made.before == ("    quotes: [000.p4, 003.2.4.4, 001.WP.b2, 000.p5]",)
    assert made.after == ("    quotes: [000.p4, 003.2.4.4, 000.p5]",)
    assert made.file.read_text().splitlines()[made.line - 1] == made.after[0]
