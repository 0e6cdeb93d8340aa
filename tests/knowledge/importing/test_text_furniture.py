from __future__ import annotations

import pytest

from knowledge.importing.text_furniture import TextSettings, footnote, left_out, skipped
from knowledge.importing.text_lines import TextLines


@pytest.mark.parametrize("name", ["author", "Authors", "signed-by-name"])
def test_who_wrote_it_is_among_the_people(name: str) -> None:
    settings = TextSettings()
    block = settings.block(name, "Jane Harker", f"{name}:  Jane Harker")
    assert (block.text, block.why) == (
        f"{name}: Jane Harker",
        "settings of the page, not its text",
    )
    assert settings.people == ["Jane Harker"]


def test_the_title_is_a_heading() -> None:
    settings = TextSettings()
    heading = settings.block("Title", "Missing children", "title: Missing children")
    assert (heading.kind, heading.level, heading.text) == ("heading", 1, "Missing children")
    assert settings.block("title", "", "title:").why
    assert settings.people == []


def test_a_footnote_goes_on_further_in_and_a_long_one_is_quotable() -> None:
    lines = TextLines([".. [1] The *Children Act*", "   1989", "", "Listen."])
    [short] = footnote(lines, "The *Children Act*")
    assert (short.text, short.why) == ("The Children Act 1989", "a footnote")
    assert lines.at == 2
    [long] = footnote(TextLines([""]), "Tell the police. " * 5)
    assert long.why is None


def test_a_line_that_is_left_out_is_one_line_and_a_skipped_one_nothing() -> None:
    lines = TextLines(["---"])
    assert left_out("  a   b ", "why").text == "a b"
    assert list(skipped(lines)) == []
    assert lines.has_ended
