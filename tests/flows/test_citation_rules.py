"""The rules of citation as a file: what is no rule is named, and what is not here binds nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.flows import Flows
from bot.flows.citation_rules import CitationRules, read_citation_rules
from bot.flows.citations import miscited
from knowledge.errors import ContentError
from knowledge.library import Library

PASSAGES = Library.read().passages
SHARE = "share_without_consent"


def read(folder: Path, outcomes: str, decides: str = "[]") -> CitationRules:
    path = folder / "citation_rules.yaml"
    path.write_text(f"decides: {decides}\noutcomes:\n{outcomes}\n")
    return read_citation_rules(path)


@pytest.mark.parametrize(
    ("rule", "line", "said"),
    [
        ("  - because: why\n", 3, "this rule demands nothing; give one of: kinds, quotes,"),
        ("  - never_quotes: [a]\n", 3, "'because' is missing"),
        ("  - because: why\n    kinds: [advise]\n", 4, "unknown kind 'advise'; known: supported"),
        ("  - because: why\n    kind: [advice]\n", 4, "unknown key 'kind'"),
        (
            "  - because: why\n    kinds: [advice]\n    where:\n      outcomes: [o_end]\n",
            6,
            "name the `flow` whose steps or outcomes these are",
        ),
    ],
)
def test_what_is_no_rule_is_named_with_its_line(
    tmp_path: Path, rule: str, line: int, said: str
) -> None:
    with pytest.raises(ContentError) as refused:
        read(tmp_path, rule)
    (violation,) = refused.value.violations
    assert violation.place.line == line
    assert violation.place.file.endswith("citation_rules.yaml")
    assert said in violation.text


@pytest.mark.parametrize(
    "rule",
    [
        "  - {where: {flow: lend}, cards: [record], because: why}",
        "  - {where: {outside_flow: lend}, never_cards: [record], because: why}",
        f"  - {{where: {{flow: {SHARE}}}, quotes: [999.p1], because: why}}",
        f"  - {{where: {{flow: {SHARE}}}, cards: [no_such_card], because: why}}",
        "  - {never_quotes: [999.p1], because: why}",
    ],
)
def test_a_rule_about_what_is_not_here_does_not_apply(
    flows: Flows, tmp_path: Path, rule: str
) -> None:
    assert list(miscited(replace(flows, citation_rules=read(tmp_path, rule)), PASSAGES)) == []


def test_a_rule_applies_to_the_way_that_was_taken(flows: Flows, tmp_path: Path) -> None:
    def caught(case: str) -> set[str]:
        rule = f"  - {{where: {{flow: {SHARE}, {case}}}, kinds: [safety], because: why}}"
        ruled = replace(flows, citation_rules=read(tmp_path, rule))
        return {str(each) for each in miscited(ruled, PASSAGES)}

    refused = caught("answered: {steps: [s4, s4_47, s4_as], option: refused}")
    others = caught("not_answered: {steps: [s4, s4_47, s4_as], option: refused}")
    assert refused
    assert refused != others
    assert caught("ends: true") >= refused | others
    assert caught("answered: {steps: [s4], option: no_such_option}") == set()


def test_words_that_stand_in_every_flow_are_held_against_the_rules(
    flows: Flows, tmp_path: Path
) -> None:
    rules = read(tmp_path, "  []", "[{kinds: [info], says: [puffins], because: 'say {name}'}]")
    (found,) = miscited(replace(flows, citation_rules=rules), PASSAGES)
    assert found.text == "say puffins"
