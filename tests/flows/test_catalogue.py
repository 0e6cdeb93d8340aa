from __future__ import annotations

from pathlib import Path

from bot.flows import Flows, paths
from bot.flows.draw import contents, mermaid, page
from bot.flows.table import golden

DOCS = Path(__file__).parents[2] / "docs" / "flows"
REDRAW = "run `principles flows draw` and `principles flows table`, and read what changed"


def test_the_catalogue_is_drawn_from_the_files_as_they_are(flows: Flows) -> None:
    assert (DOCS / "README.md").read_text(encoding="utf-8") == contents(flows), REDRAW
    for flow in flows.values():
        drawn = (DOCS / f"{flow.id}.md").read_text(encoding="utf-8")
        assert drawn == page(flow, flows), REDRAW


def test_the_golden_table_has_every_path_and_outcome(flows: Flows) -> None:
    table = (DOCS / "golden.md").read_text(encoding="utf-8")
    assert table == golden(flows), REDRAW
    rows = [line for line in table.splitlines() if line.startswith("| s1")]
    assert len(rows) == sum(1 for flow in flows for _ in paths(flow, flows))
    for flow in flows.values():
        for outcome in flow.outcomes:
            assert outcome in table


def test_a_drawing_holds_every_step_outcome_and_way(flows: Flows) -> None:
    for flow in flows.values():
        drawn = mermaid(flow, flows)
        for name in flow.nodes():
            assert f"  {name}[" in drawn or f"  {name}([" in drawn
        for step in flow.steps.values():
            for option in step.options:
                assert f"| {option.go}\n" in drawn
