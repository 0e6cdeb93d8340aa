from __future__ import annotations

from pathlib import Path

from tests.knowledge.importing.making import imported, lines_of

MARKDOWN = """---
title: Missing children
author: Jane Harker
---

## What to **do**

If a child is missing, you must:

1. Ring the [police](https://example.org) on 101.
1. Tell your manager:
    - at once, and
      in any case the same day;
    - in writing.

| Age | Act within |
|-----|------------|
| 0-5 | at once    |

```
code
```
"""

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

PLAIN = """Record Keeping

2.1 Well kept records are essential to good practice, see Section
4.2 of the handbook.
2.2

Records are kept safe:

  • in a locked place;
  • for ten years.
"""


def test_markdown(tmp_path: Path) -> None:
    document = imported(tmp_path, "policy.md", MARKDOWN)
    assert (document.title, document.people) == ("Missing children", ("Jane Harker",))
    assert [(p.number, p.under, p.text) for p in document.passages] == [
        ("1", None, "Ring the police on 101."),
        ("2", None, "Tell your manager:"),
        (None, "2", "at once, and in any case the same day;"),
        (None, "2", "in writing."),
        (None, None, "0-5 | at once"),
    ]
    assert document.passages[2].lead_in == "Tell your manager:"
    assert document.passages[0].heading == "What to do"
    assert document.passages[4].lead_in == "Age | Act within"


def test_restructured_text(tmp_path: Path) -> None:
    document = imported(tmp_path, "policy.rst", RESTRUCTURED)
    assert document.title == "Confidentiality"
    assert [(p.text, p.lead_in) for p in document.passages] == [
        ("Staff do not discuss a child with anybody else.", None),
        ("We ask parents:", None),
        ("whether they agree;", "We ask parents:"),
        ("what they want.", "We ask parents:"),
    ]


def test_plain_text(tmp_path: Path) -> None:
    document = imported(tmp_path, "policy.txt", PLAIN)
    assert lines_of(document) == [
        "Record Keeping",
        "2.1 Well kept records are essential to good practice, see Section 4.2 of the handbook.",
        "2.2 Records are kept safe:",
        "  • in a locked place;",
        "  • for ten years.",
    ]
    assert document.passages[-1].under == "2.2"
    assert document.passages[-1].lead_in == "Records are kept safe:"


def test_signs_of_plain_text_are_its_own(tmp_path: Path) -> None:
    words = "See *The Challenge* [1](note), and write <name> to <jane@example.org>."
    assert lines_of(imported(tmp_path, "policy.txt", f"{words}\n> 18 years is an adult.\n")) == [
        f"{words} > 18 years is an adult."
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


def test_no_cell_of_a_table_is_lost(tmp_path: Path) -> None:
    grid = "+---+---+\n| a | b |\n+===+===+\n| c |\n| d | e |\n"
    text = f"# Policy\n\n| x | y |\n|---|---|\n|| only \\| this |\n\n{grid}\nListen.\n"
    assert lines_of(imported(tmp_path, "policy.md", text)) == [
        *("Policy", "x | y", "only | this", "a | b", "c d | e", "Listen.")
    ]


def test_a_remark_is_not_quotable_on_however_many_lines(tmp_path: Path) -> None:
    text = "# Policy\n\nListen.\n\n<!-- not\nyet\nagreed -->\n\nRecord.\n"
    document = imported(tmp_path, "policy.md", text)
    assert [p.text for p in document.passages] == ["Listen.", "Record."]
    assert [(f.lines, f.why) for f in document.furniture] == [
        ((3, 5), "a remark that the page does not show")
    ]


def test_headings_lose_the_signs_that_close_them(tmp_path: Path) -> None:
    document = imported(tmp_path, "policy.md", "# Aims ##\n\n## Use of C#\n\nListen to her.\n")
    assert [heading.text for heading in document.headings] == ["Aims", "Use of C#"]


def test_a_counted_item_after_a_numbered_one(tmp_path: Path) -> None:
    document = imported(
        tmp_path, "policy.rst", "Policy\n======\n\n1. Listen to her\n#. Record it\n"
    )
    assert [(p.number, p.text) for p in document.passages] == [
        ("1", "Listen to her"),
        ("2", "Record it"),
    ]
