from __future__ import annotations

from pathlib import Path

from tests.knowledge.importing.making import imported, lines_of

PLAIN = """Record Keeping

2.1 Well kept records are essential to good practice, see Section
4.2 of the handbook.
2.2

Records are kept safe:

  • in a locked place;
  • for ten years.
"""


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


def test_a_text_may_mix_markups_whatever_its_name(tmp_path: Path) -> None:
    note = ".. note:: Tell the police."
    for name in ("policy.txt", "policy.md", "policy.rst"):
        document = imported(tmp_path, name, f"# Policy\n\n{note}\n\nAims\n----\n\nListen.\n")
        assert [heading.text for heading in document.headings] == ["Policy", "Aims"]
        assert [passage.text for passage in document.passages] == ["Tell the police.", "Listen."]


def test_a_long_line_shows_that_no_line_is_wrapped(tmp_path: Path) -> None:
    long = "Listen to the child, " * 10 + "and record it."
    assert lines_of(imported(tmp_path, "policy.txt", f"{long}\nTell the manager.\n")) == [
        *(long, "Tell the manager.")
    ]
    short = "Listen to the child,\nand record it.\n"
    assert lines_of(imported(tmp_path, "policy.txt", short)) == [
        "Listen to the child, and record it."
    ]
