from __future__ import annotations

import shutil
from pathlib import Path

from bot.flows import Flows, paths, read_flows
from bot.flows.draw import contents, mermaid, page
from bot.flows.table import golden
from bot.record import sources_version
from bot.settings import HOME
from knowledge.library import Library

DOCS = Path(__file__).parents[2] / "docs" / "flows"
REDRAW = "run `principles flows draw` and `principles flows table`, and read what changed"


def test_the_catalogue_is_drawn_from_the_files_as_they_are(flows: Flows) -> None:
    assert (DOCS / "README.md").read_text(encoding="utf-8") == contents(flows), REDRAW
    for flow in flows.values():
        drawn = (DOCS / f"{flow.id}.md").read_text(encoding="utf-8")
        assert drawn == page(flow, flows), REDRAW


def test_the_golden_table_has_every_path_and_outcome(flows: Flows) -> None:
    table = (DOCS / "golden.md").read_text(encoding="utf-8")
    assert table == golden(flows, sources_version(Library.read())), REDRAW
    rows = [line for line in table.splitlines() if line.startswith("| s1")]
    assert len(rows) == sum(1 for flow in flows for _ in paths(flow, flows))
    for flow in flows.values():
        for outcome in flow.outcomes:
            assert outcome in table


def test_a_person_signs_for_the_content_that_a_record_names(flows: Flows) -> None:
    table = golden(flows, "abc123abc123")
    assert "`abc123abc123`" in table
    assert "| name | role | date | signature |" in table
    for flow in flows.values():
        (line,) = (row for row in table.splitlines() if row.startswith(f"| [{flow.title}]"))
        assert f"`{flow.version}`" in line
    (across,) = (row for row in table.splitlines() if row.startswith("| [Parents refuse"))
    assert f"`{flows['share_without_consent'].version}`" in across


def test_a_signature_outlives_an_example_and_no_wording(flows: Flows, tmp_path: Path) -> None:
    shutil.copytree(HOME / "data" / "flows", tmp_path / "flows")
    for shared in ("flows_shared.yaml", "citation_rules.yaml"):
        shutil.copy(HOME / "data" / shared, tmp_path)
    flow = tmp_path / "flows" / "new_concern.yaml"
    text = flow.read_text("utf-8")

    def version(was: str, becomes: str) -> str:
        assert was in text
        flow.write_text(text.replace(was, becomes, 1), "utf-8")
        return read_flows(tmp_path / "flows")["new_concern"].version

    signed = flows["new_concern"].version
    assert version("triggers:\n", "triggers:\n  - one more way to say it\n") == signed
    assert version("examples:\n", "# A remark.\nexamples:\n  - and one more\n") == signed
    assert version("ask: What do you have?", "ask: What have you got?") != signed
    assert version("also: [not yet,", "also: [") != signed
    assert version("then: s3", "then: s2") != signed


def test_a_drawing_holds_every_step_outcome_and_way(flows: Flows) -> None:
    for flow in flows.values():
        drawn = mermaid(flow, flows)
        for name in flow.nodes():
            assert f"  {name}[" in drawn or f"  {name}([" in drawn
        for step in flow.steps.values():
            for option in step.options:
                assert f"| {option.go}\n" in drawn
