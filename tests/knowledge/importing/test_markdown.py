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


def test_no_cell_of_a_table_is_lost(tmp_path: Path) -> None:
    text = "# Policy\n\n| x | y |\n|---|---|\n|| only \\| this |\n\nListen.\n"
    assert lines_of(imported(tmp_path, "policy.md", text)) == [
        *("Policy", "x | y", "only | this", "Listen.")
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


def test_settings_that_stand_further_in_are_not_those_of_the_page(tmp_path: Path) -> None:
    settings = "---\nlayout: page\nauthors:\n  title: Dr\n  by: Jane Harker\n---\n"
    document = imported(tmp_path, "policy.md", f"{settings}\n# Aims\n\nListen to her.\n")
    assert (document.title, document.people) == ("Aims", ("Jane Harker",))
    assert [(f.lines, f.why) for f in document.furniture] == [
        ((1, 4), "settings of the page, not its text")
    ]


def test_what_shows_nothing_leaves_no_line(tmp_path: Path) -> None:
    text = "# Aims\n\n[x]: https://example.org\n\n***\n\n:::note\n\nListen to her.\n\n:::\n"
    assert lines_of(imported(tmp_path, "policy.md", text)) == ["Aims", "Listen to her."]


def test_a_short_footnote_is_not_quotable(tmp_path: Path) -> None:
    text = "# Aims\n\nListen to her.[^1]\n\n[^1]: The Children Act\n  1989\n"
    document = imported(tmp_path, "policy.md", text)
    assert lines_of(document)[1:] == ["Listen to her.", "The Children Act 1989"]
    assert [f.why for f in document.furniture] == ["a footnote"]


def test_code_that_is_not_closed_is_code_to_the_end(tmp_path: Path) -> None:
    document = imported(tmp_path, "policy.md", "# Aims\n\nListen.\n\n~~~\nx = 1\n\ny = 2\n")
    assert [(f.lines, f.why) for f in document.furniture] == [
        ((3, 5), "program code, or a drawing as code")
    ]


def test_what_a_wiki_adds_is_taken_out(tmp_path: Path) -> None:
    text = "# Visits {#visits}\n\n[TOC]\n\n- [x] Ring first.<br>Go in pairs.\n"
    document = imported(tmp_path, "wiki.md", text)
    assert lines_of(document) == ["Visits", "  • Ring first. Go in pairs."]
