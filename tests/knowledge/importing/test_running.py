from __future__ import annotations

from knowledge.importing.block import Block
from knowledge.importing.running import running, without_running


def test_a_line_whose_page_number_grows_runs_and_so_does_what_stands_beside_it() -> None:
    page = ["Dale SCP", "Staff ring {}.", "Printed on paper  Page {} of 3"]
    texts = [line.format(number) for number in (1, 2, 3) for line in page]
    assert running(texts) == {2, 3, 5, 6, 8}


def test_the_title_runs_where_it_comes_again_with_more() -> None:
    texts = ["Home alone", "Stay.", *["Home alone   Dale Council", "Ring."] * 3]
    assert running(texts) == {2, 4, 6}


def test_what_a_document_says_again_is_its_text() -> None:
    again = ["Neglect policy", *["Duties", "Record it.", "Staff must:", "See page 2"] * 3]
    assert not running(again)


def test_a_head_in_a_page_or_a_word_document_is_kept_once_and_parts_no_sentence() -> None:
    head = Block("paragraph", "OFFICIAL – SENSITIVE")
    parts = [Block("paragraph", text) for text in ("Ring the lead", "at once.", "Stay.", "Wait.")]
    read = [parts[0], head, parts[1], head, parts[2], head, parts[3]]
    assert [(block.text, block.why) for block in without_running(read)] == [
        ("Ring the lead", None),
        ("OFFICIAL – SENSITIVE", "head or foot of the page"),
        ("at once.", None),
        ("Stay.", None),
        ("Wait.", None),
    ]
