from __future__ import annotations

from pathlib import Path

from tests.knowledge.importing.making import imported, lines_of

RESTRUCTURED = """
===============
Confidentiality
===============

.. contents::

Policy
------

.. note::

   Staff do not discuss a child
   with *anybody* else. [#x]_

* We ask parents:

 * whether they agree;
 * what they want.

.. [#x] A source
"""


def test_restructured_text(tmp_path: Path) -> None:
    document = imported(tmp_path, "policy.rst", RESTRUCTURED)
    assert document.title == "Confidentiality"
    assert [(p.text, p.lead_in) for p in document.passages] == [
        ("Staff do not discuss a child with anybody else.", None),
        ("We ask parents:", None),
        ("whether they agree;", "We ask parents:"),
        ("what they want.", "We ask parents:"),
    ]


def test_words_beside_a_directive_are_kept(tmp_path: Path) -> None:
    note = ".. note:: Tell the police\n   at once."
    text = f"Policy\n======\n\n{note}\n\n.. topic:: Aims\n\n   Listen.\n"
    assert lines_of(imported(tmp_path, "policy.rst", text)) == [
        "Policy",
        "Tell the police at once.",
        "Aims",
        "Listen.",
    ]


def test_a_counted_item_after_a_numbered_one(tmp_path: Path) -> None:
    document = imported(
        tmp_path, "policy.rst", "Policy\n======\n\n1. Listen to her\n#. Record it\n"
    )
    assert [(p.number, p.text) for p in document.passages] == [
        ("1", "Listen to her"),
        ("2", "Record it"),
    ]


def test_no_cell_of_a_grid_is_lost(tmp_path: Path) -> None:
    grid = "+---+---+\n| a | b |\n+===+===+\n| c |\n| d | e |\n+---+---+\n"
    text = f"Policy\n======\n\n{grid}\nListen.\n"
    assert lines_of(imported(tmp_path, "policy.rst", text)) == [
        *("Policy", "a | b", "c d | e", "Listen.")
    ]


def test_what_a_directive_without_words_holds_is_not_quotable(tmp_path: Path) -> None:
    text = "Policy\n======\n\n.. image:: x.png\n   :alt: A picture\n\nListen to her.\n"
    document = imported(tmp_path, "policy.rst", text)
    assert [p.text for p in document.passages] == ["Listen to her."]
    assert [(f.lines, f.why) for f in document.furniture] == [
        ((2, 3), "settings of the page, not its text")
    ]


def test_fields_are_settings_and_name_people(tmp_path: Path) -> None:
    text = ":Title: Missing *children*\n:Author: Jane Harker\n\nRing the police.\n"
    document = imported(tmp_path, "policy.rst", text)
    assert (document.title, document.people) == ("Missing children", ("Jane Harker",))
    assert [f.why for f in document.furniture] == ["settings of the page, not its text"]


def test_a_remark_leaves_no_line(tmp_path: Path) -> None:
    text = "Policy\n======\n\n.. Not yet agreed\n\nListen to her.\n"
    assert lines_of(imported(tmp_path, "policy.rst", text)) == ["Policy", "Listen to her."]
