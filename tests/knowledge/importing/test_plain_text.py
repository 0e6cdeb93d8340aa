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
